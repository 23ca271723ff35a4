import type { Rule } from '../rulebook/rule-set.ts';
import type { Decision } from './decision.ts';
import { judge, type Standing } from './judge.ts';
import type { Program } from './program.ts';
import type { CaseFacts } from './read-facts.ts';
import type { Settlement } from './settle.ts';
import { factsOfExpression, UNKNOWN } from './values.ts';
import { valueText } from './wording.ts';

/** Facts that were left out and taken to mean something, and on which the answer rests. */
export async function assumedFacts(
  program: Program,
  { slots, values, isAssumed }: CaseFacts,
  { base }: Settlement,
  amountRule: Rule | undefined,
): Promise<Decision['assumptions']> {
  const without = await judge(
    program,
    slots.map((value, slot) => (isAssumed(program.layout.facts[slot] ?? '') ? UNKNOWN : value)),
  );
  const resting = new Set(amountRule?.amount?.yen ? factsOfExpression(amountRule.amount.yen) : []);
  for (const fact of restingOn(program, base, without)) resting.add(fact);
  return [...program.ruleSet.vocabulary.facts.values()]
    .filter(({ name }) => isAssumed(name) && resting.has(name))
    .map(({ name, label }) => ({
      fact: name,
      text: `「${label}」は申告がないため「${valueText(name, values.get(name), program.ruleSet)}」として判定しました。`,
    }));
}

/** The facts of the conditions that mattered in rules which cannot be told without the assumptions. */
function* restingOn(program: Program, base: Standing, without: Standing): Iterable<string> {
  for (const section of Object.values(base.sections)) {
    if (section.section === 'contradictions' || section.section === 'assumptions') continue;
    const told = new Map(without.sections[section.section].rules.map((r) => [r.compiled, r.outcome.truth]));
    for (const { compiled, outcome } of section.rules) {
      const stands = told.get(compiled);
      if (stands === undefined || stands === outcome.truth) continue;
      for (const index of outcome.mattered) yield* program.leaves[index]?.facts ?? [];
    }
  }
}
