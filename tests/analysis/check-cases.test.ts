/** Cases that name what the rule set has not, told at their lines. */
import { expect, test } from 'vitest';
import { readCasesFile } from '../../src/analysis/cases/cases-file.ts';
import { problemsInCases } from '../../src/analysis/cases/check-cases.ts';
import { ruleSetOf } from '../engine/small.ts';

const ruleSet = ruleSetOf({
  deadlines: { end: { until: '2023-04-28', label: '期限', clause: 'C1' } },
  claimState: [{ id: 'waiting', nextSteps: ['apply'], deadlines: ['end'] }],
});

const found = (facts: string, expected: string) => {
  const { cases, problems, at } = readCasesFile(
    'x.cases.yaml',
    [
      'prefecture: somewhere',
      'incident: outage',
      'cases:',
      '  - id: one',
      '    title: t',
      '    asOf: 2023-04-15 12:00',
      `    facts: ${facts}`,
      `    expect: ${expected}`,
    ].join('\n'),
  );
  expect(problems).toEqual([]);
  return (cases ? problemsInCases(cases, at, ruleSet) : []).map(({ code, position, suggestion }) => [
    ...[code, `${position.line}:${position.column}`, suggestion],
  ]);
};

test.each([
  ['{ case: { flag: true } }', '{ outcome: granted, categories: [A], deadlines: [end] }', []],
  ['{ case: { flag: はい } }', '{ missingFacts: [], brands: {}, claimState: waiting }', []],
  ['{ case: { flg: true } }', '{ outcome: granted }', [['unknown-fact', '7:22', 'case.flag']]],
  ['{ case: { flag: 1 } }', '{ outcome: granted }', [['value-type', '7:28', null]]],
  ['{ case: { kind: fuor } }', '{ outcome: granted }', [['value-type', '7:28', null]]],
  ['{}', '{ outcome: grantd }', [['unknown-word', '8:24', 'granted']]],
  ['{}', '{ categories: [A, B] }', [['unknown-word', '8:31', 'A']]],
  ['{}', '{ deadlinesInclude: [ende] }', [['unknown-word', '8:34', 'end']]],
  ['{}', '{ deadlineTexts: { ende: x } }', [['unknown-word', '8:32', 'end']]],
  [
    '{}',
    '{ clauses: [C2], missingFacts: [case.flg] }',
    [
      ['unknown-word', '8:45', 'case.flag'],
      ['unknown-word', '8:25', 'C1'],
    ],
  ],
])('%s with %s', (facts, expected, problems) => expect(found(facts, expected)).toEqual(problems));

test('a fact of the base is told where the case begins, a word at its own moment', () => {
  const { cases, at } = readCasesFile(
    'x.cases.yaml',
    `prefecture: somewhere
incident: outage
base: { case: { flg: true } }
cases:
  - id: one
    title: t
    facts: {}
    at:
      - { asOf: 2023-04-15 12:00, expect: { outcome: granted } }
      - { asOf: 2023-04-16 12:00, expect: { outcome: grantd } }
`,
  );
  const lines = (cases ? problemsInCases(cases, at, ruleSet) : []).map(
    ({ code, position }) => `${position.line} ${code}`,
  );
  expect(lines).toEqual(['9 unknown-fact', '10 unknown-fact', '10 unknown-word']);
});
