/** What is wrong with some cases, told at their lines; the others are there all the same. */
import { expect, test } from 'vitest';
import { readCasesFile } from '../../src/analysis/cases/cases-file.ts';

const HEAD = 'prefecture: x\nincident: y\ncases:\n';
const AT = '2024-10-10T12:00:00+09:00';
const ONE = `  - { id: A, title: t, asOf: ${AT}, facts: { a: { b: 1, c: [x] } }, expect: { outcome: eligible } }\n`;

const read = (more: string) => {
  const { cases, problems } = readCasesFile('rules/x.cases.yaml', HEAD + ONE + more);
  return {
    ids: cases?.cases.map(({ id }) => id),
    skipped: cases?.skipped.map(({ example, reason }) => [example.id, reason]),
    problems: problems.map(({ code, position }) => `${position.line} ${code}`),
  };
};

const entry = (id: string, asOf: string, facts: string, rest = 'expect: { outcome: eligible }') =>
  `  - { id: ${id}, title: t, asOf: ${asOf}, facts: ${facts}, ${rest} }\n`;

test.each([
  ['another instant', entry('B', '2024-10-10T12:00:01+09:00', '{ a: { b: 1, c: [x] } }'), []],
  ['other facts', entry('B', AT, '{ a: { b: 2, c: [x] } }'), []],
  ['the same', entry('B', AT, '{ a: { b: 1, c: [x] } }'), ['5 repeated-case']],
  ['the same in another order', entry('B', AT, '{ a: { c: [x], b: 1 } }'), ['5 repeated-case']],
  [
    'the same instant elsewhere',
    entry('B', '2024-10-10T03:00:00Z', '{ a: { b: 1, c: [x] } }'),
    ['5 repeated-case'],
  ],
  ['an empty expectation', entry('B', AT, '{}', 'expect: {}'), ['5 no-expectation']],
])('a case beside one with %s', (_, more, problems) => {
  expect(read(more)).toMatchObject({ problems, ids: ['A', 'B'] });
});

test.each([
  ['a key that is none', entry('B', AT, '{}', 'expct: {}'), ['5 missing-key', '5 unknown-key']],
  ['no instant', entry('B', 'soon', '{}'), ['5 bad-date']],
])('a case with %s does not hide the others', (_, more, problems) => {
  const found = read(more + entry('C', AT, '{}'));
  expect(found.ids).toEqual(['A', 'C']);
  expect(found.problems.toSorted()).toEqual(problems);
});

test('a case may be left out, with its reason', () => {
  const found = read(entry('B', AT, '{}', 'expect: { outcome: eligible }, skip: later'));
  expect(found).toEqual({ ids: ['A'], skipped: [['B', 'later']], problems: [] });
});

test('facts of the base are those of every case, but for what the case itself says', () => {
  const base = 'base: { a: { b: 0, d: 4 }, e: { f: 6 } }\n';
  const text = HEAD.replace('cases:', `${base}cases:`) + ONE + entry('B', AT, '{ a: { b: 2 }, e: { f: 7 } }');
  const { cases, problems } = readCasesFile('rules/x.cases.yaml', text);
  expect(problems).toEqual([]);
  expect(cases?.cases.map(({ facts }) => facts)).toEqual([
    { a: { b: 1, c: ['x'], d: 4 }, e: { f: 6 } },
    { a: { b: 2, d: 4 }, e: { f: 7 } },
  ]);
});
