/** What may be true of a case: as a term for the solver, and as the truth in a case at hand. */
import { UNKNOWN } from '../../engine/facts/values.ts';
import { opposite } from '../../engine/judge/condition.ts';
import type { Truth } from '../../engine/judge/operators.ts';
import { AS_OF, type Interval } from '../../rulebook/basics.ts';
import type { Condition, Rule } from '../../rulebook/rule-set.ts';
import { type CaseEvaluation, kleeneAnd, kleeneOr } from '../cases/evaluate-case.ts';
import type { Assumption, Meaning } from '../meaning.ts';
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
  truthIn: (evaluations) => kleeneAnd(properties, (property) => property.truthIn(evaluations)),
});
export const any = (properties: readonly Property[]): Property => ({
  term: or(properties.map(({ term }) => term)),
  truthIn: (evaluations) => kleeneOr(properties, (property) => property.truthIn(evaluations)),
});
export const no = (property: Property): Property => ({
  term: not(property.term),
  truthIn: (evaluations) => opposite(property.truthIn(evaluations)),
});
export const exactlyOne = (a: Property, b: Property): Property => any([all([a, no(b)]), all([b, no(a)])]);

/** The properties that cases may have under one of the rule sets. */
export type RuleSetProperties = ReturnType<typeof propertiesOf>;

export function propertiesOf(translation: Translation, side: number) {
  const inCase =
    (truth: (evaluation: CaseEvaluation) => Truth): Property['truthIn'] =>
    ({ [side]: evaluation }) =>
      evaluation ? truth(evaluation) : 'unknown';
  /** Read off what the rule set says, of all cases and of the one at hand. */
  const property = (of: <T>(meaning: Meaning<T>) => T): Property => ({
    term: of(translation),
    truthIn: inCase(of),
  });
  /** The facts do not contradict each other, and `also`. */
  const consistent = (also: Property): Property => ({
    term: and([not(translation.contradictory), also.term]),
    // Facts that may still turn out to contradict each other do not make a case contradictory.
    truthIn: (evaluations) =>
      evaluations[side]?.contradictory === 'true' ? 'false' : also.truthIn(evaluations),
  });
  return {
    consistent,
    /** Facts that contradict each other conclude nothing but that. */
    within: (section: string, also: Property): Property =>
      section === 'contradictions' ? also : consistent(also),
    /** The rule's own condition holds. */
    holds: (rule: Rule) => property(({ holds }) => holds(rule)),
    isTaken: (rule: Rule) => property(({ isTaken }) => isTaken(rule)),
    named: (name: string) => property(({ named }) => named(name)),
    condition: (of: Condition, assumed?: Assumption) => property(({ condition }) => condition(of, assumed)),
    contradictory: () => property(({ contradictory }) => contradictory),
    /** The same property, for use in many others. */
    shared: ({ term, truthIn }: Property): Property => ({ term: translation.define(term), truthIn }),
    /** A set that does not have this member. */
    lacks: (fact: string, id: string): Property => ({
      term: not(translation.has(fact, id)),
      truthIn: inCase(({ values }) => {
        const held = values.get(fact);
        if (held === UNKNOWN) return 'unknown';
        return held instanceof Set && held.has(id) ? 'false' : 'true';
      }),
    }),
    judgedWithin: ({ start, end }: Interval): Property => ({
      term: within(number(start), integerVariable(AS_OF), number(end)),
      truthIn: inCase(({ values }) => {
        const asOf = Number(values.get(AS_OF));
        return start <= asOf && asOf < end ? 'true' : 'false';
      }),
    }),
  };
}
