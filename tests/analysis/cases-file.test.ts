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
  ['a key that is none', entry('B', AT, '{}', 'expct: {}'), ['5 unknown-key']],
  ['no expectation', entry('B', AT, '{}', 'note: x'), ['5 missing-key']],
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

const moments = (...lines: string[]) =>
  `  - id: M\n    title: t\n    facts: { a: { b: 3 } }\n    ${lines.join('\n    ')}\n`;

test('a case of several moments is one for each, at its own line, with what is expected at all of them', () => {
  const at = ['at:', '  - { asOf: 2024-10-10 12:00, expect: { outcome: eligible } }'];
  const later = '  - { asOf: 2024-11-10T00:00:00+09:00, expect: { outcome: lapsed, remedies: [] } }';
  const text = HEAD + moments('expect: { categories: [A], remedies: [x] }', ...at, later);
  const { cases, problems } = readCasesFile('rules/x.cases.yaml', text);
  expect(problems).toEqual([]);
  expect(cases?.cases).toEqual([
    {
      ...{ id: 'M@2024-10-10 12:00', title: 't', facts: { a: { b: 3 } } },
      asOf: Date.parse('2024-10-10T12:00:00+09:00'),
      expect: { categories: ['A'], remedies: ['x'], outcome: 'eligible' },
      position: { file: 'rules/x.cases.yaml', line: 9, column: 17 },
    },
    {
      ...{ id: 'M@2024-11-10T00:00:00+09:00', title: 't', facts: { a: { b: 3 } } },
      asOf: Date.parse('2024-11-10T00:00:00+09:00'),
      expect: { categories: ['A'], remedies: [], outcome: 'lapsed' },
      position: { file: 'rules/x.cases.yaml', line: 10, column: 17 },
    },
  ]);
});

test.each([
  [
    'asOf as well',
    [`asOf: ${AT}`, 'at: [{ asOf: 2024-10-11 12:00, expect: { outcome: x } }]'],
    ['8 wrong-shape'],
  ],
  ['one of them no instant', ['at: [{ asOf: soon, expect: { outcome: x } }]'], ['8 bad-date']],
  ['one that expects nothing', ['at: [{ asOf: 2024-10-11 12:00, expect: {} }]'], ['8 no-expectation']],
  [
    'one of them twice',
    ['at:', '  - { asOf: 2024-10-11 12:00, expect: { outcome: x } }'].concat(
      '  - { asOf: 2024-10-11T12:00:00+09:00, expect: { outcome: x } }',
    ),
    ['10 repeated-case'],
  ],
  ['no moment at all', ['expect: { outcome: x }'], ['5 missing-key']],
])('several moments with %s', (_, lines, problems) => {
  expect(read(moments(...lines)).problems).toEqual(problems);
});

test('all moments of a case that is left out are', () => {
  const { skipped } = read(
    moments('skip: later', 'at: [{ asOf: 2024-10-11 12:00, expect: { outcome: x } }]'),
  );
  expect(skipped).toEqual([['M@2024-10-11 12:00', 'later']]);
});

test.each([
  ['2024-10-10 12:00', 'Asia/Tokyo', '2024-10-10T12:00:00+09:00'],
  ['2024-10-10T12:00:30', 'Asia/Tokyo', '2024-10-10T12:00:30+09:00'],
  ['2024-10-10 9:05', 'Asia/Tokyo', '2024-10-10T09:05:00+09:00'],
  ['2024-10-10 24:00', 'Asia/Tokyo', '2024-10-11T00:00:00+09:00'],
  ['2024-10-10 12:00', 'America/New_York', '2024-10-10T12:00:00-04:00'],
  ['2024-10-10T12:00:00Z', 'America/New_York', '2024-10-10T12:00:00Z'],
])('%s in %s is %s', (written, timeZone, instant) => {
  const text = HEAD + entry('L', written, '{}');
  const { cases, problems } = readCasesFile('rules/x.cases.yaml', text, timeZone);
  expect(problems).toEqual([]);
  expect(cases?.cases.map(({ asOf }) => asOf)).toEqual([Date.parse(instant)]);
});

test.each([
  ['2024-03-10 02:30', [/There is no 2024-03-10 02:30/]],
  ['2024-11-03 01:30', [/2024-11-03T01:30:00-04:00 or 2024-11-03T01:30:00-05:00/]],
  ['2024-11-03', [/with its time/]],
])(
  '%s, which the clocks of New York do not show once, is refused with what it may be',
  (written, messages) => {
    const { problems } = readCasesFile('x', HEAD + entry('L', written, '{}'), 'America/New_York');
    expect(problems.map(({ code, messageEn }) => [code, messageEn])).toEqual(
      messages.map((message) => ['bad-date', expect.stringMatching(message)]),
    );
  },
);
