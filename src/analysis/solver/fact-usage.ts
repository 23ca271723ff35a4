/** What rule sets make of the facts: which they read, and what they compare them with. */
import { factsOf, factsOfDeadline, factsOfExpression } from '../../engine/facts/values.ts';
import { AS_OF } from '../../rulebook/basics.ts';
import { leavesOf } from '../../rulebook/references.ts';
import type { Leaf, RuleSet } from '../../rulebook/rule-set.ts';

export interface FactUsage {
  /** Ids and texts that the fact is compared with as a whole, in the order met. */
  literals: Set<string>;
  /** Texts that are looked for inside it. */
  parts: Set<string>;
}

/** Every comparison of the rule set, of conditions that no rule uses too. */
export const comparisons = (ruleSet: RuleSet): Leaf[] => [
  ...ruleSet.rules.flatMap((rule) => leavesOf(rule.when, ruleSet)),
  ...[...ruleSet.conditions.values()].flatMap(({ condition }) => leavesOf(condition, ruleSet)),
];

/** By fact; a fact that is not there makes no difference to anything. */
export function factUsage(ruleSets: readonly RuleSet[]): Map<string, FactUsage> {
  const uses = new Map<string, FactUsage>([[AS_OF, { literals: new Set(), parts: new Set() }]]);
  const useOf = (fact: string): FactUsage => {
    const use = uses.get(fact) ?? { literals: new Set(), parts: new Set() };
    uses.set(fact, use);
    return use;
  };
  for (const ruleSet of ruleSets) {
    for (const { source, fact, operator, operand } of comparisons(ruleSet)) {
      for (const other of factsOf(operand, ruleSet.deadlines)) useOf(other);
      if (source === 'conclusion') continue;
      const use = useOf(fact);
      if (operand.kind !== 'literal') continue;
      const texts = [operand.value].flat().filter((value) => typeof value === 'string');
      for (const text of texts) (operator === 'includesText' ? use.parts : use.literals).add(text);
    }
    for (const id of ruleSet.deadlines.keys())
      for (const fact of factsOfDeadline(id, ruleSet.deadlines)) useOf(fact);
    for (const { amount, information } of ruleSet.rules) {
      if (amount?.yen) for (const fact of factsOfExpression(amount.yen)) useOf(fact);
      for (const { list, missingFrom } of information) {
        if (missingFrom === null) continue;
        const { literals } = useOf(missingFrom);
        for (const { id } of ruleSet.lists.get(list)?.items ?? []) literals.add(id);
      }
    }
  }
  return uses;
}
