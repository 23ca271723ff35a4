/**
 * Where a text stops being JSON. `JSON.parse` says so only sometimes, in words that change with V8. jsonc-parser calls
 * itself for each level, and a body of 1 MiB that is all brackets overflows its stack; it also reads on past `1.`.
 */

/** Counted from 1, columns in UTF-16 code units. */
interface TextPosition {
  line: number;
  column: number;
}

const SPACE = /[ \t\n\r]*/y;
const TOKEN =
  /[{}[\],:]|"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y;

/** What may stand next, each token by its first character: a number, true, false or null as 0. */
const ALLOWED = {
  value: '{["0',
  'value-or-end': '{["0]',
  key: '"',
  'key-or-end': '"}',
  colon: ':',
  'comma-or-end': ',}]',
  nothing: '',
};
type Expected = keyof typeof ALLOWED;

/** The first token that cannot stand where it stands; the end of a text that breaks off. */
export function findSyntaxError(text: string): TextPosition {
  /** What ends the objects and arrays that have begun. */
  const ends: ('}' | ']')[] = [];
  let expected: Expected = 'value';
  let offset = 0;

  function after(kind: string): Expected {
    if (kind === '{' || kind === '[') {
      ends.push(kind === '{' ? '}' : ']');
      return kind === '{' ? 'key-or-end' : 'value-or-end';
    }
    if (kind === ':') return 'value';
    if (kind === ',') return ends.at(-1) === '}' ? 'key' : 'value';
    if (expected === 'key' || (expected === 'key-or-end' && kind === '"')) return 'colon';
    if (kind === '}' || kind === ']') ends.pop();
    return ends.length === 0 ? 'nothing' : 'comma-or-end';
  }

  for (;;) {
    SPACE.lastIndex = offset;
    offset += SPACE.exec(text)?.[0].length ?? 0;
    TOKEN.lastIndex = offset;
    const token = TOKEN.exec(text)?.[0] ?? '';
    const kind = /^[-\dtfn]/.test(token) ? '0' : token.charAt(0);
    const isWrongEnd = (kind === '}' || kind === ']') && kind !== ends.at(-1);
    if (token === '' || isWrongEnd || !ALLOWED[expected].includes(kind)) return positionOf(text, offset);
    expected = after(kind);
    offset += token.length;
  }
}

function positionOf(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
