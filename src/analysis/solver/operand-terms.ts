/** What facts are compared with, as terms: deadlines that are fixed or counted from a fact of the case. */
import type { Interval } from '../../rulebook/basics.ts';
import { type DayCount, dayAfter, MINUTE } from '../../rulebook/count-days.ts';
import type { Moment, RuleSet } from '../../rulebook/rule-set.ts';
import { remembered } from '../remembered.ts';
import type { CaseSpace } from './case-space.ts';
import {
  type Counted,
  type CountedDay,
  calendarBounds,
  isOnlyMoved,
  isSameDay,
  SAME_DAY,
} from './counted-days.ts';
import {
  and,
  atMost,
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
  within,
} from './terms.ts';

export interface TranslateOptions {
  space: CaseSpace;
  assert(term: Term): void;
  /** A variable that stands for the term: what many questions share is asserted once. */
  define(term: Term): Term;
  /** Gets what is counted from facts. */
  counted: Counted[];
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
  { space, assert, counted: known, movable }: TranslateOptions,
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
      if (isNone === TRUE) return NOWHERE;
      const start = plus(minuteOf(value, not(isNone)), written.minutes * MINUTE);
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
    const { start, end } = dayOf(isSameDay(count) ? SAME_DAY : count, base, applies);
    return { start, end, isNone: not(applies) };
  }

  /** Two rule sets that count alike have one day. */
  function dayOf(count: DayCount, base: Term, applies: Term): CountedDay {
    const day = countedDay(count, base, applies);
    for (const one of known) if (one.kind === 'day' && one.start === day.start) return one;
    known.push(day);
    assert(implies(applies, calendarBounds(day)));
    return day;
  }

  function countedDay(count: DayCount, base: Term, applies: Term): CountedDay {
    const name = `${base.id} + ${JSON.stringify(count)} ${timeZone}`;
    const [start, end] = [integerVariable(`${name} start`), integerVariable(`${name} end`)];
    const own = count === SAME_DAY ? null : countedDay(SAME_DAY, base, applies);
    return { kind: 'day', count, timeZone, base, applies, start, end, own };
  }

  /** The beginning of the minute. */
  function minuteOf(base: Term, applies: Term): Term {
    const start = integerVariable(`${base.id} minute`);
    if (known.some((one) => one.start === start)) return start;
    const minute = { kind: 'minute' as const, base, applies, start, end: plus(start, MINUTE) };
    known.push(minute);
    assert(implies(applies, within(start, base, minute.end)));
    return start;
  }
}

/** Do the two differ in when they are? */
export const isElsewhere = (a: Period, b: Period): Term =>
  or([
    and([a.isNone, not(b.isNone)]),
    and([b.isNone, not(a.isNone)]),
    and([not(a.isNone), or([not(equal(a.start, b.start)), not(equal(a.end, b.end))])]),
  ]);
