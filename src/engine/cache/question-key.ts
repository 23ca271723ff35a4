/** What the questions of a case depend on. */
import type { CaseFacts } from '../facts/read-facts.ts';
import { UNKNOWN } from '../facts/values.ts';
import { ofSection, type Rules } from '../judge/rules.ts';
import { tellingSections } from '../unknowns/told.ts';
import { compileOrderOfBounds } from './decision-key.ts';

/**
 * Two cases with the same key are asked the same. Beside what decides them, what to ask depends on what an assumed fact could be
 * instead: where the facts lie that it is compared with.
 */
export function compileQuestionKey(
  rules: Rules,
  decisionKey: (facts: CaseFacts) => string,
): (facts: CaseFacts) => string {
  const { layout, ruleSet } = rules;
  const mayBeAssumed = (fact: string): boolean =>
    ruleSet.vocabulary.facts.get(fact)?.absent.kind !== 'unknown';
  const read = new Set(
    tellingSections(ruleSet).flatMap(({ name }) => ofSection(rules.sections, name).leaves),
  );
  const leaves = rules.leaves.filter((leaf, index) => read.has(index) && leaf.isMixed);
  const compared = [...new Set(leaves.flatMap(({ facts }) => facts))].filter(mayBeAssumed);
  const orderOfBounds = compileOrderOfBounds(rules);

  return (facts) => {
    const assumed = compared.filter(facts.isAssumed);
    const slots = facts.slots.slice();
    for (const fact of assumed) slots[layout.slotOf(fact)] = UNKNOWN;
    const open = leaves.filter(
      ({ comparison, facts: compares }) =>
        compares.some((fact) => assumed.includes(fact)) && comparison?.truth(slots) === 'unknown',
    );
    const codes: number[] = [];
    const bounds = orderOfBounds(slots, open, codes);
    const key = `${decisionKey(facts)}?${String.fromCharCode(...codes)}${bounds}`;
    return facts.cannotTell.length === 0 ? key : `${key}!${facts.cannotTell.join()}`;
  };
}
