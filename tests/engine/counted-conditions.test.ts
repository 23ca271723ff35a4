/** What conditions count by themselves: ages, days before and after, times of day; none of it is a deadline of the notice. */
import { describe, expect, it } from 'vitest';
import { operandText } from '../../src/engine/answer/wording.ts';
import { timelineOf } from '../../src/notice/timeline.ts';
import { decideCase, programOf } from './small.ts';

const covered = (when: unknown, more: Record<string, unknown> = {}) =>
  programOf({ ...more, eligibility: [{ id: 'A', clause: 'C1', label: '対象', when }] });
const startedAt = (instant: string) => ({ case: { startedAt: instant } });

describe('an age', () => {
  const born = (age: string, on?: string) => ({ 'case.startedAt': { 満年齢: age, ...(on && { 時点: on }) } });
  const ages: [age: string, born: string, asOf: string, outcome: string][] = [
    ['65以上', '1960-05-01', '2025-04-30T23:59:59+09:00', 'denied'],
    ['65以上', '1960-05-01', '2025-05-01T00:00:00+09:00', 'granted'],
    ['65歳未満', '1960-05-01', '2025-04-30T23:59:59+09:00', 'granted'],
    ['65歳未満', '1960-05-01', '2025-05-01T00:00:00+09:00', 'denied'],
    ['64以下', '1960-05-01', '2025-04-30T12:00:00+09:00', 'granted'],
    ['64以下', '1960-05-01', '2025-05-01T12:00:00+09:00', 'denied'],
    ['64超', '1960-05-01', '2025-05-01T12:00:00+09:00', 'granted'],
    ['≥ 65', '1960-05-02', '2025-05-01T12:00:00+09:00', 'denied'],
    // Born on 29 February: on 1 March of other years.
    ['18以上', '2004-02-29', '2022-02-28T12:00:00+09:00', 'denied'],
    ['18以上', '2004-02-29', '2022-03-01T00:00:00+09:00', 'granted'],
    ['20以上', '2004-02-29', '2024-02-29T00:00:00+09:00', 'granted'],
    ['0以上', '2025-05-01', '2025-05-01T12:00:00+09:00', 'granted'],
    ['0以上', '2025-05-02', '2025-05-01T12:00:00+09:00', 'denied'],
  ];
  it.each(ages)('%s, born on %s, at %s: %s', async (age, day, asOf, outcome) => {
    const facts = startedAt(`${day}T15:30:00+09:00`);
    expect((await decideCase(covered(born(age)), facts, asOf)).outcome).toBe(outcome);
  });

  it('on the day of a deadline', async () => {
    const deadlines = { base: { until: '2025-04-01', label: '基準日', clause: 'C1' } };
    const program = covered(born('65以上', 'base'), { deadlines });
    const outcomes = ['1960-04-01', '1960-04-02'].map(
      async (day) =>
        (await decideCase(program, startedAt(`${day}T00:00:00+09:00`), '2030-01-01T00:00:00+09:00')).outcome,
    );
    expect(await Promise.all(outcomes)).toEqual(['granted', 'denied']);
  });

  it('of somebody whose birthday is not known is asked for', async () => {
    const { outcome, missingFacts } = await decideCase(covered(born('65以上')), {});
    expect([outcome, missingFacts.map(({ fact }) => fact)]).toEqual(['open', ['case.startedAt']]);
  });

  it('is neither among the deadlines nor in the figure', async () => {
    const program = covered(born('65以上'));
    expect([...program.ruleSet.deadlines.keys()]).toEqual([]);
    expect(timelineOf(program.ruleSet).lanes).toEqual([]);
    const decision = await decideCase(program, startedAt('1950-01-01T00:00:00+09:00'));
    expect(decision.deadlines).toEqual([]);
  });
});

describe('days and times beside a condition', () => {
  const cases: [when: unknown, asOf: string, outcome: string][] = [
    // Until two days before departure.
    [{ まで: { after: { fact: 'case.startedAt' }, days: -2 } }, '2025-05-08T23:59:59+09:00', 'granted'],
    [{ まで: { after: { fact: 'case.startedAt' }, days: -2 } }, '2025-05-09T00:00:00+09:00', 'denied'],
    // Until the minute of departure, that minute included.
    [{ まで: { at: { fact: 'case.startedAt' } } }, '2025-05-10T10:05:59+09:00', 'granted'],
    [{ まで: { at: { fact: 'case.startedAt' } } }, '2025-05-10T10:06:00+09:00', 'denied'],
    [{ より前: { at: { fact: 'case.startedAt' }, hours: -2 } }, '2025-05-10T08:04:59+09:00', 'granted'],
    [{ より前: { at: { fact: 'case.startedAt' }, hours: -2 } }, '2025-05-10T08:05:00+09:00', 'denied'],
    [
      { まで: { after: { fact: 'case.startedAt' }, months: 13, counting: '当日から' } },
      '2026-06-09T23:59:59+09:00',
      'granted',
    ],
    [
      { まで: { after: { fact: 'case.startedAt' }, months: 13, counting: '当日から' } },
      '2026-06-10T00:00:00+09:00',
      'denied',
    ],
  ];
  it.each(cases)('%j at %s: %s', async (when, asOf, outcome) => {
    const facts = startedAt('2025-05-10T10:05:00+09:00');
    expect((await decideCase(covered({ asOf: when }), facts, asOf)).outcome).toBe(outcome);
  });

  it('until 24:00 is until the end of the day', async () => {
    const at = async (until: string, asOf: string) => {
      const deadlines = { end: { until, label: '期限', clause: 'C1' } };
      return (await decideCase(covered({ asOf: 'end まで' }, { deadlines }), {}, asOf)).outcome;
    };
    for (const until of ['2025-05-10', '2025-05-10 24:00', '2025-05-10 23:59']) {
      expect(await at(until, '2025-05-10T23:59:59.999+09:00')).toBe('granted');
      expect(await at(until, '2025-05-11T00:00:00+09:00')).toBe('denied');
    }
  });

  const words: [moment: unknown, words: string][] = [
    [{ after: { fact: 'case.startedAt' }, days: -2 }, '始まりの2日前'],
    [
      { after: { fact: 'case.startedAt' }, days: 30, counting: 'fromSameDay' },
      '始まりから30日目（初日を含みます）',
    ],
    [{ after: { fact: 'asOf' }, years: -65 }, '判定の日の65年前'],
    [{ at: { fact: 'case.startedAt' }, hours: -2, minutes: 30 }, '始まりの1時間30分前'],
    [
      { after: { fact: 'case.startedAt' }, years: 18, counting: 'fromSameDay', endOfFiscalYear: true },
      '始まりから18年の日以後の最初の年度末（初日を含みます）',
    ],
  ];
  it.each(words)('%j reads %s', (moment, text) => {
    const { ruleSet } = covered({ asOf: { まで: moment } });
    const [rule] = ruleSet.rules;
    const operand = rule?.when?.kind === 'leaf' ? rule.when.operand : null;
    expect(operand && operandText(operand, { get: () => undefined }, ruleSet)).toBe(text);
  });
});
