/** Days, months and hours that are counted may be named values: one place for a number that the notice says twice. */
import { expect, it } from 'vitest';
import { editWords } from '../../src/analysis/diff/edit-words.ts';
import { editsBetween } from '../../src/analysis/diff/edits.ts';
import { mutantsOf } from '../../src/analysis/mutation/mutants.ts';
import { parseSource } from '../../src/rulebook/source.ts';
import { ruleSetOf, ruleTextOf } from '../engine/small.ts';
import { RULE_FILE } from './fixtures.ts';

const written = (days: unknown, value = 60) => ({
  values: { within: { value, unit: '日', label: '申請できる日数' } },
  deadlines: {
    claim: {
      until: { after: { fact: 'case.startedAt' }, days, counting: '当日から' },
      label: '期限',
      clause: 'C1',
    },
  },
  eligibility: [
    {
      ...{ id: 'A', clause: 'C1', label: '対象' },
      when: [{ asOf: 'claim まで' }],
    },
  ],
});

it('count as the number does', () => {
  const [named, plain] = [written({ value: 'within' }), written(60)].map((one) => ruleSetOf(one));
  expect(named?.deadlines.get('claim')?.until).toEqual(plain?.deadlines.get('claim')?.until);
});

it('changed, are told with the deadline that counts them', () => {
  const [before, after] = [60, 90].map((value) => ruleSetOf(written({ value: 'within' }, value)));
  if (!before || !after) throw new Error('not read');
  expect(editsBetween(before, after).map((edit) => editWords(edit).ja)).toEqual([
    '期限「期限」（claim）の日時：始まりから60日以内（初日を含みます） → 始まりから90日以内（初日を含みます）',
    '数「申請できる日数」（within）の値：60 → 90',
  ]);
});

it('have their mutants where they are written', () => {
  const rules = written({ value: 'within' });
  const source = parseSource(RULE_FILE, ruleTextOf(rules));
  const ids = mutantsOf(source, ruleSetOf(rules)).map(({ id }) => id);
  expect(ids.filter((id) => /^(deadlines|values)/.test(id))).toEqual([
    'values/within/value:less',
    'values/within/value:more',
  ]);
});
