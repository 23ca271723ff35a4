/** What expressions come to for the facts of a case. */
import type { Expression } from '../../rulebook/rule-set.ts';
import {
  countOf,
  decimalRatio,
  greater,
  lesser,
  minus,
  multiply,
  plus,
  type Ratio,
  toWhole,
  wholeRatio,
} from './ratio.ts';

/** The number that a fact is, 0 where there is no such thing; null where it is not known. */
export type FactNumber = (fact: string) => number | null;

/** A whole number, rounded down if need be; infinite where it cannot be held exactly; null where a fact is not known. */
export function numberOf(expression: Expression, factNumber: FactNumber): number | null {
  const known = plainly(expression, factNumber);
  // Fractions, and what is too large on the way, take many times as long.
  if (!Number.isNaN(known)) return known;
  const ratio = exactly(expression, factNumber);
  return ratio && toWhole(ratio);
}

/** By numbers alone, which is most of what there is. NaN where that is not exact. */
function plainly(expression: Expression, factNumber: FactNumber): number | null {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'fact':
      return factNumber(expression.fact);
    case 'number':
      return plainly(expression.is, factNumber);
    case 'sum':
    case 'difference':
    case 'product':
    case 'lesserOf':
    case 'greaterOf': {
      let whole: number | null = null;
      for (const part of expression.of) {
        const value = plainly(part, factNumber);
        if (value === null) return null;
        whole = whole === null ? value : JOINED[expression.kind](whole, value);
        if (!Number.isSafeInteger(whole)) whole = Number.NaN;
      }
      return whole;
    }
    default:
      return Number.NaN;
  }
}

const JOINED = {
  sum: (a: number, b: number): number => a + b,
  difference: (a: number, b: number): number => a - b,
  // 0 and not -0.
  product: (a: number, b: number): number => a * b + 0,
  lesserOf: Math.min,
  greaterOf: Math.max,
};
const JOINED_EXACTLY = {
  sum: plus,
  difference: minus,
  product: multiply,
  lesserOf: lesser,
  greaterOf: greater,
};

function exactly(expression: Expression, factNumber: FactNumber): Ratio | null {
  const inner = (part: Expression): Ratio | null => exactly(part, factNumber);
  switch (expression.kind) {
    case 'literal':
      return wholeRatio(expression.value);
    case 'fact': {
      const value = factNumber(expression.fact);
      return value === null ? null : wholeRatio(value);
    }
    case 'number':
      return inner(expression.is);
    case 'percent': {
      const of = inner(expression.of);
      const { numerator, denominator } = decimalRatio(expression.percent);
      return of && multiply(of, { numerator, denominator: denominator * 100n });
    }
    case 'share': {
      const [of, times] = [inner(expression.of), inner(expression.times)];
      return (
        of &&
        times &&
        multiply(multiply(of, times), { numerator: 1n, denominator: BigInt(expression.dividedBy) })
      );
    }
    case 'bounded': {
      const of = inner(expression.of);
      const atLeast = expression.atLeast === null ? of : inner(expression.atLeast);
      const atMost = expression.atMost === null ? null : inner(expression.atMost);
      if (!of || !atLeast || (expression.atMost !== null && !atMost)) return null;
      const raised = greater(of, atLeast);
      return atMost ? lesser(raised, atMost) : raised;
    }
    case 'roundDown':
    case 'roundUp':
    case 'roundHalfUp': {
      const of = inner(expression.of);
      const to = BigInt(expression.to);
      return of && { numerator: countOf(of, to, expression.kind) * to, denominator: 1n };
    }
    default: {
      const { kind } = expression;
      let joined: Ratio | null = null;
      for (const part of expression.of) {
        const value = inner(part);
        if (value === null) return null;
        joined = joined === null ? value : JOINED_EXACTLY[kind](joined, value);
      }
      return joined;
    }
  }
}
