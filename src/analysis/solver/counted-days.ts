/**
 * Days counted from an instant ("30 days after …", "the end of the next month"), for the solver. A calendar is no arithmetic,
 * so the solver first knows only about where such a day lies; whenever an answer of it has a day wrong, it is given a
 * `Lemma`, exact for all instants around. What it proves before holds for any calendar, so also for ours.
 */
import type { Interval } from '../../rulebook/basics.ts';
import { dayAfter, dayInterval, localDate, stretchAt } from '../../rulebook/calendar.ts';
import type { RelativeDay } from '../../rulebook/rule-set.ts';
import { and, atMost, equal, implies, less, number, plus, type Term, times, within } from './terms.ts';

export interface CountedDay {
  count: Omit<RelativeDay, 'after'>;
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

/** What holds of every calendar. */
export function calendarBounds({ count: { months, days, endOfMonth }, base, start, end }: CountedDay): Term {
  const lengths = [28 * months + days, 31 * months + days];
  const [least, most] = [Math.min(...lengths) - 3, Math.max(...lengths) + (endOfMonth ? 34 : 3)];
  return and([
    atMost(plus(base, least * DAY), start),
    atMost(start, plus(base, most * DAY)),
    atMost(start, end),
    atMost(end, plus(start, 2 * DAY)),
  ]);
}

/** What is true of every instant, and exact for those `around`. */
export type Lemma = ReturnType<typeof lemmaFrom>;

export function lemmaAt(counted: CountedDay, base: number): Lemma {
  const { count, timeZone } = counted;
  const whole = count.months === 0 && !count.endOfMonth ? plainDaysLemma(counted, base) : null;
  if (whole !== null) return whole;
  const wanted = dayAfter(base, count, timeZone);
  const isSame = (day: Interval): boolean => {
    const { start, end } = dayAfter(day.start, count, timeZone);
    return start === wanted.start && end === wanted.end;
  };
  const dayOf = (instant: number): Interval => dayInterval(localDate(instant, timeZone), timeZone);
  const around = dayOf(base);
  for (let day = dayOf(base); isSame(day); day = dayOf(day.start - 1)) around.start = day.start;
  for (let day = dayOf(base); isSame(day); day = dayOf(day.end)) around.end = day.end;
  return lemmaFrom(counted, around, [
    equal(counted.start, number(wanted.start)),
    equal(counted.end, number(wanted.end)),
  ]);
}

/** Plain days, as long as the clocks are not changed: null where they are on one of the two days. */
function plainDaysLemma(counted: CountedDay, base: number): Lemma | null {
  const { count, timeZone, day, start, end } = counted;
  const from = stretchAt(base, timeZone);
  const target = dayAfter(base, count, timeZone);
  const to = stretchAt(target.start, timeZone);
  const dayStart = dayInterval(localDate(base, timeZone), timeZone).start;
  const shift = target.start - dayStart;
  const today = Math.floor((base + from.offset) / DAY);
  if (dayStart !== today * DAY - from.offset || target.end - target.start !== DAY) return null;
  // Whole days inside both stretches.
  const first = Math.ceil((Math.max(from.from, to.from - shift) + from.offset) / DAY);
  const last = Math.floor((Math.min(from.to, to.to - shift) + from.offset) / DAY);
  if (today < first || today >= last) return null;
  const local = plus(times(day, DAY), -from.offset);
  const around = { start: first * DAY - from.offset, end: last * DAY - from.offset };
  return lemmaFrom(counted, around, [
    within(local, counted.base, plus(local, DAY)),
    equal(start, plus(local, shift)),
    equal(end, plus(start, DAY)),
  ]);
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
