/** What rule sets make of the facts: which they read, and what they compare them with. */
import { factsOf, factsOfDeadline, factsOfExpression } from '../../engine/facts/values.ts';
import { AS_OF } from '../../rulebook/basics.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { remembered } from '../remembered.ts';
import { comparisons } from '../rule-set-parts.ts';

export interface FactUsage {
  /** Ids and texts that the fact is compared with as a whole, in the order met. */
  literals: Set<string>;
  /** Texts that are looked for inside it. */
  parts: Set<string>;
}

/** By fact; a fact that is not there makes no difference to anything. */
export function factUsage(ruleSets: readonly RuleSet[]): Map<string, FactUsage> {
  const uses = new Map<string, FactUsage>([[AS_OF, { literals: new Set(), parts: new Set() }]]);
  const useOf = (fact: string): FactUsage =>
    remembered(uses, fact, () => ({ literals: new Set(), parts: new Set() }));
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
