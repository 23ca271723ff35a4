/**
 * A rule set as terms of the solver: what holds of a case in which everything is known. Each comparison, condition and rule
 * is defined once. What the operators mean is defined in `engine/judge/operators.ts`; brute force in the tests holds the two together.
 */
import { type Condition, type Leaf, type Rule, type RuleSet, SECTIONS } from '../../rulebook/rule-set.ts';
import { remembered } from '../remembered.ts';
import { type ConditionPart, hasPart, rulesAbove, rulesOf } from '../rule-set-parts.ts';
import { compareConclusion, compareFact } from './comparison-terms.ts';
import { amountTerms, deadlineTerms, type OperandOptions } from './operand-terms.ts';
import { and, FALSE, not, or, type Term, TRUE } from './terms.ts';

export interface TranslateOptions extends OperandOptions {
  /** A variable that stands for the term: what many questions share is asserted once. */
  define(term: Term): Term;
}

/** A rule set in the solver's words. */
export type Translation = ReturnType<typeof translate>;

export function translate(ruleSet: RuleSet, options: TranslateOptions) {
  const { space, define } = options;
  const deadlines = deadlineTerms(ruleSet, options);
  const amount = amountTerms(options);
  const leaves = new Map<Leaf, Term>();
  const names = new Map<string, Term>();
  const holding = new Map<Rule, Term>();
  const taken = new Map<Rule, Term>();

  const leafTerm = (leaf: Leaf): Term =>
    leaf.source === 'conclusion'
      ? compareConclusion(leaf, ruleSet, isTaken, amount)
      : compareFact(leaf, { space, deadlines, amount });
  /** `assumed`: with one part of the condition, or of the conditions that it names, taken for another term. */
  const condition = (of: Condition | null, assumed?: { part: ConditionPart; value: Term }): Term => {
    if (of === null) return TRUE;
    if (of === assumed?.part) return assumed.value;
    const inside = (part: Condition): Term => condition(part, assumed);
    switch (of.kind) {
      case 'leaf':
        return remembered(leaves, of, () => leafTerm(of));
      case 'named': {
        const meant = ruleSet.conditions.get(of.name)?.condition;
        return assumed && meant && hasPart(meant, assumed.part, ruleSet) ? inside(meant) : named(of.name);
      }
      case 'not':
        return not(inside(of.of));
      case 'all':
        return and(of.of.map(inside));
      case 'any':
        return or(of.of.map(inside));
    }
  };
  const named = (name: string): Term =>
    remembered(names, name, () => define(condition(ruleSet.conditions.get(name)?.condition ?? null)));
  /** The rule's own condition, whatever stands above it. */
  const holds = (rule: Rule): Term => remembered(holding, rule, () => define(condition(rule.when)));
  /** The rule is taken: it holds and, where a section takes the first, none above it does. */
  const isTaken = (rule: Rule): Term =>
    remembered(taken, rule, () => {
      if (SECTIONS[rule.section] === 'collect') return holds(rule);
      return define(and([...rulesAbove(ruleSet, rule).map((one) => not(holds(one))), holds(rule)]));
    });
  /** A set-valued fact has this member. */
  const has = (fact: string, id: string): Term => {
    const set = space.facts.get(fact);
    return set?.kind === 'set' ? set.has(id) : FALSE;
  };
  const contradictory = or(rulesOf(ruleSet, 'contradictions').map(holds));
  return { ruleSet, deadlines, amount, define, condition, named, holds, isTaken, has, contradictory };
}
