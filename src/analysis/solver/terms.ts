/**
 * What a solver is asked: terms over Boolean and integer variables. Equal terms are one object, whichever rule or rule set
 * they come from, and junctions of nothing or of one part are not built.
 */
import { remembered } from '../remembered.ts';

type Shape =
  | { kind: 'truth'; value: boolean }
  | { kind: 'number'; value: bigint }
  | { kind: 'boolean' | 'integer'; name: string }
  | { kind: 'not'; of: Term }
  | { kind: 'and' | 'or' | 'sum'; of: readonly Term[] }
  | { kind: 'same' | 'equal' | 'less'; left: Term; right: Term }
  | { kind: 'times' | 'dividedBy'; of: Term; number: bigint }
  | { kind: 'product'; left: Term; right: Term }
  | { kind: 'choose'; condition: Term; then: Term; otherwise: Term };
export type Term = Shape & { readonly id: number };

const known = new Map<string, Term>();
/** Forgetting only costs speed: a term made again is another object with the same meaning. */
const MOST_KNOWN = 500_000;
let made = 0;

function term(key: string, shape: Shape): Term {
  if (known.size >= MOST_KNOWN) known.clear();
  return remembered(known, key, () => ({ ...shape, id: made++ }));
}

const truth = (value: boolean): Term => ({ kind: 'truth', value, id: made++ });
export const TRUE = truth(true);
export const FALSE = truth(false);
export const booleanVariable = (name: string): Term => term(`b ${name}`, { kind: 'boolean', name });
export const integerVariable = (name: string): Term => term(`i ${name}`, { kind: 'integer', name });
export const number = (value: number | bigint): Term =>
  term(`n ${value}`, { kind: 'number', value: BigInt(value) });

export function not(of: Term): Term {
  if (of.kind === 'not') return of.of;
  if (of.kind === 'truth') return of.value ? FALSE : TRUE;
  return term(`not ${of.id}`, { kind: 'not', of });
}

export const and = (terms: Iterable<Term>): Term => junction('and', terms, TRUE, FALSE);
export const or = (terms: Iterable<Term>): Term => junction('or', terms, FALSE, TRUE);

function junction(kind: 'and' | 'or', terms: Iterable<Term>, neutral: Term, decisive: Term): Term {
  // In one order, so that a reordered junction is the same term.
  const parts = new Set([...terms].sort((a, b) => a.id - b.id));
  parts.delete(neutral);
  if (parts.has(decisive)) return decisive;
  for (const part of parts) if (part.kind === 'not' && parts.has(part.of)) return decisive;
  const [only = neutral, ...others] = parts;
  return others.length === 0 ? only : term(`${kind} ${ids(parts)}`, { kind, of: [...parts] });
}

const ids = (terms: Iterable<Term>): string => Array.from(terms, ({ id }) => id).join(' ');

export const implies = (condition: Term, consequence: Term): Term => or([not(condition), consequence]);

/** Of Booleans. */
export const same = (left: Term, right: Term): Term =>
  left === right ? TRUE : term(`same ${left.id} ${right.id}`, { kind: 'same', left, right });
/** Of integers. */
export const equal = (left: Term, right: Term): Term =>
  left === right ? TRUE : term(`equal ${left.id} ${right.id}`, { kind: 'equal', left, right });

/** Every comparison of integers is built from this one, so that "1 or more" and "more than 0" are one term. */
export function less(left: Term, right: Term): Term {
  if (left === right) return FALSE;
  if (left.kind === 'number' && right.kind === 'number') return left.value < right.value ? TRUE : FALSE;
  if (left.kind === 'number') return not(less(right, number(left.value + 1n)));
  return term(`less ${left.id} ${right.id}`, { kind: 'less', left, right });
}
export const atMost = (a: Term, b: Term): Term => not(less(b, a));
export const within = (from: Term, value: Term, to: Term): Term =>
  and([atMost(from, value), less(value, to)]);

export function sum(terms: readonly Term[]): Term {
  const parts = terms.filter((part) => part !== number(0));
  const [only = number(0), ...others] = parts;
  return others.length === 0 ? only : term(`sum ${ids(parts)}`, { kind: 'sum', of: parts });
}
export const plus = (of: Term, value: number | bigint): Term => sum([of, number(value)]);
export const times = (of: Term, value: number | bigint): Term =>
  term(`times ${of.id} ${value}`, { kind: 'times', of, number: BigInt(value) });
/** Of any two terms: where both are variables, the solver may not come to an end. */
export function product(left: Term, right: Term): Term {
  if (left.kind === 'number') {
    if (left.value === 0n || left.value === 1n) return left.value === 0n ? left : right;
    return right.kind === 'number' ? number(left.value * right.value) : times(right, left.value);
  }
  if (right.kind === 'number') return product(right, left);
  return term(`product ${left.id} ${right.id}`, { kind: 'product', left, right });
}
/** Rounded down. */
export const dividedBy = (of: Term, value: number | bigint): Term =>
  term(`dividedBy ${of.id} ${value}`, { kind: 'dividedBy', of, number: BigInt(value) });

export function choose(condition: Term, then: Term, otherwise: Term): Term {
  if (then === otherwise || condition === TRUE) return then;
  if (condition === FALSE) return otherwise;
  const key = `choose ${condition.id} ${then.id} ${otherwise.id}`;
  return term(key, { kind: 'choose', condition, then, otherwise });
}
/** For counting. */
export const oneIf = (condition: Term): Term => choose(condition, number(1), number(0));
