/** What a case may show: said once to the solver, and once of a case at hand. */
import type { Truth } from '../../engine/judge/operators.ts';
import { UNKNOWN } from '../../engine/facts/values.ts';
import { AS_OF, type Interval } from '../../rulebook/basics.ts';
import type { Rule } from '../../rulebook/rule-set.ts';
import { every, opposite, type Seen } from '../cases/evaluate-case.ts';
import { and, FALSE, integerVariable, not, number, or, type Term, TRUE, within } from '../solver/terms.ts';
import type { Translation } from '../solver/translate.ts';

export interface Goal {
  term: Term;
  /** `seen` is the case under each rule set that is asked about. */
  shown(seen: readonly Seen[]): Truth;
}

export const ALWAYS: Goal = { term: TRUE, shown: () => 'true' };
export const NEVER: Goal = { term: FALSE, shown: () => 'false' };

export const all = (goals: readonly Goal[]): Goal => ({
  term: and(goals.map(({ term }) => term)),
  shown: (seen) => every(goals.map((goal) => goal.shown(seen))),
});
export const any = (goals: readonly Goal[]): Goal => ({
  term: or(goals.map(({ term }) => term)),
  shown: (seen) => opposite(every(goals.map((goal) => opposite(goal.shown(seen))))),
});
export const no = (goal: Goal): Goal => ({
  term: not(goal.term),
  shown: (seen) => opposite(goal.shown(seen)),
});
export const unlike = (a: Goal, b: Goal): Goal => any([all([a, no(b)]), all([b, no(a)])]);

/** What can be said of cases under one of the rule sets. */
export class Sayings {
  private readonly translation: Translation;
  private readonly side: number;

  constructor(translation: Translation, side: number) {
    this.translation = translation;
    this.side = side;
  }

  /** The rule's own condition holds. */
  holds(rule: Rule): Goal {
    return this.say(this.translation.holds(rule), (seen) => seen.holds(rule));
  }

  /** The rule is taken. */
  speaks(rule: Rule): Goal {
    return this.say(this.translation.speaks(rule), (seen) => seen.speaks(rule));
  }

  named(name: string): Goal {
    const condition = this.translation.ruleSet.conditions.get(name)?.condition ?? null;
    return this.say(this.translation.named(name), (seen) => seen.condition(condition));
  }

  /** The facts do not contradict each other, and `goal`. */
  consistent(goal: Goal): Goal {
    return {
      term: and([not(this.translation.contradictory), goal.term]),
      // Facts that may still turn out to contradict each other do not make a case contradictory.
      shown: (seen) => (seen[this.side]?.contradictory === 'true' ? 'false' : goal.shown(seen)),
    };
  }

  /** The same goal, for use in many others. */
  shared({ term, shown }: Goal): Goal {
    return { term: this.translation.define(term), shown };
  }

  contradictory(): Goal {
    return this.say(this.translation.contradictory, (seen) => seen.contradictory);
  }

  /** A set that does not have this member. */
  lacks(fact: string, id: string): Goal {
    return this.say(not(this.translation.has(fact, id)), ({ values }) => {
      const held = values.get(fact);
      if (held === UNKNOWN) return 'unknown';
      return held instanceof Set && held.has(id) ? 'false' : 'true';
    });
  }

  judgedWithin({ start, end }: Interval): Goal {
    return this.say(within(number(start), integerVariable(AS_OF), number(end)), ({ values }) => {
      const asOf = values.get(AS_OF);
      return typeof asOf === 'number' && start <= asOf && asOf < end ? 'true' : 'false';
    });
  }

  private say(term: Term, told: (seen: Seen) => Truth): Goal {
    return {
      term,
      shown: (all) => {
        const seen = all[this.side];
        return seen ? told(seen) : 'unknown';
      },
    };
  }
}
