/**
 * Comparisons made ready to be told from the slots of a case. What they mean is in `operators.ts`; what is special here
 * is only how it is reached, and a test holds the two together.
 */
import type { Expression, Leaf, Operand, RuleSet } from '../rulebook/rule-set.ts';
import { instantTest, type Truth, truthOf } from './operators.ts';
import type { Layout, Slots } from './slots.ts';
import {
  factsOf,
  NONE,
  resolveExpression,
  resolveOperand,
  UNKNOWN,
  type Value,
  type Wanted,
} from './values.ts';

type Wants = (slots: Slots) => Wanted;

export interface Comparison {
  /** The right-hand side, for this case. */
  wanted: Wants;
  truth(slots: Slots): Truth;
}

export function compileComparison(leaf: Leaf, ruleSet: RuleSet, layout: Layout): Comparison {
  const { operator } = leaf;
  const facts = factsOf(leaf.operand, ruleSet.deadlines);
  const wanted = compileOperand(leaf.operand, facts, ruleSet, layout);
  const slot = layout.slotOf(leaf.fact);
  const quick =
    leaf.operand.kind === 'instant'
      ? withInstant(operator, slot, layout.slotOf(leaf.operand.fact))
      : facts.length === 0
        ? withConstant(leaf, slot, wanted([]))
        : null;
  return { wanted, truth: quick ?? ((slots) => truthOf(operator, slots[slot] ?? NONE, wanted(slots))) };
}

/** The comparisons that rule files are full of. The others take the general way. */
function withConstant({ operator }: Leaf, slot: number, right: Wanted): Comparison['truth'] | null {
  const compare = (test: (left: Value | undefined) => boolean): Comparison['truth'] => {
    return (slots) => {
      const left = slots[slot];
      return left === UNKNOWN ? 'unknown' : test(left) ? 'true' : 'false';
    };
  };
  if (operator === 'equal' && typeof right !== 'object') return compare((left) => left === right);
  if (operator === 'in' && Array.isArray(right)) {
    const items: ReadonlySet<unknown> = new Set(right);
    return compare((left) => items.has(left));
  }
  if (typeof right !== 'object' || !('start' in right)) return null;
  const { start, end } = right;
  const test = instantTest(operator);
  return test ? compare((left) => typeof left === 'number' && test(left, start, end)) : null;
}

/** The comparisons between two instants of the case, without making an interval of one. */
function withInstant(
  operator: Leaf['operator'],
  slot: number,
  otherSlot: number,
): Comparison['truth'] | null {
  const test = instantTest(operator);
  if (!test) return null;
  return (slots) => {
    const [left, right] = [slots[slot], slots[otherSlot]];
    if (typeof left === 'number' && typeof right === 'number') {
      return test(left, right, right + 1) ? 'true' : 'false';
    }
    return left === UNKNOWN || right === UNKNOWN ? 'unknown' : 'false';
  };
}

const VALUES_KEPT = 10_000;

type Count = (slots: Slots) => number | typeof UNKNOWN;

/** `resolveExpression` from slots. */
function compileExpression(expression: Expression, layout: Layout): Count {
  switch (expression.kind) {
    case 'literal':
      return () => expression.value;
    case 'fact': {
      const slot = layout.slotOf(expression.fact);
      return (slots) => {
        const value = slots[slot];
        return typeof value === 'number' ? value : value === NONE ? 0 : UNKNOWN;
      };
    }
    case 'sum': {
      const parts = expression.of.map((part) => compileExpression(part, layout));
      return (slots) => {
        let sum = 0;
        for (const part of parts) {
          const value = part(slots);
          if (value === UNKNOWN) return UNKNOWN;
          sum += value;
        }
        return sum;
      };
    }
    default:
      return (slots) => resolveExpression(expression, layout.valuesOf(slots));
  }
}

function compileOperand(operand: Operand, facts: string[], ruleSet: RuleSet, layout: Layout): Wants {
  const resolve: Wants = (slots) => resolveOperand(operand, layout.valuesOf(slots), ruleSet);
  const [fact] = facts;
  if (operand.kind === 'expression') return compileExpression(operand.expression, layout);
  if (fact === undefined) {
    const constant = resolve([]);
    return () => constant;
  }
  if (operand.kind !== 'deadline' || facts.length > 1) return resolve;
  // Counting days in a time zone is slow, and few different days occur.
  const slot = layout.slotOf(fact);
  const known = new Map<Value | undefined, Wanted>();
  return (slots) => {
    const before = known.get(slots[slot]);
    if (before !== undefined) return before;
    const interval = resolve(slots);
    if (known.size >= VALUES_KEPT) known.clear();
    known.set(slots[slot], interval);
    return interval;
  };
}
