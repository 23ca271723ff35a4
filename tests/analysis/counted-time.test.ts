/** Days that are counted, moved to an open day, or at the time of a fact: what is proved of them, and told of a change. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diff } from '../../src/analysis/diff/diff.ts';
import { editWords } from '../../src/analysis/diff/edit-words.ts';
import { prove } from '../../src/analysis/findings/prove.ts';
import { mutantsOf } from '../../src/analysis/mutation/mutants.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import { ruleSetOf } from '../engine/small.ts';
import { flag, mutableOf } from './small-cases.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

type Written = Record<string, unknown>;
const category = (id: string, when: unknown): Written => ({ id, clause: 'C1', label: id, when });
const contact = {
  ...{ id: 'centre', name: '窓口', tel: '0120-000-000', clause: 'C1', hoursText: '平日 10:00～18:00' },
  hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: 'closed', open: '10:00', close: '18:00' }],
};
const started = { fact: 'case.startedAt' };
const deadline = (until: unknown, more: Written = {}) => ({ until, label: '期限', clause: 'C1', ...more });
const deadlines = {
  plain: deadline({ after: started, days: 60, counting: 'fromNextDay' }),
  moved: deadline({ after: started, days: 60, counting: 'fromNextDay' }, { ifClosed: 'nextOpenDay' }),
  early: deadline({ after: started, days: 60, counting: 'fromNextDay' }, { ifClosed: 'previousOpenDay' }),
  same: deadline({ after: started, days: 61, counting: 'fromSameDay' }),
  start: deadline({ at: started }),
  before: deadline({ at: started, hours: -2 }),
};
const age = (text: string) => ({ 'case.startedAt': { 満年齢: text } });
const until = (name: string) => ({ asOf: `${name} まで` });

async function codes(first: unknown, second: unknown): Promise<string[]> {
  const written = { deadlines, contact, eligibility: [category('A', first), category('B', second)] };
  return (await prove(ruleSetOf(written), solver))
    .filter(({ about }) => about.some((part) => part.startsWith('eligibility/')))
    .map(({ code, verdict }) => `${code} ${verdict}`);
}

describe('proved of every case', () => {
  const proofs: [what: string, first: unknown, second: unknown, found: string[]][] = [
    ['the same age said otherwise', age('65以上'), age('64超'), ['same-meaning proved', 'overlap refuted']],
    ['one is not of two ages', flag, [age('65以上'), age('65未満')], ['never-holds proved']],
    ['who is older is not younger', flag, [age('65以上'), age('64未満')], ['never-holds proved']],
    ['there is an age between', flag, [age('65未満'), age('64以上')], ['overlap refuted']],
    ['moved on, not back', flag, [until('plain'), { not: until('moved') }], ['never-holds proved']],
    ['moved back, not on', flag, [until('early'), { not: until('plain') }], ['never-holds proved']],
    ['moved on somewhere', flag, [until('moved'), { not: until('plain') }], ['overlap refuted']],
    ['a day more with the first', until('plain'), until('same'), ['same-meaning proved', 'overlap refuted']],
    ['two hours before', flag, [until('before'), { not: until('start') }], ['never-holds proved']],
  ];
  it.each(proofs)('%s', async (_, first, second, found) => {
    expect((await codes(first, second)).sort()).toEqual(found.sort());
  });
});

describe('a change', () => {
  const before = { deadlines: { plain: deadlines.plain }, eligibility: [category('A', until('plain'))] };
  const told = async (was: Written, is: Written) =>
    (await diff(ruleSetOf(was), ruleSetOf(is), solver)).edits.map((edit) => editWords(edit).ja);

  it('of the first day is told in the words of a notice', async () => {
    const after = deadline({ after: started, days: 60, counting: 'fromSameDay' });
    expect(await told(before, { ...before, deadlines: { plain: after } })).toEqual([
      '期限「期限」（plain）の日時：始まりから60日以内（翌日から数えます） → 始まりから60日以内（初日を含みます）',
    ]);
  });

  it('of an age loosens', async () => {
    const of = (text: string) => ({ eligibility: [category('A', age(text))] });
    expect(await told(of('65以上'), of('60以上'))).toEqual(['対象の区分「A」の条件が緩くなりました']);
  });
});

it('each has its mutants', () => {
  const { source, program } = mutableOf({
    deadlines: { moved: deadlines.moved, before: deadlines.before },
    contact,
    conditions: { old: { label: '年齢', ...age('65以上') } },
    eligibility: [category('A', { all: ['old', until('moved'), until('before')] })],
  });
  const ids = mutantsOf(source, program.ruleSet).map(({ id }) => id);
  expect(ids.filter((id) => id.startsWith('deadlines/'))).toEqual([
    'deadlines/moved/until:earlier',
    'deadlines/moved/until:later',
    'deadlines/moved/ifClosed:dropped',
    'deadlines/before/until:earlier',
    'deadlines/before/until:later',
  ]);
  expect(ids.filter((id) => id.startsWith('conditions/old/value'))).toEqual([
    'conditions/old/value/years:less',
    'conditions/old/value/years:more',
  ]);
});
