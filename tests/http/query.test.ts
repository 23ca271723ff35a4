import { describe, expect, test } from 'vitest';
import {
  instant,
  type Kind,
  oneOf,
  openQuery,
  plainText,
  versionPrefix,
  wholeNumber,
} from '../../src/http/request/query.ts';

const kinds: Record<string, Kind<unknown>> = {
  ...{ text: plainText, at: instant, version: versionPrefix },
  ...{ limit: wholeNumber(1, 500), order: oneOf(['oldest', 'newest']) },
};
function read(query: string, name: string) {
  const opened = openQuery(`http://host/path?${query}`);
  const value = opened.optional(name, kinds[name] ?? plainText);
  return { value, errors: opened.errors().listed };
}

describe('values', () => {
  test.each([
    ['text=%E8%A3%9C+%2B', 'text', '補 +'],
    ['at=2023-03-20T12:00:00%2B09:00', 'at', Date.UTC(2023, 2, 20, 3)],
    ['at=2023-03-20T12:00:00+09:00', 'at', Date.UTC(2023, 2, 20, 3)],
    ['at=2023-03-20T12:00:00-09:00', 'at', Date.UTC(2023, 2, 20, 21)],
    ['version=ABCDEF', 'version', 'abcdef'],
    ['limit=500', 'limit', 500],
    ['order=newest', 'order', 'newest'],
    ['', 'text', undefined],
  ])('%s', (query, name, value) => {
    expect(read(query, name)).toEqual({ value, errors: [] });
  });
});

describe('errors', () => {
  test.each([
    ['text=', 'text'],
    ['text=%00', 'text'],
    [`text=${'a'.repeat(1001)}`, 'text'],
    ['at=2023-03-20', 'at'],
    ['at=2023-03-20T12:00:00', 'at'],
    ['version=abcde', 'version'],
    ['limit=0', 'limit'],
    ['limit=501', 'limit'],
    ['limit=1e2', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
  ])('%s', (query, parameter) => {
    const { value, errors } = read(query, parameter);
    expect(value).toBeUndefined();
    expect(errors).toEqual([
      {
        ...{ parameter, code: 'not-allowed' },
        detail: expect.stringContaining(`${parameter} must be `),
        detailJa: expect.stringMatching(new RegExp(`^${parameter} は`)),
      },
    ]);
  });

  test('a word that is none of them, with the nearest', () => {
    expect(read('order=newst', 'order').errors).toMatchObject([
      { code: 'not-allowed', suggestion: 'newest' },
    ]);
  });

  test('twice', () => {
    expect(read('limit=1&limit=1', 'limit')).toMatchObject({ errors: [{ code: 'repeated' }] });
  });

  test('a parameter that was not read, once, with the nearest that was', () => {
    expect(read('limti=1&limti=2&__proto__=x', 'limit').errors).toMatchObject([
      { parameter: 'limti', code: 'unknown-parameter', suggestion: 'limit' },
      { parameter: '__proto__', code: 'unknown-parameter' },
    ]);
  });

  test('a parameter that has to be there', () => {
    const query = openQuery('http://host/path');
    expect(query.required('limit', wholeNumber(1, 500))).toBeUndefined();
    expect(query.errors().listed).toMatchObject([{ parameter: 'limit', code: 'missing' }]);
  });
});
