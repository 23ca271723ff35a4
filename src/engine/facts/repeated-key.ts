/**
 * A key that is written twice in one object of a JSON text. `JSON.parse` keeps the last and says nothing; one of the two is then
 * judged, and nobody said which was meant.
 */
import type { LocalizedText } from '../../rulebook/lang.ts';
import { pointerTo } from './read-facts.ts';

/** Counted from 1, columns in UTF-16 code units. */
interface TextPosition {
  line: number;
  column: number;
}

export interface RepeatedKey {
  /** JSON Pointer (RFC 6901). */
  pointer: string;
  /** Where it is written first, and again. */
  places: readonly [TextPosition, TextPosition];
}

/** `value` is what `JSON.parse` made of `text`. The first that is written again; null where none is. */
export function repeatedKey(text: string, value: unknown): RepeatedKey | null {
  // Of a text without any, as nearly all are, no token is looked at: it has as many keys as its value.
  return membersWritten(text) === membersOf(value) ? null : findRepeatedKey(text);
}

/** The keys of a JSON text: strings before a colon. */
function membersWritten(text: string): number {
  let count = 0;
  for (let open = text.indexOf('"'); open !== -1; ) {
    let close = text.indexOf('"', open + 1);
    while (isEscaped(text, close)) close = text.indexOf('"', close + 1);
    let next = close + 1;
    while (SPACES.has(text.charCodeAt(next))) next += 1;
    if (text.charCodeAt(next) === COLON) count += 1;
    open = text.indexOf('"', next);
  }
  return count;
}

const [COLON, BACKSLASH] = [0x3a, 0x5c];
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** After an odd number of backslashes. */
function isEscaped(text: string, quote: number): boolean {
  let before = quote - 1;
  while (text.charCodeAt(before) === BACKSLASH) before -= 1;
  return (quote - before) % 2 === 0;
}

/** The keys in a value and in all that it holds. Not by calling itself: a body may be all brackets. */
function membersOf(value: unknown): number {
  let count = 0;
  const rest = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (typeof next !== 'object' || next === null) continue;
    const inner: unknown[] = Object.values(next);
    if (!Array.isArray(next)) count += inner.length;
    for (const one of inner) if (typeof one === 'object' && one !== null) rest.push(one);
  }
  return count;
}

const TOKEN = /[{}[\],]|"(?:[^"\\]|\\[\s\S])*"(?<key>[ \t\n\r]*:)?/g;

/** An object or a list that has begun: its keys, by where they stand, or how many items went before. */
interface Begun {
  keys: Map<string, number> | null;
  at: string | number;
}

function findRepeatedKey(text: string): RepeatedKey | null {
  const begun: Begun[] = [];
  for (const { 0: token, index, groups } of text.matchAll(TOKEN)) {
    const inner = begun.at(-1);
    if (token === '{') begun.push({ keys: new Map(), at: '' });
    else if (token === '[') begun.push({ keys: null, at: 0 });
    else if (token === '}' || token === ']') begun.pop();
    else if (token === ',' && typeof inner?.at === 'number') inner.at += 1;
    else if (inner?.keys && groups?.key !== undefined) {
      const key = String(JSON.parse(token.slice(0, token.length - groups.key.length)));
      const first = inner.keys.get(key);
      inner.keys.set(key, index);
      inner.at = key;
      if (first !== undefined)
        return {
          pointer: pointerTo(begun.map(({ at }) => at)),
          places: [positionOf(text, first), positionOf(text, index)],
        };
    }
  }
  return null;
}

function positionOf(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

export const REPEATED_KEY = 'repeated-key';

/** Without the pointer, which is told beside it. */
export function repeatedKeyWords({ places: [first, second] }: RepeatedKey): LocalizedText {
  const isOneLine = second.line === 1;
  const ja = ({ line, column }: TextPosition) =>
    isOneLine ? `${column} 文字目` : `${line} 行 ${column} 文字目`;
  const en = ({ line, column }: TextPosition) => `${isOneLine ? '' : `line ${line}, `}column ${column}`;
  return {
    ja: `同じ項目が二度書かれています（${ja(first)}と${ja(second)}）。どちらか一つにしてください`,
    en: `the same key is written twice, at ${en(first)} and at ${en(second)}`,
  };
}
