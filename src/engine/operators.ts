import type { Operator } from '../rulebook/operators.ts';
import { type Conclusions, isConclusions, NONE, UNKNOWN, type Value, type Wanted } from './values.ts';

/** Three-valued: a comparison holds, fails, or cannot be told. */
export type Truth = 'true' | 'false' | 'unknown';

/** Does the comparison hold? Unknown where either side is unknown. The one meaning of every operator. */
export function truthOf(operator: Operator, left: Value, right: Wanted): Truth {
  if (left === UNKNOWN || right === UNKNOWN) return 'unknown';
  if (isConclusions(left)) return truthOfConclusions(operator, left, right);
  return holds(operator, left, right) ? 'true' : 'false';
}

type Known = Exclude<Value, Conclusions | typeof UNKNOWN>;
const EMPTY: ReadonlySet<string> = new Set();
/** What holds of a thing that does not exist: only that it differs from everything. */
const HOLDS_OF_NONE: readonly Operator[] = ['notEqual', 'notIn'];

function holds(operator: Operator, left: Known, right: Exclude<Wanted, typeof UNKNOWN>): boolean {
  if (operator === 'isPresent') return (left !== NONE && !(left instanceof Set && left.size === 0)) === right;
  if (left instanceof Set || (left === NONE && SET_OPERATORS.has(operator))) {
    return holdsOfSet(operator, left instanceof Set ? left : EMPTY, right);
  }
  if (left === NONE || right === NONE) return HOLDS_OF_NONE.includes(operator);
  if (typeof right === 'object' && 'start' in right)
    return typeof left === 'number' && (instantTest(operator)?.(left, right.start, right.end) ?? false);
  switch (operator) {
    case 'equal':
      return left === right;
    case 'notEqual':
      return left !== right;
    case 'in':
      return Array.isArray(right) && right.includes(left);
    case 'notIn':
      return Array.isArray(right) && !right.includes(left);
    case 'includesText':
      return typeof left === 'string' && typeof right === 'string' && left.includes(right);
    default:
      return typeof left === 'number' && typeof right === 'number' && holdsOfNumber(operator, left, right);
  }
}

function holdsOfNumber(operator: Operator, left: number, right: number): boolean {
  switch (operator) {
    case 'lessThan':
      return left < right;
    case 'lessThanInclusive':
      return left <= right;
    case 'greaterThan':
      return left > right;
    case 'greaterThanInclusive':
      return left >= right;
    default:
      return false;
  }
}

type InstantTest = (left: number, start: number, end: number) => boolean;

/** A deadline is the interval of its last day or minute (or from its first to its last): half-open. */
const INSTANT_TESTS: Partial<Record<Operator, InstantTest>> = {
  before: (left, start) => left < start,
  onOrBefore: (left, _, end) => left < end,
  after: (left, _, end) => left >= end,
  onOrAfter: (left, start) => left >= start,
  sameInstant: (left, start, end) => start <= left && left < end,
};

/** How an instant compares with an interval; undefined for operators that compare something else. */
export const instantTest = (operator: Operator): InstantTest | undefined => INSTANT_TESTS[operator];

const SET_OPERATORS: ReadonlySet<Operator> = new Set([
  'contains',
  'doesNotContain',
  'containsAll',
  'containsAny',
  'subsetOf',
  'countGreaterThan',
]);

function holdsOfSet(
  operator: Operator,
  left: ReadonlySet<string>,
  right: Exclude<Wanted, typeof UNKNOWN>,
): boolean {
  const list = Array.isArray(right) ? right : [];
  switch (operator) {
    case 'contains':
      return typeof right === 'string' && left.has(right);
    case 'doesNotContain':
      return typeof right === 'string' && !left.has(right);
    case 'containsAll':
      return list.every((item) => left.has(item));
    case 'containsAny':
      return list.some((item) => left.has(item));
    case 'subsetOf':
      return [...left].every((item) => list.includes(item));
    case 'countGreaterThan':
      return typeof right === 'number' && left.size > right;
    default:
      return false;
  }
}

function truthOfConclusions(
  operator: Operator,
  left: Conclusions,
  right: Exclude<Wanted, typeof UNKNOWN>,
): Truth {
  const readings: Known[] = left.single ? [...left.may] : [left.must, left.may];
  if (!left.single && left.must.size !== left.may.size) {
    // Between `must` and `may` everything is possible; only operators that grow with the set can be told by the two ends.
    if (
      operator !== 'contains' &&
      operator !== 'doesNotContain' &&
      operator !== 'isPresent' &&
      operator !== 'containsAny'
    ) {
      return 'unknown';
    }
  }
  const truths = new Set(readings.map((reading) => holds(operator, reading, right)));
  if (truths.size > 1) return 'unknown';
  return truths.has(true) ? 'true' : 'false';
}
