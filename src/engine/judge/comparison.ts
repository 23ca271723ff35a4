/** A comparison of a fact, made ready to be told from the slots of a case. What it means is said in `operators.ts`. */
import type { Leaf, Operand, RuleSet } from '../../rulebook/rule-set.ts';
import type { Layout, Slots } from '../facts/slots.ts';
import { factsOf, instantInterval, NONE, resolveOperand, UNKNOWN, type Wanted } from '../facts/values.ts';
import { type Truth, testOf, truthOf, truthWhere } from './operators.ts';

export interface Comparison {
  /** The right-hand side, for this case. */
  wanted(slots: Slots): Wanted;
  truth(slots: Slots): Truth;
}

export function compileComparison(leaf: Leaf, ruleSet: RuleSet, layout: Layout): Comparison {
  const resolve = compileOperand(leaf.operand, ruleSet, layout);
  const isConstant = factsOf(leaf.operand, ruleSet.deadlines).length === 0;
  const slot = layout.slotOf(leaf.fact);
  const { operator } = leaf;
  if (!isConstant)
    return { wanted: resolve, truth: (slots) => truthOf(operator, slots[slot] ?? NONE, resolve(slots)) };
  const constant = resolve([]);
  if (constant === UNKNOWN) throw new Error(`${leaf.fact}: what a rule file says is known`);
  const holds = testOf(operator)(constant);
  return { wanted: () => constant, truth: (slots) => truthWhere(holds, slots[slot] ?? NONE) };
}

function compileOperand(operand: Operand, ruleSet: RuleSet, layout: Layout): (slots: Slots) => Wanted {
  if (operand.kind !== 'instant') return (slots) => resolveOperand(operand, layout.valuesOf(slots), ruleSet);
  // Most comparisons between facts are of two instants.
  const slot = layout.slotOf(operand.fact);
  return (slots) => instantInterval(slots[slot]);
}
