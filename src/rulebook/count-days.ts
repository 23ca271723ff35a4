/** Days counted from a day: by 民法 140 to 143 where the rule file says which day is the first. */
import type { Temporal } from 'temporal-polyfill';
import type { Interval } from './basics.ts';
import { dayInterval, localDate, localDay } from './calendar.ts';
import { type IfClosed, openDay } from './open-days.ts';

/**
 * Which day is the first: the next one (初日不算入, 140条) or the same (初日算入). Counted back, the day before or the same.
 */
export const COUNTINGS = ['fromNextDay', 'fromSameDay'] as const;
export type Counting = (typeof COUNTINGS)[number];

/** Years and months are counted first, then days. A part that is not written is left out. */
export interface DayCount {
  years?: number;
  months: number;
  days: number;
  /** Runs to the last day of the month reached. */
  endOfMonth: boolean;
  /** Runs to the first 31 March from the day reached. */
  endOfFiscalYear?: true;
  /** Not written: days from the next one, and months to the day of the same number, or the last of its month. */
  counting?: Counting;
  /** Where the day reached is one on which the contact is closed. */
  ifClosed?: IfClosed;
}

export const monthsOf = ({ years = 0, months }: Pick<DayCount, 'years' | 'months'>): number =>
  years * 12 + months;

/** Days that were counted already, by the first instant of the day counted from: the calendar is slow, and few occur. */
const counted = new WeakMap<DayCount, { timeZone: string; days: Map<number, Interval> }>();
const COUNTED_KEPT = 10_000;

/** The whole local day that is counted from the day on which `instant` falls. A later instant never gives an earlier day. */
export function dayAfter(instant: number, count: DayCount, timeZone: string): Interval {
  const known = counted.get(count);
  const days = known?.timeZone === timeZone ? known.days : new Map<number, Interval>();
  const from = localDay(instant, timeZone);
  const before = days.get(from);
  if (before !== undefined) return before;
  if (days.size >= COUNTED_KEPT) days.clear();
  const after = dayInterval(dateAfter(localDate(instant, timeZone), count, timeZone), timeZone);
  counted.set(count, { timeZone, days: days.set(from, after) });
  return after;
}

function dateAfter(from: Temporal.PlainDate, count: DayCount, timeZone: string): Temporal.PlainDate {
  let day = monthsOf(count) === 0 ? daysFrom(from, count) : monthsFrom(from, count).add({ days: count.days });
  if (count.endOfMonth) day = day.with({ day: day.daysInMonth });
  if (count.endOfFiscalYear) day = fiscalYearEnd(day);
  return count.ifClosed ? openDay(day, count.ifClosed, timeZone) : day;
}

/** The last of so many days, or the first of them where they are counted back. */
const daysFrom = (from: Temporal.PlainDate, { days, counting }: DayCount): Temporal.PlainDate =>
  from.add({ days: counting === 'fromSameDay' ? days - Math.sign(days) : days });

/**
 * A period of months ends on the day before the one with the number of its first day; on the last day of the month where that
 * has no such number (民法143条2項). Counted back, the day with the same number, or the one after it where the same day is the first.
 */
function monthsFrom(from: Temporal.PlainDate, count: DayCount): Temporal.PlainDate {
  const months = monthsOf(count);
  const same = from.add({ months });
  if (count.counting === undefined) return same;
  if (months < 0) return count.counting === 'fromSameDay' ? same.add({ days: 1 }) : same;
  const first = count.counting === 'fromSameDay' ? from : from.add({ days: 1 });
  const corresponding = first.add({ months });
  return corresponding.day === first.day ? corresponding.subtract({ days: 1 }) : corresponding;
}

/** The fiscal year of Japanese offices ends on 31 March. */
function fiscalYearEnd(day: Temporal.PlainDate): Temporal.PlainDate {
  const year = day.month > 3 ? day.year + 1 : day.year;
  return day.with({ year, month: 3, day: 31 });
}

export const MINUTE = 60_000;

/** The whole minute in which an instant lies, `minutes` later. */
export function minuteAfter(instant: number, minutes: number): Interval {
  const start = (Math.floor(instant / MINUTE) + minutes) * MINUTE;
  return { start, end: start + MINUTE };
}
