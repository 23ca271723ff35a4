/**
 * Days counted from an instant ("30 days after …", "the end of the next month"), for the solver. A calendar is no arithmetic,
 * so the solver first knows only about where such a day lies; whenever an answer of it has a day wrong, it is given a
 * `Lemma`, exact for all instants around. What it proves before holds for any calendar, so also for ours.
 */
import type { Interval } from '../../rulebook/basics.ts';
import { dayInterval, localDate, stretchAt } from '../../rulebook/calendar.ts';
import { type DayCount, dayAfter, minuteAfter, monthsOf } from '../../rulebook/count-days.ts';
import { LONGEST_REST } from '../../rulebook/open-days.ts';
import { and, atMost, equal, implies, less, number, or, plus, type Term, within } from './terms.ts';

/** A whole local day, or a whole minute, that follows from an instant. Without meaning unless `applies`. */
interface Period {
  /** The instant counted from. */
  base: Term;
  applies: Term;
  start: Term;
  /** Exclusive. */
  end: Term;
}

export interface CountedDay extends Period {
  kind: 'day';
  count: DayCount;
  timeZone: string;
  /** The local day of `base` itself, which lemmas are about; null where this is it. */
  own: CountedDay | null;
}

/** The minute in which `base` lies. */
export interface CountedMinute extends Period {
  kind: 'minute';
}

export type Counted = CountedDay | CountedMinute;

const DAY = 86_400_000;

/** The days of a month on average: 400 years have 146,097 days. So many months differ from it by few days. */
const MONTH = 146_097 / 4800;
const ABOUT = 8;

export const SAME_DAY: DayCount = { months: 0, days: 0, endOfMonth: false };

/** What holds of every calendar. */
export function calendarBounds({ count, base, start, end, own }: CountedDay): Term {
  if (own === null) return and([within(start, base, end), atMost(end, plus(start, 2 * DAY))]);
  const { endOfMonth, endOfFiscalYear, ifClosed } = count;
  const [months, days] = [monthsOf(count), daysOf(count)];
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
  ifClosed !== undefined && isPlain(count) && daysOf(count) === 0;

/** How many days lie between the two: the first day may be one of those that are counted. */
const daysOf = (count: DayCount): number =>
  monthsOf(count) === 0 && count.counting === 'fromSameDay' ? count.days - Math.sign(count.days) : count.days;

/** The day counted from. */
export const isSameDay = (count: DayCount): boolean => isPlain(count) && daysOf(count) === 0;

const isPlain = (count: DayCount): boolean =>
  monthsOf(count) === 0 && !count.endOfMonth && !count.endOfFiscalYear && !count.ifClosed;

/** What is true of every instant, and exact for those `around`. */
export type Lemma = ReturnType<typeof lemmaFrom>;

/** Of so many days on each side no more is taught at once. */
const MOST_TAUGHT = 62;

export function lemmaAt(counted: Counted, base: number): Lemma {
  if (counted.kind === 'minute' || counted.own === null) {
    const found = exactly(counted, base);
    return lemmaFrom(counted, found, isPeriod(counted, found));
  }
  const day = { ...counted, own: counted.own };
  const shifted = asFarAway(day, base);
  if (shifted !== null && isPlain(counted.count)) return shifted.lemma();
  const same = onTheSameDay(day, base);
  return shifted !== null && shifted.days > same.days ? shifted.lemma() : same.lemma();
}

const isPeriod = ({ start, end }: Period, found: Interval): Term =>
  and([equal(start, number(found.start)), equal(end, number(found.end))]);

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
  return { days, lemma: () => lemmaFrom(counted, around, isPeriod(counted, wanted)) };
}

/**
 * All days around from which the day reached is as far away, as long as the clocks are not changed: null where they are on one of
 * the two days.
 */
function asFarAway(counted: CountedDay & { own: CountedDay }, base: number) {
  const { count, timeZone, own, start, end } = counted;
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
  const around = { start: first * DAY - from.offset, end: last * DAY - from.offset };
  const shifted = and([
    equal(own.end, plus(own.start, DAY)),
    equal(start, plus(own.start, shift)),
    equal(end, plus(start, DAY)),
  ]);
  return { days: last - first, lemma: () => lemmaFrom(counted, around, shifted) };
}

function lemmaFrom({ applies, base }: Counted, around: Interval, exact: Term) {
  const inside = and([
    ...(Number.isFinite(around.start) ? [atMost(number(around.start), base)] : []),
    ...(Number.isFinite(around.end) ? [less(base, number(around.end))] : []),
  ]);
  return { term: implies(and([applies, inside]), exact), around: inside };
}

/** Where the period lies that follows from an instant. */
export const exactly = (counted: Counted, base: number): Interval =>
  counted.kind === 'minute' ? minuteAfter(base, 0) : dayAfter(base, counted.count, counted.timeZone);

/**
 * What two periods that the solver has got wrong show of every calendar: two days, or two minutes, do not overlap without being
 * the same one, and what is counted from a later instant is no earlier. Null where they show nothing.
 */
export function orderOf(one: Found, other: Found): Term | null {
  const [a, b] = [one.counted, other.counted];
  if (a.kind !== b.kind || (a.kind === 'day' && b.kind === 'day' && a.timeZone !== b.timeZone)) return null;
  const both = and([a.applies, b.applies]);
  if (one.start < other.end && other.start < one.end && one.start !== other.start) {
    const isSame = and([equal(a.start, b.start), equal(a.end, b.end)]);
    return implies(both, or([atMost(a.end, b.start), atMost(b.end, a.start), isSame]));
  }
  const isAlike = a.kind === 'minute' || (b.kind === 'day' && isSameCount(a.count, b.count));
  if (isAlike && one.base <= other.base !== one.start <= other.start && one.start !== other.start)
    return implies(
      both,
      or([
        and([atMost(a.base, b.base), atMost(a.start, b.start)]),
        and([atMost(b.base, a.base), atMost(b.start, a.start)]),
      ]),
    );
  return null;
}

const isSameCount = (a: DayCount, b: DayCount): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A period as the solver has it. */
export interface Found extends Interval {
  counted: Counted;
  base: number;
}

export function isCorrect({ counted, base, start, end }: Found): boolean {
  const exact = exactly(counted, base);
  return start === exact.start && end === exact.end;
}
