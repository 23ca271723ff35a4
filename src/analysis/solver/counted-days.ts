/**
 * Days counted from an instant ("30 days after …", "the end of the next month"), for the solver. A calendar is no arithmetic,
 * so the solver first knows only about where such a day lies; whenever an answer of it has a day wrong, it is given a
 * `Lemma`, exact for all instants around. What it proves before holds for any calendar, so also for ours.
 */
import type { Interval } from '../../rulebook/basics.ts';
import { dayInterval, localDate, stretchAt } from '../../rulebook/calendar.ts';
import { type DayCount, dayAfter, monthsOf } from '../../rulebook/count-days.ts';
import { LONGEST_REST } from '../../rulebook/open-days.ts';
import { and, atMost, equal, implies, less, number, plus, type Term, times, within } from './terms.ts';

export interface CountedDay {
  count: DayCount;
  timeZone: string;
  /** The instant counted from; without meaning unless `applies`. */
  base: Term;
  applies: Term;
  start: Term;
  /** Exclusive. */
  end: Term;
  /** Number of the local day counted from, where it is needed. */
  day: Term;
}

const DAY = 86_400_000;

/** The days of a month on average: 400 years have 146,097 days. So many months differ from it by few days. */
const MONTH = 146_097 / 4800;
const ABOUT = 8;

/** What holds of every calendar. */
export function calendarBounds({ count, base, start, end }: CountedDay): Term {
  const { days, endOfMonth, endOfFiscalYear, ifClosed } = count;
  const months = monthsOf(count);
  const [least, most] = [Math.floor(months * MONTH) + days, Math.ceil(months * MONTH) + days];
  const room = months === 0 ? 3 : ABOUT;
  const further = (endOfMonth ? 31 : 0) + (endOfFiscalYear ? 366 : 0);
  const [back, on] = [ifClosed?.to === 'previousOpenDay', ifClosed?.to === 'nextOpenDay'];
  return and([
    atMost(plus(base, (least - room - (back ? LONGEST_REST : 0)) * DAY), start),
    atMost(start, plus(base, (most + room + further + (on ? LONGEST_REST : 0)) * DAY)),
    atMost(start, end),
    atMost(end, plus(start, 2 * DAY)),
    // A day that is only moved is not moved the other way.
    ...(isOnlyMoved(count) ? [on ? less(base, end) : atMost(start, base)] : []),
  ]);
}

/** No days are counted, and the day may be moved to one on which the contact is open. */
export const isOnlyMoved = ({ ifClosed, ...count }: DayCount): boolean =>
  ifClosed !== undefined && isPlain(count) && count.days === 0;

const isPlain = (count: DayCount): boolean =>
  monthsOf(count) === 0 && !count.endOfMonth && !count.endOfFiscalYear && !count.ifClosed;

/** What is true of every instant, and exact for those `around`. */
export type Lemma = ReturnType<typeof lemmaFrom>;

/** Of so many days on each side no more is taught at once. */
const MOST_TAUGHT = 62;

export function lemmaAt(counted: CountedDay, base: number): Lemma {
  const shifted = asFarAway(counted, base);
  if (shifted !== null && isPlain(counted.count)) return shifted.lemma();
  const same = onTheSameDay(counted, base);
  return shifted !== null && shifted.days > same.days ? shifted.lemma() : same.lemma();
}

/** All instants around from which the same day is reached. */
function onTheSameDay(counted: CountedDay, base: number) {
  const { count, timeZone } = counted;
  const wanted = dayAfter(base, count, timeZone);
  const isSame = (day: Interval): boolean => {
    const { start, end } = dayAfter(day.start, count, timeZone);
    return start === wanted.start && end === wanted.end;
  };
  const dayOf = (instant: number): Interval => dayInterval(localDate(instant, timeZone), timeZone);
  const around = dayOf(base);
  let days = 1;
  for (let day = dayOf(around.start - 1); isSame(day); day = dayOf(day.start - 1)) {
    around.start = day.start;
    days += 1;
  }
  for (let day = dayOf(around.end); isSame(day); day = dayOf(day.end)) {
    around.end = day.end;
    days += 1;
  }
  const exactly = [equal(counted.start, number(wanted.start)), equal(counted.end, number(wanted.end))];
  return { days, lemma: () => lemmaFrom(counted, around, exactly) };
}

/**
 * All days around from which the day reached is as far away, as long as the clocks are not changed: null where they are on one of
 * the two days.
 */
function asFarAway(counted: CountedDay, base: number) {
  const { count, timeZone, day, start, end } = counted;
  const from = stretchAt(base, timeZone);
  const target = dayAfter(base, count, timeZone);
  const to = stretchAt(target.start, timeZone);
  const dayStart = dayInterval(localDate(base, timeZone), timeZone).start;
  const shift = target.start - dayStart;
  const today = Math.floor((base + from.offset) / DAY);
  if (dayStart !== today * DAY - from.offset || target.end - target.start !== DAY) return null;
  // Whole days inside both stretches.
  let first = Math.ceil((Math.max(from.from, to.from - shift) + from.offset) / DAY);
  let last = Math.floor((Math.min(from.to, to.to - shift) + from.offset) / DAY);
  if (today < first || today >= last) return null;
  if (!isPlain(count)) {
    const isAsFar = (number: number): boolean => {
      const begins = number * DAY - from.offset;
      return dayAfter(begins, count, timeZone).start - begins === shift;
    };
    const [earliest, latest] = [Math.max(first, today - MOST_TAUGHT), Math.min(last, today + MOST_TAUGHT)];
    first = today;
    while (first > earliest && isAsFar(first - 1)) first -= 1;
    last = today + 1;
    while (last < latest && isAsFar(last)) last += 1;
  }
  const local = plus(times(day, DAY), -from.offset);
  const around = { start: first * DAY - from.offset, end: last * DAY - from.offset };
  const exactly = [
    within(local, counted.base, plus(local, DAY)),
    equal(start, plus(local, shift)),
    equal(end, plus(start, DAY)),
  ];
  return { days: last - first, lemma: () => lemmaFrom(counted, around, exactly) };
}

function lemmaFrom({ applies, base }: CountedDay, around: Interval, exactly: Term[]) {
  const inside = and([
    ...(Number.isFinite(around.start) ? [atMost(number(around.start), base)] : []),
    ...(Number.isFinite(around.end) ? [less(base, number(around.end))] : []),
  ]);
  return { term: implies(and([applies, inside]), and(exactly)), around: inside };
}

/** Has the solver got this day right? */
export function isCorrectDay(counted: CountedDay, base: number, found: Interval): boolean {
  const { start, end } = dayAfter(base, counted.count, counted.timeZone);
  return start === found.start && end === found.end;
}
