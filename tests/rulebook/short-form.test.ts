/** The short form of conditions: each way of writing it is one long form, and what is wrong is told where it stands. */
import { describe, expect, it } from 'vitest';
import { OPERATOR_NAMES, signatureOf, type ValueType, WORDS } from '../../src/rulebook/operators.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { fixture, RULE_FILE, smallVocabulary, summary } from './fixtures.ts';

const vocabulary = smallVocabulary();
const LONG = `      all:
        - { condition: in-time }
        - { fact: case.hours, operator: greaterThanInclusive, value: 24 }
`;
const base = fixture('rules.yaml').replace(
  'deadlines:',
  'values:\n  day: { value: 24, label: 一日 }\nlists:\n  early: { items: { a: 甲, b: 乙 } }\ndeadlines:',
);
const withWhen = (when: string): string => base.replace(`\n${LONG}`, ` ${when}\n`);
const read = (when: string) => readRuleSet(RULE_FILE, withWhen(when), vocabulary);

/** Without where it is written. */
function conditionOf(when: string): unknown {
  const { ruleSet, problems } = read(when);
  expect(problems.filter(({ code }) => code !== 'unused')).toEqual([]);
  const rule = ruleSet?.rules.find(({ id }) => id === 'A');
  return JSON.parse(JSON.stringify(rule?.when, (key, value) => (key === 'position' ? undefined : value)));
}

const leaf = (fact: string, operator: string, value: string): string =>
  `{ fact: ${fact}, operator: ${operator}, value: ${value} }`;

describe('is the long form', () => {
  it.each<[short: string, long: string]>([
    ['in-time', '{ condition: in-time }'],
    ['[in-time, in-time]', '{ all: [{ condition: in-time }, { condition: in-time }] }'],
    ['{ not: in-time }', '{ not: { condition: in-time } }'],
    [
      '{ any: [in-time, case.flag: true] }',
      `{ any: [{ condition: in-time }, ${leaf('case.flag', 'equal', 'true')}] }`,
    ],
    ['{ not: [in-time] }', '{ not: { all: [{ condition: in-time }] } }'],
    ['{ case.flag: true }', leaf('case.flag', 'equal', 'true')],
    ['{ case.kind: one }', leaf('case.kind', 'equal', 'one')],
    ['{ case.kind: [one, two] }', leaf('case.kind', 'in', '[one, two]')],
    ['{ case.kind: one 以外 }', leaf('case.kind', 'notEqual', 'one')],
    ['{ case.kind: { いずれでもない: [one, two] } }', leaf('case.kind', 'notIn', '[one, two]')],
    ['{ case.code: "07" }', leaf('case.code', 'equal', '"07"')],
    ['{ case.note: 一日以上 }', leaf('case.note', 'equal', '一日以上')],
    ['{ case.note: { を含む: 雨 } }', leaf('case.note', 'includesText', '雨')],
    ['{ case.items: a }', leaf('case.items', 'contains', 'a')],
    ['{ case.items: [a, b] }', leaf('case.items', 'containsAny', '[a, b]')],
    ['{ case.items: { すべてを含む: early } }', leaf('case.items', 'containsAll', '{ list: early }')],
    ['{ case.items: { list: early } }', leaf('case.items', 'containsAny', '{ list: early }')],
    ['{ case.items: early だけ }', leaf('case.items', 'subsetOf', '{ list: early }')],
    ['{ case.items: { 件より多い: 1 } }', leaf('case.items', 'countGreaterThan', '1')],
    ['{ case.brands: ポイントだけ }', leaf('case.brands', 'contains', 'ポイントだけ')],
    ['{ case.hours: 24 }', leaf('case.hours', 'equal', '24')],
    ['{ case.hours: 24以上 }', leaf('case.hours', 'greaterThanInclusive', '24')],
    ['{ case.hours: 24時間以上 }', leaf('case.hours', 'greaterThanInclusive', '24')],
    ['{ case.hours: ≥ 24 }', leaf('case.hours', 'greaterThanInclusive', '24')],
    ['{ case.hours: ">= 24" }', leaf('case.hours', 'greaterThanInclusive', '24')],
    ['{ case.hours: ＞２４ }', leaf('case.hours', 'greaterThan', '24')],
    ['{ case.hours: 24未満 }', leaf('case.hours', 'lessThan', '24')],
    ['{ case.hours: day 以下 }', leaf('case.hours', 'lessThanInclusive', '{ value: day }')],
    ['{ case.paidYen: "1,000円以上" }', leaf('case.paidYen', 'greaterThanInclusive', '1000')],
    ['{ case.paidYen: 100万円超 }', leaf('case.paidYen', 'greaterThan', '1000000')],
    [
      '{ case.paidYen: case.refundedYen より大きい }',
      leaf('case.paidYen', 'greaterThan', '{ fact: case.refundedYen }'),
    ],
    [
      '{ case.paidYen: { より大きい: { sum: [1, 2] } } }',
      leaf('case.paidYen', 'greaterThan', '{ sum: [1, 2] }'),
    ],
    [
      '{ case.paidYen: { fact: case.refundedYen } }',
      leaf('case.paidYen', 'equal', '{ fact: case.refundedYen }'),
    ],
    ['{ asOf: application まで }', leaf('asOf', 'onOrBefore', '{ deadline: application }')],
    ['{ asOf: { まで: application } }', leaf('asOf', 'onOrBefore', '{ deadline: application }')],
    ['{ asOf: 公表日より前 }', leaf('asOf', 'before', '{ source: published }')],
    ['{ case.endedAt: asOf 以前 }', leaf('case.endedAt', 'onOrBefore', '{ fact: asOf }')],
    ['{ case.endedAt: case.startedAt より後 }', leaf('case.endedAt', 'after', '{ fact: case.startedAt }')],
    ['{ case.endedAt: ある }', leaf('case.endedAt', 'isPresent', 'true')],
    ['{ case.note: ない }', leaf('case.note', 'isPresent', 'false')],
    [`{ fact: case.hours, operator: 以上, value: 24 }`, leaf('case.hours', 'greaterThanInclusive', '24')],
    [
      '{ case.flag: true, case.kind: one }',
      `{ all: [${leaf('case.flag', 'equal', 'true')}, ${leaf('case.kind', 'equal', 'one')}] }`,
    ],
    [
      '{ case.flag: true, label: 印, clause: C1 }',
      '{ fact: case.flag, operator: equal, value: true, label: 印, clause: C1 }',
    ],
  ])('%s', (short, long) => expect(conditionOf(short)).toEqual(conditionOf(long)));
});

it('named conditions keep their label and clause', () => {
  const named = (written: string) => {
    const text = base.replace(/ {2}in-time: .*/, `  in-time: ${written}`);
    const { label, clauses, condition } =
      readRuleSet(RULE_FILE, text, vocabulary).ruleSet?.conditions.get('in-time') ?? {};
    return JSON.parse(
      JSON.stringify({ label, clauses, condition }, (key, v) => (key === 'position' ? undefined : v)),
    );
  };
  expect(named('{ asOf: application まで, label: 期限内, clause: C1 }')).toEqual(
    named(
      '{ fact: asOf, operator: onOrBefore, value: { deadline: application }, label: 期限内, clause: C1 }',
    ),
  );
  expect(named('{ asOf: application まで, case.flag: true, label: 期限内, clause: C1 }')).toEqual(
    named(
      `{ label: 期限内, clause: C1, all: [${leaf('asOf', 'onOrBefore', '{ deadline: application }')}, ${leaf('case.flag', 'equal', 'true')}] }`,
    ),
  );
});

describe('what is wrong is told where it stands', () => {
  const LINE = withWhen('X').split('\n').indexOf('    when: X') + 1;
  it.each<[when: string, code: string, column: number, suggestion: string | null]>([
    ['in-tme', 'unknown-condition', 11, 'in-time'],
    ['[in-time, in-tme]', 'unknown-condition', 21, 'in-time'],
    ['{ not: in-tme }', 'unknown-condition', 18, 'in-time'],
    ['{ case.flg: true }', 'unknown-fact', 13, 'case.flag'],
    ['{ alle: [in-time] }', 'unknown-key', 13, 'all'],
    ['{ case.flag: maybe }', 'value-type', 24, null],
    ['{ case.kind: four }', 'unknown-word', 24, null],
    ['{ case.kind: 二 }', 'unknown-word', 24, 'two'],
    ['{ case.kind: [one, four] }', 'unknown-word', 30, null],
    ['{ asOf: application }', 'value-type', 19, null],
    ['{ asOf: aplication まで }', 'unknown-deadline', 19, 'application'],
    ['{ case.hours: 多め }', 'value-type', 25, null],
    ['{ case.hours: { うえ: 1 } }', 'unknown-operator', 25, null],
    ['{ case.hours: { まで: 1 } }', 'operator-type', 25, null],
    ['{ case.flag: true, clause: C9 }', 'unknown-clause', 38, 'C1'],
    ['{ any: [in-time], case.flag: true }', 'unknown-key', 29, null],
    ['[]', 'empty-condition', 11, null],
  ])('%s', (when, code, column, suggestion) =>
    expect(summary(read(when).problems).filter((problem) => problem.code !== 'unused')).toEqual([
      { code, at: `${LINE}:${column}`, suggestion },
    ]),
  );
});

it('a word means one operator for each type of fact', () => {
  const types: ValueType[] = ['boolean', 'enum', 'text', 'set', 'instant', 'integer'];
  for (const type of types) {
    const operators = OPERATOR_NAMES.filter((operator) => signatureOf(operator).left.includes(type));
    const words = operators.flatMap((operator) => [operator, ...WORDS[operator]]);
    expect(words).toEqual([...new Set(words)]);
  }
});
