/** Amounts and other numbers as terms. The solver knows whole numbers alone: a fraction is one of them over a constant. */
import { countOf, decimalRatio } from '../../engine/facts/ratio.ts';
import { isNeverNegative } from '../../rulebook/expressions.ts';
import type { Expression, Rounding } from '../../rulebook/rule-set.ts';
import { remembered } from '../remembered.ts';
import { numberFact, type TranslateOptions } from './operand-terms.ts';
import { atMost, choose, dividedBy, less, number, plus, product, sum, type Term, times } from './terms.ts';

interface Fraction {
  numerator: Term;
  denominator: bigint;
}

/** Whole yen and counts, each once. What does not exist counts as 0. */
export function amountTerms({ space, assert }: TranslateOptions): (expression: Expression) => Term {
  const known = new Map<Expression, Fraction>();
  const whole = new Map<Expression, Term>();
  return (expression) =>
    remembered(whole, expression, () => {
      const term = multiples(fraction(expression), 1, 'roundDown', isNeverNegative(expression));
      // Beyond this the engine has no number: such amounts are no cases.
      if (expression.kind !== 'literal' && expression.kind !== 'fact' && expression.kind !== 'lesserOf') {
        assert(atMost(term, MOST));
        if (!isNeverNegative(expression)) assert(atMost(times(MOST, -1), term));
      }
      return term;
    });

  function fraction(expression: Expression): Fraction {
    return remembered(known, expression, () => written(expression));
  }

  function written(expression: Expression): Fraction {
    switch (expression.kind) {
      case 'literal':
        return over(number(expression.value));
      case 'fact': {
        const { isNone, value } = numberFact(space, expression.fact);
        return over(choose(isNone, number(0), value));
      }
      case 'number':
        return fraction(expression.is);
      case 'sum':
        return added(expression.of.map(fraction));
      case 'difference': {
        const [first = over(number(0)), ...others] = expression.of.map(fraction);
        return added([first, ...others.map((part) => scaled(part, -1n, 1n))]);
      }
      case 'product':
        return expression.of.map(fraction).reduce(multiplied);
      case 'lesserOf':
        return expression.of.map(fraction).reduce(lesserOf);
      case 'greaterOf':
        return expression.of.map(fraction).reduce(greaterOf);
      case 'percent': {
        const { numerator, denominator } = decimalRatio(expression.percent);
        return scaled(fraction(expression.of), numerator, denominator * 100n);
      }
      case 'share': {
        const { of, times, dividedBy } = expression;
        return scaled(multiplied(fraction(of), fraction(times)), 1n, BigInt(dividedBy));
      }
      case 'bounded': {
        const { of, atLeast, atMost } = expression;
        const raised = atLeast ? greaterOf(fraction(of), fraction(atLeast)) : fraction(of);
        return atMost ? lesserOf(raised, fraction(atMost)) : raised;
      }
      case 'roundDown':
      case 'roundUp':
      case 'roundHalfUp': {
        const { of, to, kind } = expression;
        return over(scaledTerm(multiples(fraction(of), to, kind, isNeverNegative(of)), BigInt(to)));
      }
    }
  }
}

const MOST = number(Number.MAX_SAFE_INTEGER);
const over = (numerator: Term, denominator = 1n): Fraction => ({ numerator, denominator });

function scaledTerm(term: Term, by: bigint): Term {
  if (by === 1n) return term;
  return term.kind === 'number' ? number(term.value * by) : times(term, by);
}

function scaled({ numerator, denominator }: Fraction, by: bigint, over_: bigint): Fraction {
  const divisor = gcd(by < 0n ? -by : by, over_);
  return over(scaledTerm(numerator, by / divisor), denominator * (over_ / divisor));
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** Over one denominator. */
function alike(fractions: readonly Fraction[]): { numerators: Term[]; denominator: bigint } {
  const denominator = fractions.reduce((all, one) => (all / gcd(all, one.denominator)) * one.denominator, 1n);
  const numerators = fractions.map((one) => scaledTerm(one.numerator, denominator / one.denominator));
  return { numerators, denominator };
}

function added(fractions: readonly Fraction[]): Fraction {
  const { numerators, denominator } = alike(fractions);
  return over(sum(numerators), denominator);
}

const multiplied = (a: Fraction, b: Fraction): Fraction =>
  over(product(a.numerator, b.numerator), a.denominator * b.denominator);

function chosen(a: Fraction, b: Fraction, isFirst: (a: Term, b: Term) => Term): Fraction {
  const { numerators, denominator } = alike([a, b]);
  const [first = a.numerator, second = b.numerator] = numerators;
  return over(choose(isFirst(first, second), first, second), denominator);
}
const lesserOf = (a: Fraction, b: Fraction): Fraction => chosen(a, b, (x, y) => atMost(x, y));
const greaterOf = (a: Fraction, b: Fraction): Fraction => chosen(a, b, (x, y) => atMost(y, x));

/** The whole numbers of `to` in it, as `countOf` counts them. */
function multiples(fraction: Fraction, to: number, how: Rounding, isNeverNegative: boolean): Term {
  const { numerator, denominator } = fraction;
  const unit = denominator * BigInt(to);
  if (unit === 1n) return numerator;
  if (numerator.kind === 'number')
    return number(countOf({ numerator: numerator.value, denominator }, BigInt(to), how));
  // Halves are counted whole.
  const up = (size: Term): Term =>
    how === 'roundDown'
      ? dividedBy(size, unit)
      : how === 'roundUp'
        ? dividedBy(plus(size, unit - 1n), unit)
        : dividedBy(plus(times(size, 2), unit), 2n * unit);
  if (isNeverNegative) return up(numerator);
  return choose(less(numerator, number(0)), times(up(times(numerator, -1)), -1), up(numerator));
}
