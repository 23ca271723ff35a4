/**
 * What json-rules-engine has to be taught to run exported rules: published as `hosho/json-rules-engine-operators`.
 *
 * Facts are given under the names of the vocabulary: instants as epoch milliseconds, sets as arrays. A fact that is known
 * not to exist is left out (a set is empty), so the engine needs `allowUndefinedFacts`.
 */
import type { Engine } from 'json-rules-engine';
import type { Operator } from '../../../rulebook/operators.ts';
import { type Conclusions, NONE, UNKNOWN, type Value } from '../../facts/values.ts';
import { type KnownValue, type KnownWanted, readingsOf, testOf } from '../operators.ts';

export { UNKNOWN };

/** The operators that the library does not have. */
const OURS: readonly Operator[] = [
  'includesText',
  'containsAll',
  'containsAny',
  'subsetOf',
  'countGreaterThan',
  'isPresent',
];

/** All that a plain engine needs for a case in which every fact is known. */
export function addOperators(engine: Engine): void {
  for (const operator of OURS) {
    const test = testOf(operator);
    engine.addOperator(operator, (left: unknown, right: KnownWanted) => test(right)(fromLibrary(left)));
  }
}

/**
 * `known:equal`: as `equal`, but only where both sides are known (`UNKNOWN` stands for a fact that is not), and where the left
 * side is an open conclusion, only if it holds whatever that turns out to be.
 */
export function addKnown(engine: Engine): void {
  engine.addOperatorDecorator(
    'known',
    (left: unknown, right: unknown, next: (left: unknown, right: unknown) => boolean) => {
      if (left === UNKNOWN || right === UNKNOWN) return false;
      if (!isOpen(left)) return next(left, right);
      return readingsOf(left).every((reading) => next(toLibrary(reading), right));
    },
  );
}

const isOpen = (value: unknown): value is Conclusions =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'conclusions';

/** A value as the library's operators take it. */
export function toLibrary(value: Value): unknown {
  if (value === NONE) return undefined;
  return value instanceof Set ? [...value] : value;
}

function fromLibrary(value: unknown): KnownValue {
  if (Array.isArray(value)) return new Set(value.map(String));
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : NONE;
}
