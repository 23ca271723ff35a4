import { describe, expect, it } from 'vitest';
import type { DeadlineAnswer } from '../../src/engine/answer/decision.ts';
import { decideCase, programOf } from './small.ts';

const CONTACT = {
  id: 'centre',
  name: '窓口',
  tel: '0',
  clause: 'C1',
  hoursText: '平日',
  hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: 'closed', open: '10:00', close: '18:00' }],
};
const countedFrom = (base: unknown, rest: Record<string, unknown> = {}) => ({ after: base, ...rest });
const started = { fact: 'case.startedAt' };
const ended = { fact: 'case.endedAt' };

/** The deadlines of a case whose only state carries them. */
async function answered(deadlines: Record<string, Record<string, unknown>>, facts: unknown) {
  const ids = Object.keys(deadlines);
  const program = programOf({
    deadlines: Object.fromEntries(ids.map((id) => [id, { label: id, clause: 'C1', ...deadlines[id] }])),
    contact: CONTACT,
    claimState: [{ id: 'waiting', deadlines: ids }],
  });
  return (await decideCase(program, { case: facts })).deadlines;
}

describe('as they are answered: ends are exclusive', () => {
  const given = { startedAt: '2023-01-31T22:00:00+09:00' };
  const cases: [name: string, written: Record<string, unknown>, answer: Partial<DeadlineAnswer>][] = [
    [
      'until a day',
      { until: '2023-04-30' },
      { text: '2023年4月30日(日)まで', endsAt: '2023-05-01T00:00:00+09:00' },
    ],
    [
      'until a minute',
      { until: '2023-03-31 23:59' },
      { text: '2023年3月31日(金) 23:59まで', endsAt: '2023-04-01T00:00:00+09:00' },
    ],
    [
      'until midnight',
      { until: '2023-03-31 24:00' },
      { text: '2023年3月31日(金) 24:00まで', endsAt: '2023-04-01T00:00:00+09:00' },
    ],
    [
      'from midnight',
      { from: '2023-03-31 24:00' },
      { text: '2023年4月1日(土) 00:00から', startsAt: '2023-04-01T00:00:00+09:00' },
    ],
    [
      'the next open day of a day that is written',
      { until: '2023-04-29 17:00', ifClosed: 'nextOpenDay' },
      { text: '2023年5月1日(月) 17:00まで', endsAt: '2023-05-01T17:01:00+09:00' },
    ],
    [
      'the open day before one that is counted',
      { until: countedFrom(started, { days: 4, counting: 'fromSameDay' }), ifClosed: '前営業日' },
      { text: '2023年2月3日(金)まで', endsAt: '2023-02-04T00:00:00+09:00' },
    ],
    [
      'the open day after one that is counted with the first day',
      { until: countedFrom(started, { days: 5, counting: '当日から' }), ifClosed: '翌営業日' },
      { text: '2023年2月6日(月)まで', endsAt: '2023-02-07T00:00:00+09:00' },
    ],
    [
      'the minute of a fact',
      { until: { at: started } },
      { text: '2023年1月31日(火) 22:00まで', endsAt: '2023-01-31T22:01:00+09:00' },
    ],
    [
      'hours before a fact',
      { until: { at: started, hours: -23 } },
      { text: '2023年1月30日(月) 23:00まで', endsAt: '2023-01-30T23:01:00+09:00' },
    ],
    [
      'from a minute',
      { from: '2023-03-24 14:00' },
      { text: '2023年3月24日(金) 14:00から', startsAt: '2023-03-24T14:00:00+09:00' },
    ],
    [
      'from and until',
      { from: '2023-04-01', until: '2023-04-10' },
      {
        text: '2023年4月1日(土)から2023年4月10日(月)まで',
        startsAt: '2023-04-01T00:00:00+09:00',
        endsAt: '2023-04-11T00:00:00+09:00',
      },
    ],
    [
      'approximate',
      { until: '2023-04-10', text: '4月上旬', approximate: true },
      { text: '4月上旬', approximate: true },
    ],
    [
      'by its postmark',
      { until: '2023-04-30', postmark: true },
      { text: '2023年4月30日(日)まで（当日消印有効）', endsAt: '2023-05-01T00:00:00+09:00' },
    ],
    [
      'with the last moment to ask',
      { until: '2023-04-30', enquiries: true },
      {
        text: '2023年4月30日(日)まで（窓口へのお問い合わせは2023年4月28日(金) 18:00まで）',
        endsAt: '2023-05-01T00:00:00+09:00',
      },
    ],
    [
      'days after a fact',
      { until: countedFrom(started, { days: 30 }) },
      { text: '2023年3月2日(木)まで', endsAt: '2023-03-03T00:00:00+09:00' },
    ],
    [
      'a month after the last of a month',
      { until: countedFrom(started, { months: 1 }) },
      { text: '2023年2月28日(火)まで', endsAt: '2023-03-01T00:00:00+09:00' },
    ],
    [
      'the end of the month of a fact',
      { until: countedFrom(started, { endOfMonth: true }) },
      { text: '2023年1月31日(火)まで', endsAt: '2023-02-01T00:00:00+09:00' },
    ],
  ];
  it.each(cases)('%s', async (_, written, answer) => {
    expect(await answered({ it: written }, given)).toEqual([{ id: 'it', label: 'it', ...answer }]);
  });

  it('counted from what is not known or is not: in words, without an instant', async () => {
    const deadlines = {
      unknown: { until: countedFrom(started, { days: 3 }) },
      said: { until: countedFrom(started, { days: 60, counting: 'fromNextDay' }) },
      back: { until: countedFrom(started, { days: -2 }) },
      none: { until: countedFrom(ended, { months: 1, endOfMonth: true }) },
    };
    expect(await answered(deadlines, {})).toEqual([
      { id: 'unknown', label: 'unknown', text: '始まりの3日後まで' },
      { id: 'said', label: 'said', text: '始まりから60日以内（翌日から数えます）' },
      { id: 'back', label: 'back', text: '始まりの2日前まで' },
      { id: 'none', label: 'none', text: '終わりの1か月後の月末まで' },
    ]);
  });

  it('counted from another deadline: from its last day', async () => {
    const deadlines = {
      first: { until: countedFrom(started, { days: 1 }) },
      second: { until: countedFrom({ deadline: 'first' }, { days: 1 }) },
      third: { until: countedFrom({ deadline: 'second' }, { endOfMonth: true }) },
    };
    const ends = (await answered(deadlines, given)).map(({ endsAt }) => endsAt);
    expect(ends).toEqual([
      '2023-02-02T00:00:00+09:00',
      '2023-02-03T00:00:00+09:00',
      '2023-03-01T00:00:00+09:00',
    ]);
  });
});

describe('as they are compared', () => {
  const program = programOf({
    deadlines: { own: { until: countedFrom(started, { days: 30 }), label: '期限', clause: 'C1' } },
    eligibility: [
      {
        id: 'A',
        clause: 'C1',
        label: '期限内',
        when: { fact: 'asOf', operator: 'onOrBefore', value: { deadline: 'own' } },
      },
    ],
  });
  const at: [asOf: string, startedAt: string | undefined, outcome: string][] = [
    ['2023-03-31T23:59:59+09:00', '2023-03-01T00:00:00+09:00', 'granted'],
    ['2023-03-31T23:59:59+09:00', '2023-03-01T23:59:59+09:00', 'granted'],
    ['2023-04-01T00:00:00+09:00', '2023-03-01T23:59:59+09:00', 'denied'],
    ['2023-04-01T00:00:00+09:00', '2023-03-02T00:00:00+09:00', 'granted'],
    // The same instant, said elsewhere.
    ['2023-03-31T15:00:00Z', '2023-03-01T14:59:59Z', 'denied'],
    ['2023-04-01T00:00:00+09:00', undefined, 'open'],
  ];
  it.each(at)('at %s, begun %s: %s', async (asOf, startedAt, outcome) => {
    const facts = startedAt === undefined ? {} : { case: { startedAt } };
    expect((await decideCase(program, facts, asOf)).outcome).toBe(outcome);
  });

  it('a deadline counted from what does not exist is neither before nor after', async () => {
    for (const operator of ['before', 'onOrBefore', 'after', 'onOrAfter', 'sameInstant']) {
      const never = programOf({
        deadlines: { own: { until: countedFrom(ended, { days: 30 }), label: '期限', clause: 'C1' } },
        eligibility: [
          {
            id: 'A',
            clause: 'C1',
            label: '一',
            when: { fact: 'asOf', operator, value: { deadline: 'own' } },
          },
        ],
      });
      expect((await decideCase(never, {})).outcome, operator).toBe('denied');
    }
  });
});
