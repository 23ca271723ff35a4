import { describe, expect, it } from 'vitest';
import { compileContact, lastStaffedBefore } from '../../src/engine/answer/opening-hours.ts';
import type { Contact } from '../../src/rulebook/rule-set.ts';
import { ruleSetOf } from './small.ts';
import { yamaguchi } from './yamaguchi.ts';

const JST = 'Asia/Tokyo';
const jst = (text: string): number => Date.parse(`${text}+09:00`);
const contactOf = ({ contact }: { contact: Contact | null }): Contact => {
  if (contact === null) throw new Error('no contact');
  return contact;
};

/** As at an instant: is it open, and from when again, in epoch milliseconds? */
function openingAt(contact: Contact, timeZone: string, instant: number) {
  const answer = compileContact({ contact, timeZone })(instant);
  if (answer === null) throw new Error('no contact');
  const { openNow, nextOpenAt } = answer;
  return { openNow, nextOpenAt: nextOpenAt === null ? null : Date.parse(nextOpenAt) };
}

describe('the call centre of Yamaguchi', () => {
  const contact = contactOf(yamaguchi());
  const opening: [at: string, openNow: boolean | null, nextOpenAt: string | null, why: string][] = [
    ['2023-03-01T12:00:00', null, null, 'before the notice'],
    ['2023-03-01T23:59:59', null, null, 'before the notice'],
    ['2023-03-02T00:00:00', false, '2023-03-02T10:00:00', 'the day of the notice'],
    ['2023-03-02T09:59:59', false, '2023-03-02T10:00:00', 'not yet'],
    ['2023-03-02T10:00:00', true, null, '10:00 sharp'],
    ['2023-03-02T17:59:59', true, null, 'the last second'],
    ['2023-03-02T18:00:00', false, '2023-03-03T10:00:00', '18:00 sharp'],
    ['2023-03-04T12:00:00', true, null, 'a Saturday in March'],
    ['2023-03-05T12:00:00', true, null, 'a Sunday in March'],
    ['2023-03-21T12:00:00', true, null, 'a holiday in March'],
    ['2023-03-31T17:59:00', true, null, 'the last day of March'],
    ['2023-03-31T18:00:00', false, '2023-04-03T10:00:00', 'a Friday; April begins at a weekend'],
    ['2023-04-01T12:00:00', false, '2023-04-03T10:00:00', 'a Saturday in April'],
    ['2023-04-02T12:00:00', false, '2023-04-03T10:00:00', 'a Sunday in April'],
    ['2023-04-03T10:00:00', true, null, 'a Monday in April'],
    ['2023-04-28T18:00:00', false, '2023-05-01T10:00:00', 'before a weekend with a holiday'],
    ['2023-04-29T12:00:00', false, '2023-05-01T10:00:00', '昭和の日'],
    ['2023-04-30T12:00:00', false, '2023-05-01T10:00:00', 'a Sunday'],
    ['2023-05-02T18:00:00', false, '2023-05-08T10:00:00', 'before five days closed'],
    ['2023-05-03T12:00:00', false, '2023-05-08T10:00:00', '憲法記念日'],
    ['2023-05-04T12:00:00', false, '2023-05-08T10:00:00', 'みどりの日'],
    ['2023-05-05T12:00:00', false, '2023-05-08T10:00:00', 'こどもの日'],
    ['2023-05-06T12:00:00', false, '2023-05-08T10:00:00', 'a Saturday'],
    ['2023-05-07T12:00:00', false, '2023-05-08T10:00:00', 'a Sunday'],
    ['2024-01-01T12:00:00', false, '2024-01-02T10:00:00', '元日'],
  ];
  it.each(opening)('at %s: open %s, next %s (%s)', (at, openNow, nextOpenAt) => {
    const next = nextOpenAt === null ? null : jst(nextOpenAt);
    expect(openingAt(contact, JST, jst(at))).toEqual({ openNow, nextOpenAt: next });
  });

  const staffed: [before: string, last: string | null][] = [
    ['2023-05-01T00:00:00', '2023-04-28T18:00:00'],
    ['2023-04-28T18:00:00', '2023-04-28T18:00:00'],
    ['2023-04-28T17:59:59', '2023-04-27T18:00:00'],
    ['2023-04-01T00:00:00', '2023-03-31T18:00:00'],
    ['2023-03-22T00:00:00', '2023-03-21T18:00:00'],
    ['2023-05-08T00:00:00', '2023-05-02T18:00:00'],
    ['2023-03-02T17:59:59', null],
  ];
  it.each(staffed)('the last staffed moment before %s is %s', (before, last) => {
    expect(lastStaffedBefore(contact, jst(before), JST)).toBe(last === null ? null : jst(last));
  });
});

describe('other hours', () => {
  const contact = (hours: unknown[], timeZone = JST): Contact =>
    contactOf(
      ruleSetOf({
        timeZone,
        contact: { id: 'centre', name: '窓口', tel: '0', clause: 'C1', hoursText: '平日', hours },
      }),
    );
  const everyDay = { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], holidays: 'open' };

  it('until midnight: the next day is closed at once', () => {
    const late = contact([{ ...everyDay, open: '20:00', close: '24:00' }]);
    expect(openingAt(late, JST, jst('2023-04-10T23:59:59')).openNow).toBe(true);
    expect(openingAt(late, JST, jst('2023-04-11T00:00:00'))).toEqual({
      openNow: false,
      nextOpenAt: jst('2023-04-11T20:00:00'),
    });
    expect(lastStaffedBefore(late, jst('2023-04-11T00:00:00'), JST)).toBe(jst('2023-04-11T00:00:00'));
  });

  it('that have ended: unknown, and before the end never again', () => {
    const ended = contact([{ ...everyDay, until: '2023-04-10', open: '10:00', close: '18:00' }]);
    expect(openingAt(ended, JST, jst('2023-04-10T18:00:00'))).toEqual({
      openNow: false,
      nextOpenAt: null,
    });
    expect(openingAt(ended, JST, jst('2023-04-11T12:00:00'))).toEqual({
      openNow: null,
      nextOpenAt: null,
    });
  });

  // DAYS_AHEAD 366 → 30, or 365: 10 April is 366 days after 10 April where a 29 February lies between.
  it('that begin again a year later: the next opening is the first of them', () => {
    const [until, from] = ['2023-04-10', '2024-04-10'];
    const yearly = contact([
      { ...everyDay, until, open: '10:00', close: '18:00' },
      { ...everyDay, from, open: '09:00', close: '18:00' },
    ]);
    expect(openingAt(yearly, JST, jst('2023-04-10T18:00:00'))).toEqual({
      openNow: false,
      nextOpenAt: jst('2024-04-10T09:00:00'),
    });
  });

  it('are by the clock on the wall where summer time begins and ends', () => {
    const paris = contact([{ ...everyDay, open: '10:00', close: '18:00' }], 'Europe/Paris');
    const days: [day: string, open: string, close: string][] = [
      ['2023-03-25', '2023-03-25T10:00:00+01:00', '2023-03-25T18:00:00+01:00'],
      ['2023-03-26', '2023-03-26T10:00:00+02:00', '2023-03-26T18:00:00+02:00'],
      ['2023-10-29', '2023-10-29T10:00:00+01:00', '2023-10-29T18:00:00+01:00'],
    ];
    for (const [day, open, close] of days) {
      const at = (instant: number) => openingAt(paris, 'Europe/Paris', instant).openNow;
      const hours = [
        at(Date.parse(open) - 1),
        at(Date.parse(open)),
        at(Date.parse(close) - 1),
        at(Date.parse(close)),
      ];
      expect(hours, day).toEqual([false, true, true, false]);
    }
  });
});
