/** What may be true of a case: as a term for the solver, and as the truth in a case at hand. */

import { opposite } from '../../engine/judge/condition.ts';
import { AS_OF, type Interval } from '../../rulebook/basics.ts';
import type { Rule } from '../../rulebook/rule-set.ts';
import { type CaseEvaluation, kleeneAnd, kleeneOr, type Truth } from '../cases/evaluate-case.ts';
import { and, FALSE, integerVariable, not, number, or, type Term, TRUE, within } from '../solver/terms.ts';
import type { Translation } from '../solver/translate.ts';

export interface Property {
  term: Term;
  /** `evaluations` are of the case under each rule set that is asked about. */
  truthIn(evaluations: readonly CaseEvaluation[]): Truth;
}

export const ALWAYS: Property = { term: TRUE, truthIn: () => 'true' };
export const NEVER: Property = { term: FALSE, truthIn: () => 'false' };

export const all = (properties: readonly Property[]): Property => ({
  term: and(properties.map(({ term }) => term)),
  truthIn: (evaluations) => kleeneAnd(properties.map((property) => property.truthIn(evaluations))),
});
export const any = (properties: readonly Property[]): Property => ({
  term: or(properties.map(({ term }) => term)),
  truthIn: (evaluations) => kleeneOr(properties.map((property) => property.truthIn(evaluations))),
});
export const no = (property: Property): Property => ({
  term: not(property.term),
  truthIn: (evaluations) => opposite(property.truthIn(evaluations)),
});
export const exactlyOne = (a: Property, b: Property): Property => any([all([a, no(b)]), all([b, no(a)])]);

/** The properties that cases may have under one of the rule sets. */
export class RuleSetProperties {
  private readonly translation: Translation;
  private readonly side: number;

  constructor(translation: Translation, side: number) {
    this.translation = translation;
    this.side = side;
  }

  /** The rule's own condition holds. */
  holds(rule: Rule): Property {
    return this.property(this.translation.holds(rule), (evaluation) => evaluation.holds(rule));
  }

  /** The rule is taken. */
  isTaken(rule: Rule): Property {
    return this.property(this.translation.isTaken(rule), (evaluation) => evaluation.isTaken(rule));
  }

  named(name: string): Property {
    const condition = this.translation.ruleSet.conditions.get(name)?.condition ?? null;
    return this.property(this.translation.named(name), (evaluation) => evaluation.truthOf(condition));
  }

  /** The facts do not contradict each other, and `property`. */
  consistent(property: Property): Property {
    return {
      term: and([not(this.translation.contradictory), property.term]),
      // Facts that may still turn out to contradict each other do not make a case contradictory.
      truthIn: (evaluations) =>
        evaluations[this.side]?.contradictory === 'true' ? 'false' : property.truthIn(evaluations),
    };
  }

  /** The same property, for use in many others. */
  shared({ term, truthIn }: Property): Property {
    return { term: this.translation.define(term), truthIn };
  }

  contradictory(): Property {
    return this.property(this.translation.contradictory, (evaluation) => evaluation.contradictory);
  }

  /** A set that does not have this member. */
  lacks(fact: string, id: string): Property {
    return this.property(not(this.translation.has(fact, id)), ({ has }) => opposite(has(fact, id)));
  }

  judgedWithin({ start, end }: Interval): Property {
    return this.property(within(number(start), integerVariable(AS_OF), number(end)), ({ asOf }) =>
      start <= asOf && asOf < end ? 'true' : 'false',
    );
  }

  private property(term: Term, truth: (evaluation: CaseEvaluation) => Truth): Property {
    return {
      term,
      truthIn: (all) => {
        const evaluation = all[this.side];
        return evaluation ? truth(evaluation) : 'unknown';
      },
    };
  }
}
