/** Exact fractions: no step of a calculation in yen is rounded that the rule file does not round. */
import type { Rounding } from '../../rulebook/rule-set.ts';

/** `denominator` is positive; not in lowest terms. */
export interface Ratio {
  numerator: bigint;
  denominator: bigint;
}

export const wholeRatio = (value: number): Ratio => ({ numerator: BigInt(value), denominator: 1n });

/** The decimal number that is written so: 0.57 is 57/100, which it is not as a binary fraction. 0 or more, finite. */
export function decimalRatio(value: number): Ratio {
  const [digits = '', exponent = '0'] = String(value).split('e');
  const [whole = '', decimals = ''] = digits.split('.');
  const numerator = BigInt(whole + decimals);
  const places = decimals.length - Number(exponent);
  return places >= 0
    ? { numerator, denominator: 10n ** BigInt(places) }
    : { numerator: numerator * 10n ** BigInt(-places), denominator: 1n };
}

export function plus(a: Ratio, b: Ratio): Ratio {
  if (a.denominator === b.denominator)
    return { numerator: a.numerator + b.numerator, denominator: a.denominator };
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

export const minus = (a: Ratio, { numerator, denominator }: Ratio): Ratio =>
  plus(a, { numerator: -numerator, denominator });

export const multiply = (a: Ratio, b: Ratio): Ratio => ({
  numerator: a.numerator * b.numerator,
  denominator: a.denominator * b.denominator,
});

export const isLess = (a: Ratio, b: Ratio): boolean =>
  a.numerator * b.denominator < b.numerator * a.denominator;
export const lesser = (a: Ratio, b: Ratio): Ratio => (isLess(b, a) ? b : a);
export const greater = (a: Ratio, b: Ratio): Ratio => (isLess(a, b) ? b : a);

/** The whole numbers of `to` in it. Below 0 as above: down is towards 0, and a half is away from it. */
export function countOf({ numerator, denominator }: Ratio, to: bigint, how: Rounding): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const unit = denominator * to;
  const count =
    how === 'roundDown'
      ? size / unit
      : how === 'roundUp'
        ? (size + unit - 1n) / unit
        : (2n * size + unit) / (2n * unit);
  return numerator < 0n ? -count : count;
}

/** Rounded down to a whole number; infinite where it is beyond what numbers hold exactly. */
export function toWhole(ratio: Ratio): number {
  const whole = countOf(ratio, 1n, 'roundDown');
  if (whole > MOST) return Number.POSITIVE_INFINITY;
  return whole < -MOST ? Number.NEGATIVE_INFINITY : Number(whole);
}
const MOST = BigInt(Number.MAX_SAFE_INTEGER);
