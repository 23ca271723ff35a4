/** What facts are compared with, as terms: deadlines that are fixed or counted from a fact of the case. */
import type { Interval } from '../../rulebook/basics.ts';
import { type DayCount, dayAfter, MINUTE } from '../../rulebook/count-days.ts';
import type { Moment, RuleSet } from '../../rulebook/rule-set.ts';
import { remembered } from '../remembered.ts';
import type { CaseSpace } from './case-space.ts';
import { type CountedDay, calendarBounds, isOnlyMoved } from './counted-days.ts';
import {
  and,
  atMost,
  dividedBy,
  equal,
  FALSE,
  implies,
  integerVariable,
  less,
  not,
  number,
  or,
  plus,
  type Term,
  TRUE,
  times,
} from './terms.ts';

export interface TranslateOptions {
  space: CaseSpace;
  assert(term: Term): void;
  /** A variable that stands for the term: what many questions share is asserted once. */
  define(term: Term): Term;
  /** Gets the days that are counted from facts. */
  countedDays: CountedDay[];
  /** A deadline that lies anywhere, at an instant that the solver chooses. */
  movable?: string | undefined;
}

export function numberFact({ facts }: CaseSpace, name: string) {
  const fact = facts.get(name);
  if (fact?.kind !== 'number') throw new Error(`${name} is neither a number nor an instant`);
  return fact;
}

/** `start` and the exclusive `end` mean something unless `isNone`. */
export interface Period {
  start: Term;
  end: Term;
  isNone: Term;
}

const NOWHERE: Period = { start: number(0), end: number(0), isNone: TRUE };
export const fixedPeriod = ({ start, end }: Interval): Period => ({
  ...{ start: number(start), end: number(end), isNone: FALSE },
});

export function deadlineTerms(
  { deadlines, timeZone }: RuleSet,
  { space, assert, countedDays, movable }: TranslateOptions,
) {
  const periods = new Map<string, Period>();
  /** From the first moment of `from` (or of `until`) to the end of `until` (or of `from`). */
  const period = (id: string): Period =>
    remembered(periods, id, () => (id === movable ? anywhere(id) : written(id)));
  /** One side of a deadline; null where nothing is written. */
  const moment = (id: string, side: 'from' | 'until'): Period | null => {
    const found = deadlines.get(id)?.[side] ?? null;
    return found && resolve(found);
  };
  return { period, moment, resolve };

  function written(id: string): Period {
    const [from, until] = [moment(id, 'from'), moment(id, 'until')];
    const [first, last] = [from ?? until, until ?? from];
    if (!first || !last) return NOWHERE;
    return { start: first.start, end: last.end, isNone: or([first.isNone, last.isNone]) };
  }

  function anywhere(id: string): Period {
    const [start, end] = [integerVariable(`${id} moved start`), integerVariable(`${id} moved end`)];
    assert(less(start, end));
    return { ...written(id), start, end };
  }

  function resolve(written: Moment): Period {
    if (written.kind === 'fixed') return fixedPeriod(written.interval);
    if (written.kind === 'timed') {
      const { value, isNone } = numberFact(space, written.at.fact);
      const start = plus(times(dividedBy(value, MINUTE), MINUTE), written.minutes * MINUTE);
      return { start, end: plus(start, MINUTE), isNone };
    }
    const { after, ...count } = written.day;
    if ('fact' in after) {
      const { value, isNone } = numberFact(space, after.fact);
      return counted(count, value, not(isNone));
    }
    const { start, end, isNone } = period(after.deadline);
    const isFixed = start.kind === 'number' && isNone === FALSE;
    return isFixed && end.kind === 'number'
      ? fixedPeriod(dayAfter(Number(end.value) - 1, written.day, timeZone))
      : counted(count, plus(end, -1), not(isNone));
  }

  function counted(count: DayCount, base: Term, applies: Term): Period {
    if (applies === FALSE) return NOWHERE;
    const { ifClosed, ...plain } = count;
    if (ifClosed && !isOnlyMoved(count)) {
      // In two steps, each of which the solver knows more about than of both together.
      const { end } = counted(plain, base, applies);
      const only = { months: 0, days: 0, endOfMonth: false, ifClosed };
      const moved = counted(only, plus(end, -1), applies);
      const isOnward = ifClosed.to === 'nextOpenDay';
      assert(implies(applies, isOnward ? atMost(end, moved.end) : atMost(moved.end, end)));
      return moved;
    }
    const name = `${base.id} + ${JSON.stringify(count)} ${timeZone}`;
    const part = (of: string): Term => integerVariable(`${name} ${of}`);
    // Two rule sets that count alike have one day.
    let day = countedDays.find(({ start }) => start === part('start'));
    if (!day) {
      day = { count, timeZone, base, applies, start: part('start'), end: part('end'), day: part('day') };
      countedDays.push(day);
      assert(implies(applies, calendarBounds(day)));
    }
    return { start: day.start, end: day.end, isNone: not(applies) };
  }
}

/** Do the two differ in when they are? */
export const isElsewhere = (a: Period, b: Period): Term =>
  or([
    and([a.isNone, not(b.isNone)]),
    and([b.isNone, not(a.isNone)]),
    and([not(a.isNone), or([not(equal(a.start, b.start)), not(equal(a.end, b.end))])]),
  ]);
