/**
 * What a vocabulary's `pattern` matches: as a JavaScript expression with the flag u, anywhere in the text, in a time that grows
 * with the length of the text and no faster. The engine is re2js, which knows no backtracking.
 */
import { RE2JS } from 're2js';

export interface TextPattern {
  test(text: string): boolean;
}

/** Steps that each character of a text may take: instructions of the compiled expression. */
const MOST_INSTRUCTIONS = 500;
const LONGEST_PATTERN = 1000;

/** Why a pattern cannot be used in a file. */
export const PATTERN_FAULTS = {
  /** No regular expression of JavaScript with the flag u. */
  'not-valid': { ja: '正規表現として読めません。', en: 'This is not a regular expression.' },
  /** It looks around or back, which takes backtracking. */
  'not-linear': {
    ja: '前後を見る書き方（?= ?! ?<= ?<!）と、前に当てはまった所を指す書き方（\\1、\\k）は使えません。照合がいつまでも終わらないことがあるためです。使わずに書き直してください。',
    en: 'Looking around (?= ?! ?<= ?<!) and references to what was matched before (\\1, \\k) cannot be used, because matching might never end. Write it without them.',
  },
  /** The engine does not know a part of it, or it is too large. */
  'not-supported': {
    ja: `この正規表現は使えません。大きすぎる（${LONGEST_PATTERN} 文字まで、繰り返しは合わせて ${MOST_INSTRUCTIONS} 程度まで）か、知らない文字の種類（\\p{…}）があります。\\p{L} や \\p{Script=Hiragana} の形は使えます。`,
    en: `This regular expression cannot be used. It is too large (${LONGEST_PATTERN} characters, and repetitions that come to some ${MOST_INSTRUCTIONS}, at most), or has a kind of character (\\p{…}) that is not known. \\p{L} and \\p{Script=Hiragana} are.`,
  },
};

/** null where nothing is wrong. */
export function patternFault(source: string): keyof typeof PATTERN_FAULTS | null {
  if (!isExpression(source)) return 'not-valid';
  const { isExact } = toRe2(source);
  if (!isExact) return 'not-linear';
  return compile(source) === null ? 'not-supported' : null;
}

const EVERY_TEXT: TextPattern = { test: () => true };

/**
 * For patterns that were refused, which stand in stored versions alone: what looks around is left out and what looks back stands for
 * any text, so that every text that fitted still fits; where that cannot be run either, every text fits.
 */
export const textPattern = (source: string): TextPattern => compile(source) ?? EVERY_TEXT;

function compile(source: string): TextPattern | null {
  if (source.length > LONGEST_PATTERN || !isExpression(source)) return null;
  try {
    const compiled = RE2JS.compile(toRe2(source).expression);
    return compiled.programSize() > MOST_INSTRUCTIONS ? null : compiled;
  } catch {
    return null;
  }
}

function isExpression(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}

/** White space and ends of line as ECMAScript has them; RE2 has those of ASCII. */
const SPACE =
  '\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const NO_SPACE =
  '\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}' +
  '\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}';
const NO_END_OF_LINE = '[^\\n\\r\\x{2028}\\x{2029}]';
const ANY = '[\\x{0}-\\x{10ffff}]';

const CONTROLS: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 };
/** The escapes with more than one sign behind the backslash; the first alternative is one character beyond U+FFFF. */
const ESCAPE =
  /\\(?:u(?<high>d[89ab][\da-f]{2})\\u(?<low>d[c-f][\da-f]{2})|u\{(?<point>[\da-f]+)\}|u(?<unit>[\da-f]{4})|x(?<byte>[\da-f]{2})|c(?<letter>[a-z])|(?<property>p\{[^}]*\})|k<(?<group>[^>]*)>|(?<back>[1-9]\d*)|(?<sign>[\s\S]))/iuy;
const OPENING = /\((?:\?(?:(?<look><?[=!])|<[^>]*>|:|(?<flags>[^:]*:)))?/uy;

const hex = (code: number): string => `\\x{${code.toString(16)}}`;
const number = (digits: string): number => Number.parseInt(digits, 16);

/**
 * An expression that `new RegExp(source, 'u')` takes, in the syntax of RE2, where some signs mean something else. Not exact where it
 * looks around or back, which RE2 cannot: then it matches more than the original, never less. Never recursive: brackets may be
 * nested at will.
 */
function toRe2(source: string): { expression: string; isExact: boolean } {
  const parts: string[] = [];
  /** What ends each bracket that is open. */
  const closings: string[] = [];
  let isExact = true;
  let at = 0;

  const match = (expression: RegExp): RegExpExecArray => {
    expression.lastIndex = at;
    const found = expression.exec(source);
    if (!found) throw new Error(`no regular expression at ${at}: ${source}`);
    at += found[0].length;
    return found;
  };

  function escapeSequence(isInClass: boolean): string {
    const { groups = {} } = match(ESCAPE);
    const { high, low, point, unit, byte, letter, property, group, back, sign = '' } = groups;
    if (high !== undefined && low !== undefined)
      return hex((number(high) - 0xd800) * 0x400 + number(low) - 0xdc00 + 0x10000);
    const digits = point ?? unit ?? byte;
    if (digits !== undefined) return hex(number(digits));
    if (letter !== undefined) return hex((letter.codePointAt(0) ?? 0) % 32);
    if (property !== undefined) return `\\${property.replace(/\{(?:Script|sc)=/, '{')}`;
    if (group !== undefined || back !== undefined) {
      isExact = false;
      return `${ANY}*`;
    }
    if (sign === 's' || sign === 'S') {
      const space = sign === 's' ? SPACE : NO_SPACE;
      return isInClass ? space : `[${space}]`;
    }
    if (sign === 'b' && isInClass) return hex(8);
    if (/[bBdDwW]/.test(sign)) return `\\${sign}`;
    return hex(CONTROLS[sign] ?? sign.codePointAt(0) ?? 0);
  }

  function character(): string {
    const code = source.codePointAt(at) ?? 0;
    at += code > 0xffff ? 2 : 1;
    return hex(code);
  }

  const atom = (): string => (source[at] === '\\' ? escapeSequence(true) : character());

  function characterClass(): string {
    at += 1;
    const isNegated = source[at] === '^';
    if (isNegated) at += 1;
    const members: string[] = [];
    while (source[at] !== ']') {
      const first = atom();
      const isRange = source[at] === '-' && source[at + 1] !== ']';
      if (isRange) at += 1;
      members.push(isRange ? `${first}-${atom()}` : first);
    }
    at += 1;
    if (members.length === 0) return isNegated ? ANY : '[^\\x{0}-\\x{10ffff}]';
    return `[${isNegated ? '^' : ''}${members.join('')}]`;
  }

  function opening(): string {
    const { look, flags } = match(OPENING).groups ?? {};
    if (look !== undefined) isExact = false;
    // Repeated not at all: a text that the group would have kept out may come in.
    closings.push(look === undefined ? ')' : '){0}');
    // Later versions of JavaScript have flags for a group. RE2 refuses this as it stands.
    return flags === undefined ? '(?:' : '(?!';
  }

  while (at < source.length) {
    const sign = source[at] ?? '';
    if (sign === '\\') parts.push(escapeSequence(false));
    else if (sign === '[') parts.push(characterClass());
    else if (sign === '(') parts.push(opening());
    else {
      if ('^$|*+?{},.)0123456789'.includes(sign)) {
        at += 1;
        parts.push(
          sign === '.' ? NO_END_OF_LINE : sign === '$' ? '\\z' : sign === ')' ? (closings.pop() ?? '') : sign,
        );
      } else parts.push(character());
    }
  }
  return { expression: parts.join(''), isExact };
}
