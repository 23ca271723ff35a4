/** Which day is the last of so many, against worked examples and against counting the days one by one. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { localDate, parseMoment } from '../../src/rulebook/calendar.ts';
import { COUNTINGS, type DayCount, dayAfter, minuteAfter } from '../../src/rulebook/count-days.ts';

const JST = 'Asia/Tokyo';
const PARIS = 'Europe/Paris';
const zones = fc.constantFrom(JST, PARIS, 'UTC', 'America/New_York', 'Asia/Kolkata');
const at = (text: string): number => Date.parse(text);
const plain = (months: number, days: number, endOfMonth = false): DayCount => ({ months, days, endOfMonth });

/** Open on Monday to Friday but on holidays. */
const OFFICE = {
  ...{ from: null, until: null, days: [1, 2, 3, 4, 5], holidays: 'closed' as const },
  ...{ open: 600, close: 1080 },
};
const next: DayCount = { ...plain(0, 0), ifClosed: { to: 'nextOpenDay', hours: [OFFICE] } };
const previous: DayCount = { ...plain(0, 0), ifClosed: { to: 'previousOpenDay', hours: [OFFICE] } };

describe('dayAfter', () => {
  const cases: [from: string, count: DayCount, zone: string, day: string][] = [
    ['2023-03-01T00:00:00+09:00', plain(0, 30), JST, '2023-03-31'],
    ['2023-03-01T23:59:59+09:00', plain(0, 30), JST, '2023-03-31'],
    // The day is that of the zone, not that of UTC.
    ['2023-03-01T23:59:59Z', plain(0, 0), JST, '2023-03-02'],
    ['2024-02-29T12:00:00+09:00', plain(12, 0), JST, '2025-02-28'],
    ['2023-01-31T12:00:00+09:00', plain(1, 0), JST, '2023-02-28'],
    ['2024-01-31T12:00:00+09:00', plain(1, 0), JST, '2024-02-29'],
    // Months first: the other way round it would be 28 February.
    ['2023-01-30T12:00:00+09:00', plain(1, 1), JST, '2023-03-01'],
    ['2023-01-15T12:00:00+09:00', plain(1, 0, true), JST, '2023-02-28'],
    ['2023-01-15T12:00:00+09:00', plain(0, 0, true), JST, '2023-01-31'],
    ['2023-01-20T12:00:00+09:00', plain(0, 15, true), JST, '2023-02-28'],
    ['2023-03-05T12:00:00+09:00', plain(0, -5), JST, '2023-02-28'],
    ['2023-03-25T12:00:00+01:00', plain(0, 1), PARIS, '2023-03-26'],
    ['2024-02-29T12:00:00+09:00', { ...plain(1, 0), years: 1 }, JST, '2025-03-29'],
  ];
  it.each(cases)('%s plus %o in %s', (from, counted, zone, day) => {
    expect(dayAfter(at(from), counted, zone)).toEqual(parseMoment(day, zone));
  });

  const said: [day: string, count: Partial<DayCount>, fromNextDay: string, fromSameDay: string][] = [
    ['2024-04-01', { days: 60 }, '2024-05-31', '2024-05-30'],
    ['2024-04-01', { days: 1 }, '2024-04-02', '2024-04-01'],
    ['2024-04-10', { days: -2 }, '2024-04-08', '2024-04-09'],
    // 民法143条: until the day before the corresponding one.
    ['2024-01-15', { months: 1 }, '2024-02-15', '2024-02-14'],
    // The 13 months of 被災者生活再建支援金 with the first day counted.
    ['2024-01-01', { months: 13 }, '2025-02-01', '2025-01-31'],
    // The end of a month: the first day is 1 February, and the period ends with that month.
    ['2023-01-31', { months: 1 }, '2023-02-28', '2023-02-28'],
    ['2023-01-30', { months: 1 }, '2023-02-28', '2023-02-28'],
    ['2023-01-29', { months: 1 }, '2023-02-28', '2023-02-28'],
    ['2023-02-28', { months: 1 }, '2023-03-31', '2023-03-27'],
    ['2023-04-30', { months: 1 }, '2023-05-31', '2023-05-29'],
    ['2023-02-01', { months: 1 }, '2023-03-01', '2023-02-28'],
    ['2024-02-29', { years: 1 }, '2025-02-28', '2025-02-28'],
    ['2024-02-28', { years: 1 }, '2025-02-28', '2025-02-27'],
    ['2023-02-28', { years: 1 }, '2024-02-29', '2024-02-27'],
    ['2024-01-15', { months: 1, days: 3 }, '2024-02-18', '2024-02-17'],
    ['2024-03-31', { months: -1 }, '2024-02-29', '2024-03-01'],
    ['2024-03-15', { months: -1 }, '2024-02-15', '2024-02-16'],
    // Who is born on 1 April reaches an age on 31 March.
    ['2006-04-01', { years: 18, endOfFiscalYear: true }, '2025-03-31', '2024-03-31'],
    ['2006-04-02', { years: 18, endOfFiscalYear: true }, '2025-03-31', '2025-03-31'],
  ];
  it.each(said)('%s, %j: %s from the next day, %s from the same', (day, count, ...wanted) => {
    const days = COUNTINGS.map((counting) => {
      const { start } = dayAfter(at(`${day}T15:00:00+09:00`), { ...plain(0, 0), ...count, counting }, JST);
      return localDate(start, JST).toString();
    });
    expect(days).toEqual(wanted);
  });

  const moved: [day: string, next: string, previous: string][] = [
    ['2024-04-26', '2024-04-26', '2024-04-26'],
    ['2024-04-27', '2024-04-30', '2024-04-26'],
    // 3 to 6 May: holidays and a weekend.
    ['2024-05-03', '2024-05-07', '2024-05-02'],
    ['2024-05-06', '2024-05-07', '2024-05-02'],
  ];
  it.each(moved)('%s becomes %s or %s where the contact is closed', (day, ...wanted) => {
    const days = [next, previous].map((count) => dayAfter(at(`${day}T15:00:00+09:00`), count, JST).start);
    expect(days.map((start) => localDate(start, JST).toString())).toEqual(wanted);
  });

  it('moves no day for a contact that is closed for good, or whose hours are not known', () => {
    const until = parseMoment('2024-05-02', JST);
    const day = at('2024-05-05T12:00:00+09:00');
    for (const hours of [
      { ...OFFICE, days: [] },
      { ...OFFICE, until },
    ]) {
      const count: DayCount = { ...plain(0, 0), ifClosed: { to: 'nextOpenDay', hours: [hours] } };
      expect(dayAfter(day, count, JST)).toEqual(parseMoment('2024-05-05', JST));
    }
  });

  const parts = {
    years: fc.nat(70),
    months: fc.nat(24),
    days: fc.nat(60),
    endOfMonth: fc.boolean(),
    back: fc.boolean(),
    counting: fc.constantFrom(undefined, ...COUNTINGS),
    fiscal: fc.boolean(),
    moved: fc.constantFrom(undefined, next.ifClosed, previous.ifClosed),
  };
  const counts = fc.record(parts).map(({ years, months, days, back, endOfMonth, ...more }): DayCount => {
    const sign = back ? -1 : 1;
    return {
      ...{ years: years * sign, months: months * sign, days: days * sign, endOfMonth },
      ...(more.counting && { counting: more.counting }),
      ...(more.fiscal && { endOfFiscalYear: true }),
      ...(more.moved && { ifClosed: more.moved }),
    };
  });

  it('never falls as the instant grows', () => {
    const instants = fc.tuple(fc.nat(4_000_000_000), fc.nat(40 * 86_400));
    fc.assert(
      fc.property(instants, counts, zones, ([early, more], counted, zone) => {
        const late = (early + more) * 1000;
        const [a, b] = [dayAfter(early * 1000, counted, zone), dayAfter(late, counted, zone)];
        expect(a.start).toBeLessThanOrEqual(b.start);
      }),
      { numRuns: 1000 },
    );
  });

  it('so many days, the first one counted, are so many days', () => {
    fc.assert(
      fc.property(fc.nat(20_000), fc.integer({ min: 1, max: 400 }), (day, days) => {
        const first = Temporal.PlainDate.from('1990-01-01').add({ days: day });
        const last = (counting: DayCount['counting']): Temporal.PlainDate => {
          const count = { ...plain(0, days), ...(counting && { counting }) };
          return localDate(dayAfter(at(`${first}T12:00:00+09:00`), count, JST).start, JST);
        };
        expect(first.until(last('fromSameDay')).days + 1).toBe(days);
        expect(first.add({ days: 1 }).until(last('fromNextDay')).days + 1).toBe(days);
        expect(last(undefined)).toEqual(last('fromNextDay'));
      }),
    );
  });

  it('from the next day is from the same day, begun a day later', () => {
    const count = fc.record({ years: fc.nat(3), months: fc.nat(14), days: fc.nat(3) });
    fc.assert(
      fc.property(fc.nat(20_000), count, (day, { years, months, days }) => {
        fc.pre(years + months > 0);
        const noon = at('1990-01-01T12:00:00+09:00') + day * 86_400_000;
        const of = { years, months, days, endOfMonth: false };
        expect(dayAfter(noon, { ...of, counting: 'fromNextDay' }, JST)).toEqual(
          dayAfter(noon + 86_400_000, { ...of, counting: 'fromSameDay' }, JST),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe('minuteAfter', () => {
  it.each([
    ['2024-04-01T10:05:59.999+09:00', 0, '2024-04-01T10:05:00+09:00'],
    ['2024-04-01T10:05:00+09:00', -120, '2024-04-01T08:05:00+09:00'],
    ['1969-12-31T23:59:59Z', 0, '1969-12-31T23:59:00Z'],
  ])('%s plus %i minutes begins at %s', (instant, minutes, start) => {
    expect(minuteAfter(at(instant), minutes)).toEqual({ start: at(start), end: at(start) + 60_000 });
  });
});
