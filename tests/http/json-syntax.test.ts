import { expect, test } from 'vitest';
import { findSyntaxError } from '../../src/http/request/json-syntax.ts';

test.each([
  ['', 1, 1],
  ['  \n ', 2, 2],
  ['x', 1, 1],
  ['{', 1, 2],
  ['{"a"', 1, 5],
  ['{"a":}', 1, 6],
  ['{"a":1,}', 1, 8],
  ['{"a":1,\n "b" 2}', 2, 6],
  ['{,}', 1, 2],
  ['{"a":1]', 1, 7],
  ['{"a":{}}}', 1, 9],
  ['[1 2]', 1, 4],
  ['[1,]', 1, 4],
  ['[]]', 1, 3],
  ['[,1]', 1, 2],
  ['[01]', 1, 3],
  ['[1.]', 1, 3],
  ['[.5]', 1, 2],
  ['[+1]', 1, 2],
  ['[NaN]', 1, 2],
  ['["a\nb"]', 1, 2],
  ['["\\x"]', 1, 2],
  ["['a']", 1, 2],
  ['["日本" "語"]', 1, 7],
  ['{} {}', 1, 4],
  ['"a" // comment', 1, 5],
  ['nul', 1, 1],
  ['[1,\r\n2,\r\n}', 3, 1],
])('%j goes wrong at line %i, column %i', (text, line, column) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(findSyntaxError(text)).toEqual({ line, column });
});
