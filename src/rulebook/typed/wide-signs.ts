/** Signs of Japanese or of word processors that look like those of YAML. */
import type { LocalizedText } from '../lang.ts';
import { firstDifference, type Mending, mending, type Place } from './mending.ts';

interface Sign {
  /** Where it stands for a sign of YAML. */
  pattern: RegExp;
  by: string;
  /** What was typed, and what has to be. */
  wide: RegExp;
  plain: string;
}

const BLANK = String.raw`[ \t\u3000]*`;
const KEY = String.raw`["']?[A-Za-z0-9][\w.-]*["']?`;

const SIGNS: readonly Sign[] = [
  // With the spaces behind it: none of them are wanted.
  {
    pattern: new RegExp(`(^${BLANK}(?:[-－] *)?|[{｛,，、]${BLANK})(${KEY})${BLANK}：${BLANK}`, 'g'),
    by: '$1$2: ',
    wide: /：/,
    plain: ':',
  },
  {
    pattern: new RegExp(String.raw`(?<=[\w"'\]})］｝])${BLANK}[，、]${BLANK}(?=["'\w[{［｛])`, 'g'),
    by: ', ',
    wide: /[，、]/,
    plain: ',',
  },
  {
    pattern: new RegExp(`${BLANK}[，、]${BLANK}(?=${KEY}${BLANK}[:：])`, 'g'),
    by: ', ',
    wide: /[，、]/,
    plain: ',',
  },
  { pattern: /｛\s*/g, by: '{ ', wide: /｛/, plain: '{' },
  { pattern: /\s*｝/g, by: ' }', wide: /｝/, plain: '}' },
  { pattern: /［/g, by: '[', wide: /［/, plain: '[' },
  { pattern: /］/g, by: ']', wide: /］/, plain: ']' },
  { pattern: /(^|[ \t\u3000])＃/g, by: '$1#', wide: /＃/, plain: '#' },
  {
    pattern:
      /(?<=[:：,，、[{［｛-][ \t\u3000]*)[“”„＂]([^“”„＂"]*)[“”„＂](?=[ \t\u3000]*(?:[,，、}\]｝］#＃]|$))/g,
    by: '"$1"',
    wide: /[“”„＂]/,
    plain: '"',
  },
  {
    pattern:
      /(?<=[:：,，、[{［｛-][ \t\u3000]*)[‘’＇]([^‘’＇']*)[‘’＇](?=[ \t\u3000]*(?:[,，、}\]｝］#＃]|$))/g,
    by: "'$1'",
    wide: /[‘’＇]/,
    plain: "'",
  },
  { pattern: new RegExp(String.raw`(${KEY}:)\u3000+`, 'g'), by: '$1 ', wide: /\u3000/, plain: ' ' },
  { pattern: /^( *)[-－−‐・]\u3000+/, by: '$1- ', wide: /\u3000/, plain: ' ' },
  { pattern: /^( *)[－−‐・]\s*(?=\S)/, by: '$1- ', wide: /[－−‐・]/, plain: '-' },
];

/** Each kind of sign by itself, and all of them together. */
export function wideSigns(place: Place): Mending[] {
  const { text } = place;
  const found = SIGNS.filter(({ pattern }) => text.search(pattern) !== -1);
  const alone = found.length > 1 ? found.map((sign) => [sign]) : [];
  return [...alone, found].flatMap((signs) => {
    const mended = signs.reduce((line, { pattern, by }) => line.replace(pattern, by), text).trimEnd();
    return mending(place, mended, indexOf(text, mended, signs), wideWords(text, signs));
  });
}

/** Of the first sign that is not as it has to be. */
function indexOf(text: string, mended: string, signs: readonly Sign[]): number {
  const from = firstDifference(text, mended);
  const places = signs.flatMap(({ wide }) => {
    const index = text.slice(from).search(wide);
    return index === -1 ? [] : [from + index];
  });
  return Math.min(...places, ...(places.length === 0 ? [from] : []));
}

function wideWords(text: string, signs: readonly Sign[]): LocalizedText {
  if (signs.every(({ plain }) => plain === ' ')) return WIDE_BLANK;
  const pairs = new Map(signs.map(({ wide, plain }) => [wide.exec(text)?.[0] ?? '', plain]));
  const typed = [...pairs.keys()]
    .map((sign) => (sign === '\u3000' ? '全角の空白' : `「${sign}」`))
    .join('と');
  const wanted = [...new Set(pairs.values())]
    .map((sign) => (sign === ' ' ? '空白' : `「${sign}」`))
    .join('と');
  const codes = [...pairs.keys()].map((sign) => `U+${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const plain = [...new Set(pairs.values())].map((sign) => (sign === ' ' ? 'a space' : `'${sign}'`));
  return {
    ja: `${typed}は記号として読まれません。半角の${wanted}で書いてください。`,
    en: `The full-width or typographic sign (${codes.join(', ')}) is not read as a sign. Write ${plain.join(', ')}.`,
  };
}

const WIDE_BLANK: LocalizedText = {
  ja: '記号の後の空白が全角です。半角の空白で書いてください。',
  en: 'The space after the sign is a full-width one. Write a plain space.',
};

const WIDE_KEY = new RegExp(`^ *(?:- +)?${KEY}${BLANK}：`);

/** Blanks before a line that are no plain spaces: of the indents around the one nearest to what they look like, two for each. */
export function wideIndents(place: Place): Mending[] {
  const { text } = place;
  const [blanks = ''] = /^[ \t\u3000\u00A0]*/.exec(text) ?? [];
  const index = blanks.search(/[^ ]/);
  if (index === -1) return [];
  const said = blanks.includes('\t') ? TAB : WIDE_SPACE;
  const width = blanks.replaceAll(/[^ ]/g, '  ').length;
  const indents = [...new Set([width, ...indentsAround(place), blanks.length])].filter(
    (indent) => indent > 0,
  );
  const nearest = indents.sort((a, b) => Math.abs(a - width) - Math.abs(b - width));
  return nearest.flatMap((indent) => {
    const mended = ' '.repeat(indent) + text.slice(blanks.length);
    // Who types one sign so types the others so.
    const signs = (WIDE_KEY.test(mended) ? wideSigns({ ...place, text: mended }) : []).map((one) => ({
      ...{ ...one, at: { line: place.line, index } },
      said: { ja: said.ja + one.said.ja, en: `${said.en} ${one.said.en}` },
    }));
    return [...signs, ...mending(place, mended, index, said)];
  });
}

/** A line that stands further in or out than the lines around it. */
export const unevenIndents = (place: Place): Mending[] =>
  indentsAround(place).flatMap((indent) => {
    const rest = place.text.trimStart();
    const index = place.text.length - rest.length;
    return rest === '' || indent === 0 ? [] : mending(place, ' '.repeat(indent) + rest, index, UNEVEN);
  });

const LINES_AROUND = 8;

/** Of the lines around, the nearest first; within an item of a list where its first key stands. */
export function indentsAround({ lines, line }: Place): number[] {
  const isWritten = (text: string): boolean => text.trim() !== '' && !/^\s*#/.test(text);
  const after = lines.slice(line + 1, line + 1 + LINES_AROUND).find(isWritten);
  const before = lines
    .slice(Math.max(0, line - LINES_AROUND), line)
    .filter(isWritten)
    .reverse();
  const indents = [after, ...before].flatMap((text) => {
    const [, blanks = '', dash = ''] = /^( *)((?:- +)*)/.exec(text ?? '') ?? [];
    return text === undefined || /^[ ]*[\t\u3000]/.test(text)
      ? []
      : [blanks.length + dash.length, blanks.length, blanks.length + 2];
  });
  return [...new Set(indents)];
}

export const TAB: LocalizedText = {
  ja: '字下げにタブは使えません。半角の空白を使ってください。',
  en: 'Tabs cannot indent. Use spaces.',
};
const WIDE_SPACE: LocalizedText = {
  ja: '字下げに全角の空白があります。半角の空白で書いてください。',
  en: 'The line is indented by a full-width space. Indent with plain spaces.',
};
export const UNEVEN: LocalizedText = {
  ja: '字下げがそろっていません。前後の行と桁をそろえてください。',
  en: 'The indentation is uneven. Align it with the lines around it.',
};
