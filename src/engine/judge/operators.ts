import type { Interval } from '../../rulebook/basics.ts';
import type { Operator } from '../../rulebook/operators.ts';
import { type Conclusions, isConclusions, NONE, UNKNOWN, type Value, type Wanted } from '../facts/values.ts';

/** Three-valued (Kleene): a comparison holds, fails, or cannot be told. */
export type Truth = 'true' | 'false' | 'unknown';

/** A left side and a right side that are known; either may be known not to exist. */
export type KnownValue = Exclude<Value, Conclusions | typeof UNKNOWN>;
export type KnownWanted = Exclude<Wanted, typeof UNKNOWN>;
type Test = (left: KnownValue, right: KnownWanted) => boolean;

/** Does the comparison hold? Unknown where either side is; of an open conclusion, where it depends on what that turns out to be. */
export const truthOf = (operator: Operator, left: Value, right: Wanted): Truth =>
  truthBy(TESTS[operator], left, right);

export function truthBy(test: Test, left: Value, right: Wanted): Truth {
  if (left === UNKNOWN || right === UNKNOWN) return 'unknown';
  if (!isConclusions(left)) return test(left, right) ? 'true' : 'false';
  const truths = new Set(readingsOf(left).map((reading) => test(reading, right)));
  if (truths.size > 1) return 'unknown';
  return truths.has(true) ? 'true' : 'false';
}

/**
 * What open conclusions may turn out to be. Of a state: any of those possible, or that there is none. Of categories and
 * remedies: anything between what is certain and what is possible; every operator on sets that turns as the set grows
 * turns once, so the two ends are enough.
 */
export function readingsOf({ must, may, single }: Conclusions): KnownValue[] {
  if (!single) return [must, may];
  return may.size === 0 ? [NONE] : [...may];
}

const EMPTY: ReadonlySet<string> = new Set();
const isInterval = (right: KnownWanted): right is Interval => typeof right === 'object' && 'start' in right;
const listOf = (right: KnownWanted): readonly unknown[] =>
  typeof right === 'object' && !isInterval(right) ? right : [];

const ofNumbers =
  (test: (left: number, right: number) => boolean): Test =>
  (left, right) =>
    typeof left === 'number' && typeof right === 'number' && test(left, right);

/** A deadline is the interval of its last day or minute (or from its first to its last): half-open. */
const ofInstants =
  (test: (left: number, right: Interval) => boolean): Test =>
  (left, right) =>
    typeof left === 'number' && isInterval(right) && test(left, right);

/** A set that does not exist is empty. */
const ofSets =
  (test: (left: ReadonlySet<unknown>, right: readonly unknown[]) => boolean): Test =>
  (left, right) => {
    const list = typeof right === 'string' ? [right] : listOf(right);
    return left instanceof Set ? test(left, list) : left === NONE && test(EMPTY, list);
  };

const not =
  (test: Test): Test =>
  (left, right) =>
    !test(left, right);

const isEqual: Test = (left, right) => left === right && left !== NONE;
const isIn: Test = (left, right) => listOf(right).includes(left);
const isPresent = (left: KnownValue): boolean => left !== NONE && !(left instanceof Set && left.size === 0);

/** What every operator means of known values. What does not exist only differs from everything. */
export const TESTS: Record<Operator, Test> = {
  equal: isEqual,
  notEqual: not(isEqual),
  in: isIn,
  notIn: not(isIn),
  includesText: (left, right) =>
    typeof left === 'string' && typeof right === 'string' && left.includes(right),
  lessThan: ofNumbers((left, right) => left < right),
  lessThanInclusive: ofNumbers((left, right) => left <= right),
  greaterThan: ofNumbers((left, right) => left > right),
  greaterThanInclusive: ofNumbers((left, right) => left >= right),
  before: ofInstants((left, { start }) => left < start),
  onOrBefore: ofInstants((left, { end }) => left < end),
  after: ofInstants((left, { end }) => left >= end),
  onOrAfter: ofInstants((left, { start }) => left >= start),
  sameInstant: ofInstants((left, { start, end }) => start <= left && left < end),
  contains: ofSets((left, ids) => ids.every((id) => left.has(id))),
  doesNotContain: ofSets((left, ids) => !ids.some((id) => left.has(id))),
  containsAll: ofSets((left, ids) => ids.every((id) => left.has(id))),
  containsAny: ofSets((left, ids) => ids.some((id) => left.has(id))),
  subsetOf: ofSets((left, ids) => [...left].every((id) => ids.includes(id))),
  countGreaterThan: (left, right) => {
    const size = left instanceof Set ? left.size : left === NONE ? 0 : -1;
    return typeof right === 'number' && size > right;
  },
  isPresent: (left, right) => isPresent(left) === right,
};
