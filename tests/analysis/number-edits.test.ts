/** Values and calculations with names: each a part of its own in diffs, and each number of it in mutants. */
import { describe, expect, it } from 'vitest';
import { editWords } from '../../src/analysis/diff/edit-words.ts';
import { editsBetween } from '../../src/analysis/diff/edits.ts';
import { mutantsOf } from '../../src/analysis/mutation/mutants.ts';
import { parseSource } from '../../src/rulebook/source.ts';
import { ruleSetOf, ruleTextOf } from '../engine/small.ts';
import { RULE_FILE } from '../rulebook/fixtures.ts';

const written = ({ value = 2000, to = 10, percent = 30 } = {}) => ({
  values: { each: { value, unit: '円', label: '一人あたり' } },
  numbers: {
    fee: {
      label: '手数料',
      unit: '円',
      is: { roundDown: { percent, of: { fact: 'case.paidYen' }, atLeast: 340 }, to },
    },
  },
  eligibility: [
    {
      ...{ id: 'A', clause: 'C1', label: '対象の方' },
      when: { fact: 'case.refundedYen', operator: 'greaterThan', value: { number: 'fee' } },
    },
  ],
  amount: [
    {
      id: 'it',
      yen: { sum: [{ number: 'fee' }, { product: [{ fact: 'case.tally' }, { value: 'each' }] }] },
      final: true,
    },
  ],
});
const edits = (after: Parameters<typeof written>[0]) =>
  editsBetween(ruleSetOf(written()), ruleSetOf(written(after)));

describe('a diff', () => {
  it('tells a changed calculation once, by its name', () => {
    expect(edits({ to: 100 }).map((edit) => editWords(edit).ja)).toEqual([
      '計算した数「手数料」（fee）の計算：支払額の30%（最低340円、10円未満は切り捨て） → 支払額の30%（最低340円、100円未満は切り捨て）',
    ]);
  });

  it('tells a changed value, and the amount that it stands in, in words', () => {
    expect(edits({ value: 3000 }).map((edit) => editWords(edit).ja)).toEqual([
      '数「一人あたり」（each）の値：2,000 → 3,000',
      '補償額「it」の補償額：手数料＋数×2000円、確定 → 手数料＋数×3000円、確定',
    ]);
  });
});

it('every number of a calculation is tried one less and one more', () => {
  const source = parseSource(RULE_FILE, ruleTextOf(written()));
  const names = mutantsOf(source, ruleSetOf(written()))
    .map(({ id }) => id)
    .filter((id) => id.startsWith('numbers/'));
  expect(names.sort()).toEqual(
    ['is/roundDown/atLeast', 'is/roundDown/percent', 'is/to'].flatMap((path) => [
      `numbers/fee/${path}:less`,
      `numbers/fee/${path}:more`,
    ]),
  );
});
