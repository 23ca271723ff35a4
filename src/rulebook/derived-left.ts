/**
 * A derived number on the left of a comparison, `numbers.total: 1000以上`: turned over, so that one of its facts stands there alone and
 * the rest is worked out on the right. All that is known of comparisons is then known of it.
 *
 *     total = paid + fee       total ≥ 1000       paid ≥ 1000 − fee
 *     left = price − paid      left < 500         paid > price − 500
 */
import { directionsOf, isWhole } from './expressions.ts';
import type { Operator } from './operators.ts';
import type { Expression } from './rule-set.ts';
import type { Vocabulary } from './vocabulary.ts';

/** `numbers.total` */
export const DERIVED = /^numbers\.([A-Za-z0-9][A-Za-z0-9._-]*)$/;

interface Term {
  isTaken: boolean;
  of: Expression;
}

const TURNED: Partial<Record<Operator, Operator>> = {
  lessThan: 'greaterThan',
  lessThanInclusive: 'greaterThanInclusive',
  greaterThan: 'lessThan',
  greaterThanInclusive: 'lessThanInclusive',
};

export interface Turned {
  fact: string;
  operator: Operator;
  expression: Expression;
}

/**
 * `wanted`: what the number is compared with. null where no fact can stand alone: the number is no sum or difference of whole numbers, or
 * each of its facts stands in it twice, or may be absent and then counts as 0 (on the left it would be like no number).
 */
export function turnedOver(
  number: Expression,
  operator: Operator,
  wanted: Expression,
  { facts }: Pick<Vocabulary, 'facts'>,
): Turned | null {
  const terms = termsOf(number, false);
  if (!terms.every(({ of }) => isWhole(of)) || !isWhole(wanted)) return null;
  const alone = terms.find(({ of }) => {
    if (of.kind !== 'fact' || facts.get(of.fact)?.absent.kind === 'none') return false;
    const others = [...terms.filter((term) => term.of !== of).map((term) => term.of), wanted];
    return others.every((other) => !directionsOf(other).has(of.fact));
  });
  if (alone?.of.kind !== 'fact') return null;
  const rest = terms.filter((term) => term !== alone);
  const [added, taken] = [false, true].map((isTaken) =>
    rest.filter((term) => term.isTaken === isTaken).map(({ of }) => of),
  );
  const { fact } = alone.of;
  // total = fact + added − taken: fact is wanted + taken − added. total = added − fact − taken: added − taken − wanted.
  return alone.isTaken
    ? {
        fact,
        operator: TURNED[operator] ?? operator,
        expression: lessAll(added ?? [], [...(taken ?? []), wanted]),
      }
    : { fact, operator, expression: lessAll([wanted, ...(taken ?? [])], added ?? []) };
}

function termsOf(expression: Expression, isTaken: boolean): Term[] {
  switch (expression.kind) {
    case 'number':
      return termsOf(expression.is, isTaken);
    case 'sum':
      return expression.of.flatMap((part) => termsOf(part, isTaken));
    case 'difference':
      return expression.of.flatMap((part, i) => termsOf(part, i > 0 ? !isTaken : isTaken));
    default:
      return [{ isTaken, of: expression }];
  }
}

function lessAll(added: readonly Expression[], taken: readonly Expression[]): Expression {
  const [only, ...others] = added;
  const sum: Expression =
    only === undefined
      ? { kind: 'literal', value: 0 }
      : others.length === 0
        ? only
        : { kind: 'sum', of: [...added] };
  return taken.length === 0 ? sum : { kind: 'difference', of: [sum, ...taken] };
}
