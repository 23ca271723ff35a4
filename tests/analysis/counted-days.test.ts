/** What the solver is told of the calendar is true of every instant, and exact where it was taught. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Counted,
  type CountedDay,
  calendarBounds,
  exactly,
  isCorrect,
  lemmaAt,
  orderOf,
  SAME_DAY,
} from '../../src/analysis/solver/counted-days.ts';
import { integerVariable, TRUE } from '../../src/analysis/solver/terms.ts';
import { COUNTINGS, dayAfter } from '../../src/rulebook/count-days.ts';
import { runs } from '../fixtures/runs.ts';
import { evaluate } from './evaluate-term.ts';

/** With a fixed offset today, with summer time, and one that skipped a whole day (2011-12-30). */
const ZONES = ['Asia/Tokyo', 'America/New_York', 'Pacific/Apia', 'UTC'];
const DAY = 86_400_000;

const zone = fc.constantFrom(...ZONES);
const OFFICE = { from: null, until: null, days: [1, 2, 3, 4, 5], holidays: 'closed' as const };
const hours = [{ ...OFFICE, open: 600, close: 1080 }];
const moved = fc.constantFrom('nextOpenDay' as const, 'previousOpenDay' as const);
const length = fc.record({
  months: fc.oneof(fc.integer({ min: -3, max: 14 }), fc.integer({ min: -1300, max: 1300 })),
  days: fc.integer({ min: -40, max: 400 }),
  endOfMonth: fc.boolean(),
});
const count: fc.Arbitrary<CountedDay['count']> = fc.oneof(
  length,
  fc.tuple(length, fc.constantFrom(...COUNTINGS)).map(([of, counting]) => ({ ...of, counting })),
  length.map((of) => ({ ...of, years: 1, endOfFiscalYear: true as const })),
  fc.tuple(length, moved).map(([of, to]) => ({ ...of, ifClosed: { to, hours } })),
  moved.map((to) => ({ months: 0, days: 0, endOfMonth: false, ifClosed: { to, hours } })),
);
const plainDays = fc.record({
  months: fc.constant(0),
  days: fc.integer({ min: -40, max: 400 }),
  endOfMonth: fc.constant(false),
});
/** 1940 to 2040: Japan had summer time from 1948 to 1951. */
const instant = fc.integer({ min: Date.UTC(1940, 0, 1), max: Date.UTC(2040, 0, 1) });

/** The day counted from is its own where `of` counts nothing. */
const countedDay = (of: CountedDay['count'], timeZone: string, name = ''): CountedDay => ({
  ...{ kind: 'day', count: of, timeZone, base: integerVariable(`${name}base`), applies: TRUE },
  ...{ start: integerVariable(`${name}start`), end: integerVariable(`${name}end`) },
  own:
    of === SAME_DAY
      ? null
      : { ...countedDay(SAME_DAY, timeZone, `${name}own `), base: integerVariable(`${name}base`) },
});

const world = (of: CountedDay['count'], timeZone: string, base: number, late = 0, name = '') => {
  const { start, end } = dayAfter(base, of, timeZone);
  const own = dayAfter(base, SAME_DAY, timeZone);
  return new Map([
    [`${name}base`, base],
    [`${name}start`, start + late],
    [`${name}end`, end + late],
    [`${name}own start`, own.start],
    [`${name}own end`, own.end],
  ]);
};

describe('days counted from an instant', () => {
  it('what is known from the start holds of every instant', () => {
    fc.assert(
      fc.property(count, zone, instant, (of, timeZone, base) => {
        expect(evaluate(calendarBounds(countedDay(of, timeZone)), world(of, timeZone, base))).toBe(true);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('a lemma holds of every instant, and leaves no choice around the one it is about', () => {
    const near = fc.integer({ min: -400 * DAY, max: 400 * DAY });
    fc.assert(
      fc.property(fc.oneof(count, plainDays), zone, instant, near, (of, timeZone, base, distance) => {
        const { term, around } = lemmaAt(countedDay(of, timeZone), base);
        expect(evaluate(term, world(of, timeZone, base))).toBe(true);
        expect(evaluate(around, world(of, timeZone, base))).toBe(true);
        expect(evaluate(term, world(of, timeZone, base, 1))).toBe(false);
        const other = base + distance;
        expect(evaluate(term, world(of, timeZone, other))).toBe(true);
        if (evaluate(around, world(of, timeZone, other)) === true)
          expect(evaluate(term, world(of, timeZone, other, -1))).toBe(false);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('teaches a whole month, or all days since the clocks last changed, at once', () => {
    const base = Date.parse('2024-05-10T12:00:00+09:00');
    const far = Date.parse('2090-01-01T12:00:00+09:00');
    const plain = { months: 0, days: 30, endOfMonth: false };
    expect(
      evaluate(lemmaAt(countedDay(plain, 'Asia/Tokyo'), base).around, world(plain, 'Asia/Tokyo', far)),
    ).toBe(true);
    const monthEnd = { months: 1, days: 0, endOfMonth: true };
    const { around } = lemmaAt(countedDay(monthEnd, 'Asia/Tokyo'), base);
    const isTaught = (text: string) => evaluate(around, world(monthEnd, 'Asia/Tokyo', Date.parse(text)));
    expect(['2024-05-01T00:00:00+09:00', '2024-05-31T23:59:59.999+09:00'].map(isTaught)).toEqual([
      true,
      true,
    ]);
    expect(['2024-04-30T23:59:59.999+09:00', '2024-06-01T00:00:00+09:00'].map(isTaught)).toEqual([
      false,
      false,
    ]);
  });

  it('tells a right day from a wrong one', () => {
    const of = { months: 0, days: 1, endOfMonth: false };
    const base = Date.parse('2024-05-10T12:00:00+09:00');
    const right = dayAfter(base, of, 'Asia/Tokyo');
    const counted = countedDay(of, 'Asia/Tokyo');
    expect(isCorrect({ counted, base, ...right })).toBe(true);
    expect(isCorrect({ counted, base, ...right, end: right.end - 1 })).toBe(false);
  });

  it('the day itself and a minute are taught one at a time, and hold of every instant', () => {
    const minute: Counted = { ...countedDay(SAME_DAY, 'UTC'), kind: 'minute' };
    fc.assert(
      fc.property(zone, instant, instant, fc.boolean(), (timeZone, base, other, isDay) => {
        const counted = isDay ? countedDay(SAME_DAY, timeZone) : minute;
        const where = (at: number, late = 0) => {
          const { start, end } = exactly(counted, at);
          return new Map([
            ['base', at],
            ['start', start + late],
            ['end', end + late],
          ]);
        };
        const { term } = lemmaAt(counted, base);
        expect([base, other].map((at) => evaluate(term, where(at)))).toEqual([true, true]);
        expect(evaluate(term, where(base, 1))).toBe(false);
      }),
      { numRuns: runs(300) },
    );
  });

  it('what two of them show of each other holds of every two', () => {
    const near = fc.integer({ min: -3 * DAY, max: 3 * DAY });
    const wrong = fc.integer({ min: -2 * DAY, max: 2 * DAY });
    const two = fc.oneof(
      fc.tuple(count, count),
      count.map((of) => [of, of] as const),
    );
    let shown = 0;
    fc.assert(
      fc.property(two, zone, instant, near, instant, near, wrong, (of, timeZone, at, by, seen, off, late) => {
        const [a, b] = [countedDay(of[0], timeZone, 'a '), countedDay(of[1], timeZone, 'b ')];
        const foundAs = (counted: CountedDay, base: number, more: number) => {
          const { start, end } = exactly(counted, base);
          return { counted, base, start: start + more, end: end + more };
        };
        const term = orderOf(foundAs(a, seen, 0), foundAs(b, seen + off, late));
        if (term === null) return;
        shown += 1;
        const both = new Map([
          ...world(of[0], timeZone, at, 0, 'a '),
          ...world(of[1], timeZone, at + by, 0, 'b '),
        ]);
        expect(evaluate(term, both)).toBe(true);
      }),
      { numRuns: runs(3000) },
    );
    expect(shown).toBeGreaterThan(100);
  });
});
