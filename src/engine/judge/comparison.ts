/** A comparison of a fact, made ready to be told from the slots of a case. What it means is said in `operators.ts`. */
import type { Leaf, RuleSet } from '../../rulebook/rule-set.ts';
import type { Layout, Slots } from '../facts/slots.ts';
import { factsOf, NONE, resolveOperand, UNKNOWN, type Wanted } from '../facts/values.ts';
import { type Truth, testOf, truthByTest } from './operators.ts';

export interface Comparison {
  /** The right-hand side, for this case. */
  wanted(slots: Slots): Wanted;
  truth(slots: Slots): Truth;
}

export function compileComparison(leaf: Leaf, ruleSet: RuleSet, layout: Layout): Comparison {
  const resolve = (slots: Slots): Wanted => resolveOperand(leaf.operand, layout.valuesOf(slots), ruleSet);
  const isConstant = factsOf(leaf.operand, ruleSet.deadlines).length === 0;
  const constant = isConstant ? resolve([]) : UNKNOWN;
  const wanted = isConstant ? () => constant : resolve;
  const slot = layout.slotOf(leaf.fact);
  const test = testOf(leaf.operator);
  return {
    wanted,
    truth: (slots) => truthByTest(test, slots[slot] ?? NONE, wanted(slots)),
  };
}
