/**
 * A rule set as terms of the solver: what holds of a case in which everything is known. Each comparison, condition and rule
 * is defined once. What the operators mean is defined in `engine/operators.ts`; brute force in the tests holds the two together.
 */
import {
  type Condition,
  type Leaf,
  type Rule,
  type RuleSet,
  SECTIONS,
  type Section,
} from '../../rulebook/rule-set.ts';
import { rulesBySection } from '../cases/evaluate-case.ts';
import { Amounts } from './amount-terms.ts';
import type { CaseSpace } from './case-space.ts';
import { compareConclusion, compareFact } from './comparison-terms.ts';
import type { CountedDay } from './counted-days.ts';
import { DeadlineTerms } from './deadline-terms.ts';
import { and, FALSE, not, or, type Term, TRUE } from './terms.ts';

/** A rule set in the solver's words. */
export interface Translation {
  ruleSet: RuleSet;
  condition(condition: Condition | null): Term;
  named(name: string): Term;
  /** The rule's own condition, whatever stands above it. */
  holds(rule: Rule): Term;
  /** The rule is taken: it holds and, where a section takes the first, none above it does. */
  isTaken(rule: Rule): Term;
  rules(section: Section): readonly Rule[];
  /** A set-valued fact has this member. */
  has(fact: string, id: string): Term;
  contradictory: Term;
  deadlines: DeadlineTerms;
  amounts: Amounts;
  define(term: Term): Term;
}

export interface TranslateOptions {
  space: CaseSpace;
  assert(term: Term): void;
  /** A variable that stands for the term: what many questions share is asserted once. */
  define(term: Term): Term;
  /** Gets the days that are counted from facts. */
  countedDays: CountedDay[];
  /** A deadline that lies anywhere, at an instant that the solver chooses. */
  movable?: string;
}

export function translate(ruleSet: RuleSet, options: TranslateOptions): Translation {
  const { space, assert, define } = options;
  const deadlines = new DeadlineTerms(ruleSet, options);
  const amounts = new Amounts(space, assert);
  const bySection = rulesBySection(ruleSet);
  const leaves = new Map<Leaf, Term>();
  const named = new Map<string, Term>();
  const holding = new Map<Rule, Term>();
  const speaking = new Map<Rule, Term>();

  const leafTerm = (leaf: Leaf): Term =>
    leaf.source === 'conclusion'
      ? compareConclusion(leaf, translation, amounts)
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
    rules: (section) => bySection.get(section) ?? [],
    condition(condition) {
      if (condition === null) return TRUE;
      switch (condition.kind) {
        case 'leaf':
          return remembered(leaves, condition, () => leafTerm(condition));
        case 'named':
          return translation.named(condition.name);
        case 'not':
          return not(translation.condition(condition.of));
        case 'all':
          return and(condition.of.map(translation.condition));
        case 'any':
          return or(condition.of.map(translation.condition));
      }
    },
    named: (name) =>
      remembered(named, name, () =>
        define(translation.condition(ruleSet.conditions.get(name)?.condition ?? null)),
      ),
    holds: (rule) => remembered(holding, rule, () => define(translation.condition(rule.when))),
    isTaken: (rule) =>
      remembered(speaking, rule, () => {
        if (SECTIONS[rule.section] === 'collect') return translation.holds(rule);
        const rules = translation.rules(rule.section);
        const above = rules.slice(0, rules.indexOf(rule));
        return define(and([...above.map((one) => not(translation.holds(one))), translation.holds(rule)]));
      }),
  };
  translation.contradictory = or(translation.rules('contradictions').map(translation.holds));
  return translation;
}

function remembered<K>(terms: Map<K, Term>, key: K, make: () => Term): Term {
  const known = terms.get(key);
  if (known !== undefined) return known;
  const made = make();
  terms.set(key, made);
  return made;
}
