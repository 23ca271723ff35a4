/**
 * What a rule set says, whoever asks: the solver of all cases at once, or the evaluation of one case. What the operators
 * mean is defined in `engine/judge/operators.ts`; brute force in the tests holds all of it together with the engine.
 */

import type { Condition, Leaf, Rule, RuleSet } from '../rulebook/rule-set.ts';
import { SECTION_KINDS } from '../rulebook/sections.ts';
import { remembered } from './remembered.ts';
import { type ConditionPart, hasPart, rulesAbove, rulesOf } from './rule-set-parts.ts';

/** What can be said of a case: terms of the solver, or truths. */
export interface Logic<T> {
  constant(value: boolean): T;
  not(one: T): T;
  and<Part>(parts: readonly Part[], of: (part: Part) => T): T;
  or<Part>(parts: readonly Part[], of: (part: Part) => T): T;
  comparison(leaf: Leaf, isTaken: (rule: Rule) => T): T;
  /** What many questions share: asked for once. */
  define(one: T): T;
}

/** One part of a condition, or of the conditions that it names, taken for true or false whatever the case says. */
export interface Assumption {
  part: ConditionPart;
  value: boolean;
}

export type Meaning<T> = ReturnType<typeof meaningIn<T>>;

/** Each comparison, condition and rule is asked about once. */
export function meaningIn<T>(ruleSet: RuleSet, { constant, not, and, or, comparison, define }: Logic<T>) {
  const leaves = new Map<Leaf, T>();
  const names = new Map<string, T>();
  const holding = new Map<Rule, T>();
  const taken = new Map<Rule, T>();

  const condition = (of: Condition | null, assumed?: Assumption): T => {
    if (of === null) return constant(true);
    if (of === assumed?.part) return constant(assumed.value);
    const inside = (part: Condition): T => condition(part, assumed);
    switch (of.kind) {
      case 'leaf':
        return remembered(leaves, of, () => comparison(of, isTaken));
      case 'named': {
        const meant = ruleSet.conditions.get(of.name)?.condition;
        return assumed && meant && hasPart(meant, assumed.part, ruleSet) ? inside(meant) : named(of.name);
      }
      case 'not':
        return not(inside(of.of));
      case 'all':
        return and(of.of, inside);
      case 'any':
        return or(of.of, inside);
    }
  };
  const named = (name: string): T =>
    remembered(names, name, () => define(condition(ruleSet.conditions.get(name)?.condition ?? null)));
  /** The rule's own condition, whatever stands above it. */
  const holds = (rule: Rule): T => remembered(holding, rule, () => define(condition(rule.when)));
  /** The rule is taken: it holds and, where a section takes the first, none above it does. */
  const isTaken = (rule: Rule): T =>
    remembered(taken, rule, () => {
      if (SECTION_KINDS[rule.kind] === 'collect') return holds(rule);
      const rules = [...rulesAbove(ruleSet, rule), rule];
      return define(and(rules, (one) => (one === rule ? holds(one) : not(holds(one)))));
    });
  const contradictory = or(rulesOf(ruleSet, 'contradictions'), holds);
  return { ruleSet, condition, named, holds, isTaken, contradictory };
}
