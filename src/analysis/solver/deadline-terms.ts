/** The deadlines of a rule set as terms: fixed instants, or days counted from a fact of the case. */
import type { Interval } from '../../rulebook/basics.ts';
import { dayAfter } from '../../rulebook/calendar.ts';
import type { Moment, RelativeDay, RuleSet } from '../../rulebook/rule-set.ts';
import { remembered } from '../remembered.ts';
import type { CaseSpace } from './case-space.ts';
import { type CountedDay, calendarBounds } from './counted-days.ts';
import {
  and,
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
} from './terms.ts';

/** `start` and the exclusive `end` mean something unless `isNone`. */
export interface Period {
  start: Term;
  end: Term;
  isNone: Term;
  /** The same in every case; null where it depends on the facts. */
  fixed: Interval | null;
}

const NOWHERE: Period = { start: number(0), end: number(0), isNone: TRUE, fixed: null };
export const fixedPeriod = (fixed: Interval): Period => ({
  start: number(fixed.start),
  end: number(fixed.end),
  isNone: FALSE,
  fixed,
});

export interface DeadlineOptions {
  space: CaseSpace;
  assert(term: Term): void;
  /** Gets the days that are counted from facts. */
  countedDays: CountedDay[];
  /** A deadline that lies anywhere, at an instant that the solver chooses. */
  movable?: string;
}

export class DeadlineTerms {
  private readonly ruleSet: RuleSet;
  private readonly options: DeadlineOptions;
  private readonly periods = new Map<string, Period>();

  constructor(ruleSet: RuleSet, options: DeadlineOptions) {
    this.ruleSet = ruleSet;
    this.options = options;
  }

  /** From the first moment of `from` (or of `until`) to the end of `until` (or of `from`). */
  period(id: string): Period {
    return remembered(this.periods, id, () =>
      id === this.options.movable ? this.anywhere(id) : this.written(id),
    );
  }

  /** One side of a deadline; null where nothing is written. */
  moment(id: string, side: 'from' | 'until'): Period | null {
    const moment = this.ruleSet.deadlines.get(id)?.[side] ?? null;
    return moment && this.resolve(moment);
  }

  private written(id: string): Period {
    const from = this.moment(id, 'from');
    const until = this.moment(id, 'until');
    const [first, last] = [from ?? until, until ?? from];
    if (!first || !last) return NOWHERE;
    const fixed = first.fixed && last.fixed && { start: first.fixed.start, end: last.fixed.end };
    return { start: first.start, end: last.end, isNone: or([first.isNone, last.isNone]), fixed };
  }

  private anywhere(id: string): Period {
    const [start, end] = [integerVariable(`${id} moved start`), integerVariable(`${id} moved end`)];
    this.options.assert(less(start, end));
    return { ...this.written(id), start, end, fixed: null };
  }

  private resolve(moment: Moment): Period {
    if (moment.kind === 'fixed') return fixedPeriod(moment.interval);
    const { after } = moment.day;
    if ('fact' in after) {
      const fact = this.options.space.facts.get(after.fact);
      if (fact?.kind !== 'number') throw new Error(`${after.fact} is no instant`);
      return this.counted(moment.day, fact.value, not(fact.isNone));
    }
    const base = this.period(after.deadline);
    if (base.fixed) {
      return fixedPeriod(dayAfter(base.fixed.end - 1, moment.day, this.ruleSet.timeZone));
    }
    return this.counted(moment.day, plus(base.end, -1), not(base.isNone));
  }

  private counted({ months, days, endOfMonth }: RelativeDay, base: Term, applies: Term): Period {
    if (applies === FALSE) return NOWHERE;
    const { assert, countedDays } = this.options;
    const { timeZone } = this.ruleSet;
    const count = { months, days, endOfMonth };
    const name = `${base.id} +${months}m ${days}d ${endOfMonth} ${timeZone}`;
    const part = (of: string): Term => integerVariable(`${name} ${of}`);
    // Two rule sets that count alike have one day.
    let day = countedDays.find(({ start }) => start === part('start'));
    if (!day) {
      day = { count, timeZone, base, applies, start: part('start'), end: part('end'), day: part('day') };
      countedDays.push(day);
      assert(implies(applies, calendarBounds(day)));
    }
    return { start: day.start, end: day.end, isNone: not(applies), fixed: null };
  }
}

/** Do the two differ in when they are? */
export const isElsewhere = (a: Period, b: Period): Term =>
  or([
    and([a.isNone, not(b.isNone)]),
    and([b.isNone, not(a.isNone)]),
    and([not(a.isNone), or([not(equal(a.start, b.start)), not(equal(a.end, b.end))])]),
  ]);
