/**
 * Where a text stops being JSON. `JSON.parse` says so only sometimes, in words that change with V8. jsonc-parser calls
 * itself for each level, and a body of 1 MiB that is all brackets overflows its stack; it also reads on past `1.`.
 */

/** Counted from 1, columns in UTF-16 code units. */
export interface TextPosition {
  line: number;
  column: number;
}

const SPACE = /[ \t\n\r]*/y;
const TOKEN =
  /[{}[\],:]|"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y;

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

/** The first token that cannot stand where it stands; the end of a text that breaks off. */
export function findSyntaxError(text: string): TextPosition {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let offset = 0;

  const afterValue = (): Expected => (open.length === 0 ? 'nothing' : 'comma-or-end');
  /** Null where the token cannot stand here. */
  function follow(token: string): Expected | null {
    const isValuePlace = expected === 'value' || expected === 'value-or-end';
    if (token === '{' || token === '[') {
      if (!isValuePlace) return null;
      open.push(token);
      return token === '{' ? 'key-or-end' : 'value-or-end';
    }
    if (token === '}' || token === ']') {
      const start = token === '}' ? '{' : '[';
      const emptyEnd = token === '}' ? 'key-or-end' : 'value-or-end';
      if (open.at(-1) !== start || (expected !== 'comma-or-end' && expected !== emptyEnd)) return null;
      open.pop();
      return afterValue();
    }
    if (token === ':') return expected === 'colon' ? 'value' : null;
    if (token === ',') return expected !== 'comma-or-end' ? null : open.at(-1) === '{' ? 'key' : 'value';
    if (isValuePlace) return afterValue();
    return token.startsWith('"') && (expected === 'key' || expected === 'key-or-end') ? 'colon' : null;
  }

  for (;;) {
    SPACE.lastIndex = offset;
    offset += SPACE.exec(text)?.[0].length ?? 0;
    TOKEN.lastIndex = offset;
    const token = TOKEN.exec(text)?.[0];
    const next = token === undefined ? null : follow(token);
    if (token === undefined || next === null) return positionOf(text, offset);
    expected = next;
    offset += token.length;
  }
}

function positionOf(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
