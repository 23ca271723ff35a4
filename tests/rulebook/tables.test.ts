/** A cell of a table is an amount rule as if it were written out. */
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/engine/decide.ts';
import { readFacts } from '../../src/engine/facts/read-facts.ts';
import { compile } from '../../src/engine/program.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { RuleSet } from '../../src/rulebook/rule-set.ts';
import { fixture, RULE_FILE, smallVocabulary } from './fixtures.ts';

const TABLE = `tables:
  pay:
    label: 額
    clause: C1
    by: [case.kind, case.hours]
    cells:
      one: { 48以上: 2万円, 24以上48未満: "10,000" }
      two: { 48以上: { fact: case.paidYen }, 24以上48未満: null }
`;
const amount = (rules: string): string => `amount:\n${rules}`;
const read = (text: string): RuleSet => {
  const { ruleSet, problems } = readRuleSet(RULE_FILE, fixture('rules.yaml') + text, smallVocabulary());
  expect(problems.filter(({ code }) => code !== 'unused')).toEqual([]);
  if (ruleSet === null) throw new Error('not sound');
  return ruleSet;
};
/** All that a rule says, but for its name, its label and where it stands. */
const said = ({ rules }: RuleSet): unknown =>
  JSON.parse(
    JSON.stringify(
      rules.filter(({ section }) => section === 'amount'),
      (key, value) => (['position', 'id', 'concludes', 'label', 'cell'].includes(key) ? undefined : value),
    ),
  );

const OUT = `  - { id: a, clause: C1, when: [remedy: refund, case.kind: one, case.hours: 48以上], yen: 20000, final: true }
  - { id: b, clause: C1, when: [remedy: refund, case.kind: one, case.hours: 24以上, case.hours: 48未満], yen: 10000, final: true }
  - { id: c, clause: C1, when: [remedy: refund, case.kind: two, case.hours: 48以上], yen: { fact: case.paidYen }, final: true }
  - { id: d, clause: C1, when: [remedy: refund, case.kind: two, case.hours: 24以上, case.hours: 48未満], yen: null, final: true }
`;
const REST = '  - { id: rest, yen: 500円, final: false }\n';
const IN = `  - { id: pay, when: { remedy: refund }, table: pay, final: true }\n`;

it('is what is written out, wherever among the rules it stands', () => {
  expect(said(read(amount(IN + REST) + TABLE))).toEqual(said(read(amount(OUT + REST))));
  const first = '  - { id: first, when: { case.flag: true }, yen: 1万円, final: true }\n';
  expect(said(read(amount(first + IN) + TABLE))).toEqual(said(read(amount(first + OUT))));
});

it('has the name and the words of its row and column, and stands at its line', () => {
  const text = amount(IN + REST) + TABLE;
  const { rules } = read(text);
  const cells = rules.filter(({ cell }) => cell !== null);
  expect(cells.map(({ id, label }) => [id, label])).toEqual([
    ['pay.one.ge48', '額：一・48時間以上'],
    ['pay.one.ge24-lt48', '額：一・24時間以上48時間未満'],
    ['pay.two.ge48', '額：二・48時間以上'],
    ['pay.two.ge24-lt48', '額：二・24時間以上48時間未満'],
  ]);
  const lines = (fixture('rules.yaml') + text).split('\n');
  for (const { position, cell } of cells) {
    const there = lines[position.line - 1]?.slice(position.column - 1) ?? '';
    expect(there.startsWith(`${cell?.keys.at(-1)}:`), there).toBe(true);
  }
});

describe('by one fact, and by three', () => {
  const yen = async (text: string, facts: object): Promise<unknown> => {
    const ruleSet = read(amount(IN) + text);
    const { facts: known } = readFacts(
      ruleSet.vocabulary,
      { case: { hours: 30, ...facts } },
      Date.parse('2023-04-01T00:00:00Z'),
    );
    if (known === null) throw new Error(JSON.stringify(facts));
    return (await decide(compile(ruleSet), known, { explanation: false })).amount?.yen ?? null;
  };
  const ONE = 'tables:\n  pay: { label: 額, by: case.flag, cells: { はい: 100, false: 200円 } }\n';
  it.each([
    [true, 100],
    [false, 200],
  ])('%j', async (flag, wanted) => expect(await yen(ONE, { flag })).toBe(wanted));

  const THREE = `tables:
  pay:
    label: 額
    by: [case.flag, case.kind, case.hours]
    cells:
      true: { one: { 24: 1, 30: 2 }, two: { 30: 3 } }
      false: { one: { 30: 4 } }
`;
  it.each([
    [{ flag: true, kind: 'one' }, 2],
    [{ flag: true, kind: 'two' }, 3],
    [{ flag: false, kind: 'one' }, 4],
    [{ flag: false, kind: 'two' }, null],
  ])('%j', async (facts, wanted) => expect(await yen(THREE, facts)).toBe(wanted));
});
