/** Comparisons told from slots mean what `operators.ts` says. */
import { expect, it } from 'vitest';
import { readFacts } from '../../src/engine/facts/read-facts.ts';
import { NONE, resolveOperand, UNKNOWN, withFact } from '../../src/engine/facts/values.ts';
import { truthOf } from '../../src/engine/judge/operators.ts';
import { compile } from '../../src/engine/program.ts';
import { yamaguchi, yamaguchiCases } from './yamaguchi.ts';

const ruleSet = yamaguchi();
const cases = yamaguchiCases();

it('for every comparison of the rule set and every case, each fact also unknown and not existing', () => {
  const { leaves, layout } = compile(ruleSet);
  let compared = 0;
  for (const { facts, asOf } of cases) {
    const read = readFacts(ruleSet.vocabulary, facts, Date.parse(asOf)).facts;
    if (!read) throw new Error('bad facts');
    for (const { leaf, comparison } of leaves) {
      if (!comparison) continue;
      const slot = layout.slotOf(leaf.fact);
      for (const slots of [
        read.slots,
        withFact(read.slots, slot, UNKNOWN),
        withFact(read.slots, slot, NONE),
      ]) {
        const right = resolveOperand(leaf.operand, layout.valuesOf(slots), ruleSet);
        expect(comparison.truth(slots), JSON.stringify(leaf)).toBe(
          truthOf(leaf.operator, slots[slot] ?? NONE, right),
        );
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThan(10_000);
});
