import type { Rule } from '../rulebook/rule-set.ts';
import type { Decision } from './decision.ts';
import { judge, type Standing } from './judge.ts';
import type { CaseFacts } from './read-facts.ts';
import type { Rules } from './rules.ts';
import type { Settlement } from './settle.ts';
import { factsOfExpression, UNKNOWN } from './values.ts';
import { valueText } from './wording.ts';

/** Facts that were left out and taken to mean something, and on which the answer rests. */
export async function assumedFacts(
  rules: Rules,
  { slots, values, isAssumed }: CaseFacts,
  { base }: Settlement,
  amountRule: Rule | undefined,
): Promise<Decision['assumptions']> {
  const without = await judge(
    rules,
    slots.map((value, slot) => (isAssumed(rules.layout.facts[slot] ?? '') ? UNKNOWN : value)),
  );
  const resting = new Set(amountRule?.amount?.yen ? factsOfExpression(amountRule.amount.yen) : []);
  for (const fact of restingOn(rules, base, without)) resting.add(fact);
  return [...rules.ruleSet.vocabulary.facts.values()]
    .filter(({ name }) => isAssumed(name) && resting.has(name))
    .map(({ name, label }) => ({
      fact: name,
      text: `「${label}」は申告がないため「${valueText(name, values.get(name), rules.ruleSet)}」として判定しました。`,
    }));
}

/** The facts of the conditions that mattered in rules which cannot be told without the assumptions. */
function* restingOn(rules: Rules, base: Standing, without: Standing): Iterable<string> {
  for (const section of Object.values(base.sections)) {
    if (section.section === 'contradictions' || section.section === 'assumptions') continue;
    const others = without.sections[section.section].findings;
    for (const [i, { truth, mattered }] of section.findings.entries()) {
      const other = others[i];
      if (other === undefined || other.truth === truth) continue;
      for (const index of mattered) yield* rules.leaves[index]?.facts ?? [];
    }
  }
}
