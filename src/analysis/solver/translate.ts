/**
 * A rule set as terms of the solver: what holds of a case in which everything is known. Each comparison, condition and rule
 * is defined once. What the operators mean is defined in `engine/operators.ts`; brute force in the tests holds the two together.
 */
import { type Condition, type Leaf, type Rule, type RuleSet, SECTIONS } from '../../rulebook/rule-set.ts';
import { remembered } from '../remembered.ts';
import { type ConditionPart, hasPart, rulesAbove, rulesOf } from '../rule-set-parts.ts';
import { Amounts } from './amount-terms.ts';
import { compareConclusion, compareFact } from './comparison-terms.ts';
import { type DeadlineOptions, DeadlineTerms } from './deadline-terms.ts';
import { and, FALSE, not, or, type Term, TRUE } from './terms.ts';

/** A rule set in the solver's words. */
export interface Translation {
  ruleSet: RuleSet;
  /** `assumed`: with one part of the condition, or of the conditions that it names, taken for another term. */
  condition(condition: Condition | null, assumed?: { part: ConditionPart; value: Term }): Term;
  named(name: string): Term;
  /** The rule's own condition, whatever stands above it. */
  holds(rule: Rule): Term;
  /** The rule is taken: it holds and, where a section takes the first, none above it does. */
  isTaken(rule: Rule): Term;
  /** A set-valued fact has this member. */
  has(fact: string, id: string): Term;
  contradictory: Term;
  deadlines: DeadlineTerms;
  amounts: Amounts;
  define(term: Term): Term;
}

export interface TranslateOptions extends DeadlineOptions {
  /** A variable that stands for the term: what many questions share is asserted once. */
  define(term: Term): Term;
}

export function translate(ruleSet: RuleSet, options: TranslateOptions): Translation {
  const { space, assert, define } = options;
  const deadlines = new DeadlineTerms(ruleSet, options);
  const amounts = new Amounts(space, assert);
  const leaves = new Map<Leaf, Term>();
  const named = new Map<string, Term>();
  const holding = new Map<Rule, Term>();
  const taken = new Map<Rule, Term>();

  const leafTerm = (leaf: Leaf): Term =>
    leaf.source === 'conclusion'
      ? compareConclusion(leaf, translation)
      : compareFact(leaf, { space, deadlines, amounts });
  const translation: Translation = {
    ruleSet,
    deadlines,
    amounts,
    define,
    contradictory: FALSE,
    has: (fact, id) => {
      const set = space.facts.get(fact);
      return set?.kind === 'set' ? set.has(id) : FALSE;
    },
    condition(condition, assumed) {
      if (condition === null) return TRUE;
      if (condition === assumed?.part) return assumed.value;
      const inside = (part: Condition): Term => translation.condition(part, assumed);
      switch (condition.kind) {
        case 'leaf':
          return remembered(leaves, condition, () => leafTerm(condition));
        case 'named': {
          const meant = ruleSet.conditions.get(condition.name)?.condition;
          if (assumed && meant && hasPart(meant, assumed.part, ruleSet)) return inside(meant);
          return translation.named(condition.name);
        }
        case 'not':
          return not(inside(condition.of));
        case 'all':
          return and(condition.of.map(inside));
        case 'any':
          return or(condition.of.map(inside));
      }
    },
    named: (name) =>
      remembered(named, name, () =>
        define(translation.condition(ruleSet.conditions.get(name)?.condition ?? null)),
      ),
    holds: (rule) => remembered(holding, rule, () => define(translation.condition(rule.when))),
    isTaken: (rule) =>
      remembered(taken, rule, () => {
        if (SECTIONS[rule.section] === 'collect') return translation.holds(rule);
        const above = rulesAbove(ruleSet, rule).map((one) => not(translation.holds(one)));
        return define(and([...above, translation.holds(rule)]));
      }),
  };
  translation.contradictory = or(rulesOf(ruleSet, 'contradictions').map(translation.holds));
  return translation;
}
