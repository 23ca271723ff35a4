/** What else meets days and times that are counted: `hosho fmt`, cells of CSV files, the text of the notice, and how long a finding holds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prove } from '../../src/analysis/findings/prove.ts';
import { claimsOf } from '../../src/analysis/notice-text/claims.ts';
import { readingsIn } from '../../src/analysis/notice-text/readings.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import { instantText } from '../../src/bulk/cell-value.ts';
import { instantText as wordsOfInstant } from '../../src/engine/answer/wording.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { shortened } from '../../src/rulebook/shorten.ts';
import { ruleSetOf, ruleTextOf } from '../engine/small.ts';
import { RULE_FILE, smallVocabulary } from '../rulebook/fixtures.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

const started = { fact: 'case.startedAt' };
const category = (when: unknown) => ({
  eligibility: [{ id: 'A', clause: 'C1', label: '対象', when }],
});

describe('hosho fmt', () => {
  it.each([
    { after: { ...started }, days: 60, counting: 'fromSameDay' },
    { after: { fact: 'asOf' }, years: -65 },
    { at: started, hours: -2 },
  ])('%j is written shorter and means the same', (value) => {
    const long = ruleTextOf(category({ fact: 'asOf', operator: 'onOrBefore', value }));
    const short = shortened(long, smallVocabulary());
    expect(short).not.toContain('operator:');
    const [before, after] = [long, short].map(
      (text) => readRuleSet(RULE_FILE, text, smallVocabulary()).ruleSet?.rules[0]?.when,
    );
    const bare = (when: unknown) =>
      JSON.parse(JSON.stringify(when, (key, of) => (key === 'position' ? null : of)));
    expect(bare(after)).toEqual(bare(before));
  });
});

describe('cells of a CSV file', () => {
  it.each([
    ['2025/5/10 9:00', '2025-05-10T09:00:00+09:00'],
    ['2025-05-10 09:00', '2025-05-10T09:00:00+09:00'],
    ['2025-05-10 24:00', '2025-05-11T00:00:00+09:00'],
    // No instant: it is refused as it is written.
    ['2025-05-10 24:00:01', '2025-05-10 24:00:01'],
    ['2025-05-10 24:01', '2025-05-10 24:01'],
  ])('%s', (cell, read) => expect(instantText(cell, 'Asia/Tokyo')).toBe(read));
});

describe('the text of the notice', () => {
  const isSaid = (until: unknown, text: string) => {
    const deadlines = { it: { until, label: '期限', clause: 'C1' } };
    const claims = claimsOf(ruleSetOf({ deadlines, ...category({ asOf: 'it まで' }) })).filter(
      ({ about }) => about === 'deadlines/it',
    );
    expect(claims.length).toBeGreaterThan(0);
    return claims.every(({ fits }) => readingsIn(text).some((one, _, all) => fits(one, all)));
  };
  it.each<[until: unknown, right: string, wrong: string]>([
    [{ after: started, days: -2 }, '出発日の2日前まで', '出発日の3日前まで'],
    [
      { after: started, months: 13, counting: '当日から' },
      '災害の日から13か月以内',
      '災害の日から37か月以内',
    ],
    [{ after: started, years: 1, counting: '翌日から' }, '1年以内に請求', '2年以内に請求'],
    [{ at: started, hours: -2 }, '出発の2時間前まで', '出発の3時間前まで'],
    ['2025-05-10 24:00', '2025年5月10日の24時まで', '2025年5月11日の24時まで'],
  ])('%j', (until, right, wrong) => {
    expect([isSaid(until, right), isSaid(until, wrong)]).toEqual([true, false]);
  });
});

it('how long a finding holds ends with what is counted in a condition', async () => {
  const written = {
    ...category({ asOf: { まで: { at: started, hours: 2 } } }),
    remedies: [{ id: 'R', clause: 'C1', label: '返金', when: { 'case.flag': true } }],
  };
  const found = await prove(ruleSetOf(written), solver);
  const offered = found.find(({ code }) => code === 'nothing-offered');
  const start = Date.parse(String(offered?.example?.facts.case?.startedAt));
  const minute = 60_000;
  const end = Math.floor(start / minute) * minute + 121 * minute;
  expect(offered?.ja).toContain(`${wordsOfInstant(end, 'Asia/Tokyo')}の前まで`);
});
