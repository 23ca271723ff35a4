import type { Rule } from '../../rulebook/rule-set.ts';
import type { CaseFacts } from '../facts/read-facts.ts';
import { factsOfExpression, UNKNOWN, type Value } from '../facts/values.ts';
import { leafAt, type Rules } from '../judge/rules.ts';
import { decisiveIndexes, evaluateSections, knownTruths, type SectionResults } from '../judge/sections.ts';

export interface AssumedFact {
  name: string;
  label: string;
  /** What it was taken to be. */
  value: Value | undefined;
}

/** Facts that were left out and taken to mean something, and on which the answer rests. */
export function assumedFacts(
  rules: Rules,
  { slots, values, isAssumed }: CaseFacts,
  base: SectionResults,
  amountRule: Rule | undefined,
): AssumedFact[] {
  const without = evaluateSections(
    rules,
    slots.map((value, slot) => (isAssumed(rules.layout.facts[slot] ?? '') ? UNKNOWN : value)),
  );
  const resting = new Set(amountRule?.amount?.yen ? factsOfExpression(amountRule.amount.yen) : []);
  for (const fact of restingOn(rules, base, without)) resting.add(fact);
  return [...rules.ruleSet.vocabulary.facts.values()]
    .filter(({ name }) => isAssumed(name) && resting.has(name))
    .map(({ name, label }) => ({ name, label, value: values.get(name) }));
}

/** The facts of the decisive comparisons of rules that cannot be told without the assumptions. */
function* restingOn(rules: Rules, base: SectionResults, without: SectionResults): Iterable<string> {
  const known = knownTruths(rules, base);
  for (const { section, truths } of Object.values(base.sections)) {
    if (section === 'contradictions' || section === 'assumptions') continue;
    for (const [place, truth] of truths.entries()) {
      const other = without.sections[section].truths[place];
      const compiled = rules.sections[section].rules[place];
      if (other === undefined || other === truth || !compiled) continue;
      for (const index of decisiveIndexes(rules, compiled, known)) yield* leafAt(rules, index).facts;
    }
  }
}
