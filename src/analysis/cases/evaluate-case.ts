/**
 * What is true of one case under one rule set, some of its facts perhaps unknown. Coverage, the search for small examples and
 * the comparison of rule sets all ask here. Making an example small takes thousands of evaluations; the engine decides each
 * example before anyone sees it.
 */
import { absentValue, type CaseFacts, readFacts } from '../../engine/facts/read-facts.ts';
import type { Conclusions, Value, Values } from '../../engine/facts/values.ts';
import { NONE, resolveOperand, UNKNOWN } from '../../engine/facts/values.ts';
import { opposite } from '../../engine/judge/condition.ts';
import { type Truth, truthOf } from '../../engine/judge/operators.ts';
import { AS_OF } from '../../rulebook/basics.ts';
import type { Rule, RuleSet } from '../../rulebook/rule-set.ts';
import { meaningIn } from '../meaning.ts';
import { remembered } from '../remembered.ts';
import { conclusionNamed, rulesOf } from '../rule-set-parts.ts';

/** What is known of a case, by fact; `asOf`, the instant judged, always is. */
export type PartialCase = ReadonlyMap<string, Value>;

/** As callers send a case: untyped facts and the instant judged, in epoch milliseconds. */
export interface WrittenCase {
  facts: unknown;
  asOf: number;
}

/** What is known of a case as it is written; null where the rule set cannot read it. */
export function readPartialCase(ruleSet: RuleSet, { facts, asOf }: WrittenCase): PartialCase | null {
  const read = readFacts(ruleSet.vocabulary, facts, asOf).facts;
  return read && partialCaseOf(read, ruleSet);
}

/** What is known of a case that was read, the meaning of absence included. */
export function partialCaseOf({ values }: CaseFacts, { vocabulary }: RuleSet): PartialCase {
  const names = [AS_OF, ...vocabulary.facts.keys()];
  const known = names.map((name): [string, Value] => [name, values.get(name) ?? UNKNOWN]);
  return new Map(known.filter(([, value]) => value !== UNKNOWN));
}

/** As the engine reads it: what is not given is unknown, or what its absence means. */
const valuesOf = (given: PartialCase, { vocabulary }: RuleSet): Values => ({
  get(fact) {
    const value = given.get(fact);
    if (value !== undefined) return value;
    const definition = vocabulary.facts.get(fact);
    return definition ? absentValue(definition) : UNKNOWN;
  },
});

export type CaseEvaluation = ReturnType<typeof evaluateCase>;

export function evaluateCase(ruleSet: RuleSet, given: PartialCase) {
  const values = valuesOf(given, ruleSet);
  const conclusions = new Map<string, Conclusions>();
  const concluded = (name: string, isTaken: (rule: Rule) => Truth): Conclusions =>
    remembered(conclusions, name, () => {
      const { section, idOf } = conclusionNamed(name, ruleSet);
      const rules = rulesOf(ruleSet, section.name);
      return {
        kind: 'conclusions',
        must: new Set(rules.filter((rule) => isTaken(rule) === 'true').map(idOf)),
        may: new Set(rules.filter((rule) => isTaken(rule) !== 'false').map(idOf)),
        single: section.takes === 'first',
      };
    });
  const meaning = meaningIn<Truth>(ruleSet, {
    constant: (value) => (value ? 'true' : 'false'),
    not: opposite,
    and: kleeneAnd,
    or: kleeneOr,
    comparison({ source, fact, operator, operand }, isTaken) {
      const left = source === 'fact' ? values.get(fact) : concluded(fact, isTaken);
      return truthOf(operator, left ?? NONE, resolveOperand(operand, values, ruleSet));
    },
    define: (truth) => truth,
  });
  return {
    ...meaning,
    /** What is not given included. */
    values,
    /** Rules of a section that are certainly taken. */
    takenRules: (section: string): Rule[] =>
      rulesOf(ruleSet, section).filter((rule) => meaning.isTaken(rule) === 'true'),
  };
}

/** Is every conclusion settled, whatever the facts are that were left out? Assumptions are not conclusions. */
export const isSettled = ({ ruleSet, contradictory, isTaken }: CaseEvaluation): boolean =>
  contradictory === 'true' ||
  ruleSet.rules.every(
    (rule) =>
      rule.section === 'contradictions' || rule.section === 'assumptions' || isTaken(rule) !== 'unknown',
  );

/** Asks no further than the first that is false: there are many, and most cases settle it at once. */
export function kleeneAnd<T>(items: readonly T[], truthIn: (item: T) => Truth): Truth {
  let all: Truth = 'true';
  for (const item of items) {
    const truth = truthIn(item);
    if (truth === 'false') return truth;
    if (truth === 'unknown') all = truth;
  }
  return all;
}

export const kleeneOr = <T>(items: readonly T[], truthIn: (item: T) => Truth): Truth =>
  opposite(kleeneAnd(items, (item) => opposite(truthIn(item))));
