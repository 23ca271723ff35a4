import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Conclusions, NONE, UNKNOWN, type Value, type Wanted } from '../../src/engine/facts/values.ts';
import { type Truth, truthOf } from '../../src/engine/judge/operators.ts';
import type { Interval } from '../../src/rulebook/basics.ts';
import { parseMoment } from '../../src/rulebook/calendar.ts';
import { OPERATOR_NAMES, type Operator } from '../../src/rulebook/operators.ts';

type Row = [operator: Operator, left: Value, right: Wanted, truth: Truth];
const T = 'true';
const F = 'false';
const U = 'unknown';
const set = (...ids: string[]): ReadonlySet<string> => new Set(ids);

const show = (value: Value | Wanted): string => {
  if (typeof value === 'symbol') return value.description ?? '';
  return value instanceof Set ? `{${[...value].join()}}` : JSON.stringify(value);
};
function table(name: string, rows: Row[]): void {
  describe(name, () => {
    it.each(rows.map((row) => [row[0], show(row[1]), show(row[2]), row] as const))(
      '%s %s %s',
      (...[, , , row]) => {
        const [operator, left, right, truth] = row;
        expect(truthOf(operator, left, right)).toBe(truth);
      },
    );
  });
}

table('booleans, choices, texts and numbers', [
  ['equal', true, true, T],
  ['equal', false, true, F],
  ['equal', 'a', 'a', T],
  ['equal', 'A', 'a', F],
  ['equal', 1, 1, T],
  ['equal', NONE, true, F],
  ['equal', NONE, false, F],
  ['equal', NONE, 0, F],
  ['notEqual', 'a', 'a', F],
  ['notEqual', 'a', 'b', T],
  ['notEqual', NONE, 'a', T],
  ['in', 'a', ['a', 'b'], T],
  ['in', 'ab', ['a', 'b'], F],
  ['in', NONE, ['a'], F],
  ['notIn', 'a', ['a', 'b'], F],
  ['notIn', 'c', ['a', 'b'], T],
  ['notIn', NONE, ['a'], T],
  ['includesText', 'a@b', '@', T],
  ['includesText', 'ab', '@', F],
  ['includesText', NONE, '@', F],
  ['lessThan', 1, 2, T],
  ['lessThan', 2, 2, F],
  ['lessThan', NONE, 2, F],
  ['lessThanInclusive', 2, 2, T],
  ['lessThanInclusive', 3, 2, F],
  ['greaterThan', 2, 2, F],
  ['greaterThan', 3, 2, T],
  ['greaterThanInclusive', 2, 2, T],
  ['greaterThanInclusive', 1, 2, F],
  ['greaterThanInclusive', NONE, 0, F],
]);

table('sets', [
  ['contains', set('a', 'b'), 'a', T],
  ['contains', set('b'), 'a', F],
  ['contains', NONE, 'a', F],
  ['doesNotContain', set('b'), 'a', T],
  ['doesNotContain', set('a'), 'a', F],
  ['doesNotContain', NONE, 'a', T],
  ['containsAll', set('a', 'b', 'c'), ['a', 'b'], T],
  ['containsAll', set('a'), ['a', 'b'], F],
  ['containsAll', NONE, ['a'], F],
  ['containsAny', set('a'), ['a', 'b'], T],
  ['containsAny', set('c'), ['a', 'b'], F],
  ['containsAny', NONE, ['a'], F],
  ['subsetOf', set('a'), ['a', 'b'], T],
  ['subsetOf', set('a', 'c'), ['a', 'b'], F],
  ['subsetOf', set(), ['a'], T],
  ['subsetOf', NONE, ['a'], T],
  ['countGreaterThan', set('a', 'b'), 1, T],
  ['countGreaterThan', set('a'), 1, F],
  ['countGreaterThan', NONE, 0, F],
]);

table('isPresent', [
  ['isPresent', 'a', true, T],
  ['isPresent', 'a', false, F],
  ['isPresent', false, true, T],
  ['isPresent', 0, true, T],
  ['isPresent', NONE, true, F],
  ['isPresent', NONE, false, T],
  ['isPresent', set(), true, F],
  ['isPresent', set(), false, T],
  ['isPresent', set('a'), true, T],
]);

const moment = (text: string): Interval => parseMoment(text, 'Asia/Tokyo') ?? { start: 0, end: 0 };
const jst = (text: string): number => Date.parse(`${text}+09:00`);
const minute = moment('2023-03-31 23:59');
const day = moment('2023-04-30');

table('until a minute: the whole minute is inside', [
  ['onOrBefore', jst('2023-03-31T23:58:59.999'), minute, T],
  ['onOrBefore', jst('2023-03-31T23:59:00'), minute, T],
  ['onOrBefore', jst('2023-03-31T23:59:59.999'), minute, T],
  ['onOrBefore', jst('2023-04-01T00:00:00'), minute, F],
  ['after', jst('2023-03-31T23:59:59.999'), minute, F],
  ['after', jst('2023-04-01T00:00:00'), minute, T],
  ['before', jst('2023-03-31T23:58:59.999'), minute, T],
  ['before', jst('2023-03-31T23:59:00'), minute, F],
  ['onOrAfter', jst('2023-03-31T23:58:59.999'), minute, F],
  ['onOrAfter', jst('2023-03-31T23:59:00'), minute, T],
  ['sameInstant', jst('2023-03-31T23:58:59.999'), minute, F],
  ['sameInstant', jst('2023-03-31T23:59:00'), minute, T],
  ['sameInstant', jst('2023-03-31T23:59:59.999'), minute, T],
  ['sameInstant', jst('2023-04-01T00:00:00'), minute, F],
]);

table('until a date: the whole day is inside', [
  ['onOrBefore', jst('2023-04-30T23:59:59.999'), day, T],
  ['onOrBefore', jst('2023-05-01T00:00:00'), day, F],
  ['after', jst('2023-04-30T23:59:59.999'), day, F],
  ['after', jst('2023-05-01T00:00:00'), day, T],
  ['before', jst('2023-04-29T23:59:59.999'), day, T],
  ['before', jst('2023-04-30T00:00:00'), day, F],
  ['onOrAfter', jst('2023-04-30T00:00:00'), day, T],
  ['onOrAfter', jst('2023-04-29T23:59:59.999'), day, F],
]);

const INSTANT_OPERATORS: Operator[] = ['before', 'onOrBefore', 'after', 'onOrAfter', 'sameInstant'];
table(
  'what does not exist is at no time',
  INSTANT_OPERATORS.flatMap((operator): Row[] => [
    [operator, NONE, day, F],
    [operator, 0, NONE, F],
    [operator, NONE, NONE, F],
  ]),
);

describe('what is unknown on either side cannot be told', () => {
  it.each(OPERATOR_NAMES)('%s', (operator) => {
    const known: (Value & Wanted)[] = [true, 'a', 1, NONE];
    for (const other of known) {
      expect(truthOf(operator, UNKNOWN, other)).toBe(U);
      expect(truthOf(operator, other, UNKNOWN)).toBe(U);
    }
    expect(truthOf(operator, UNKNOWN, UNKNOWN)).toBe(U);
    expect(truthOf(operator, set('a'), UNKNOWN)).toBe(U);
  });
});

describe('laws', () => {
  const instants = fc.integer({ min: -1000, max: 1000 });
  const intervals = fc
    .tuple(instants, fc.integer({ min: 1, max: 500 }))
    .map(([start, n]) => ({ start, end: start + n }));

  it('before, at and after a deadline exclude and exhaust each other', () => {
    fc.assert(
      fc.property(instants, intervals, (left, right) => {
        const truth = (operator: Operator) => truthOf(operator, left, right) === T;
        expect([truth('before'), truth('sameInstant'), truth('after')].filter(Boolean)).toHaveLength(1);
        expect(truth('onOrBefore')).toBe(!truth('after'));
        expect(truth('onOrAfter')).toBe(!truth('before'));
      }),
    );
  });

  const id = fc.constantFrom('a', 'b', 'c', 'd');
  const value = fc.oneof(fc.boolean(), fc.integer(), id, fc.constant(NONE), fc.constant(UNKNOWN));
  const pairs: [Operator, Operator][] = [
    ['equal', 'notEqual'],
    ['in', 'notIn'],
    ['contains', 'doesNotContain'],
  ];
  it.each(pairs)('%s is the negation of %s', (positive, negative) => {
    const left: fc.Arbitrary<Value> =
      positive === 'contains'
        ? fc.oneof(
            fc.uniqueArray(id).map((ids) => new Set(ids)),
            fc.constant(NONE),
          )
        : value;
    const right: fc.Arbitrary<Wanted> = positive === 'in' ? fc.array(id) : id;
    const negated = { true: F, false: T, unknown: U } as const;
    fc.assert(
      fc.property(left, right, (l, r) => {
        expect(truthOf(negative, l, r)).toBe(negated[truthOf(positive, l, r)]);
      }),
    );
  });
});

describe('earlier conclusions', () => {
  const collected = (must: string[], possible: string[]): Conclusions => ({
    kind: 'conclusions',
    must: new Set(must),
    may: new Set([...must, ...possible]),
    single: false,
  });
  const state = (...may: string[]): Conclusions => ({
    kind: 'conclusions',
    must: new Set(may.length === 1 ? may : []),
    may: new Set(may),
    single: true,
  });
  const ids = ['a', 'b', 'c'];
  const subsets = fc.subarray(ids);

  it('a collection is told only where everything between must and may agrees', () => {
    const operators = fc.constantFrom<Operator>(
      'contains',
      'doesNotContain',
      'containsAll',
      'containsAny',
      'subsetOf',
      'countGreaterThan',
      'isPresent',
    );
    fc.assert(
      fc.property(
        subsets,
        subsets,
        operators,
        subsets,
        fc.nat(3),
        fc.boolean(),
        (must, more, operator, list, n, b) => {
          const right: Wanted =
            operator === 'isPresent'
              ? b
              : operator === 'countGreaterThan'
                ? n
                : /contain$|contains$/i.test(operator)
                  ? 'a'
                  : list;
          const may = [...new Set([...must, ...more])];
          const between = may.filter((one) => !must.includes(one));
          const truths = new Set(
            Array.from({ length: 2 ** between.length }, (_, bits) =>
              truthOf(operator, new Set([...must, ...between.filter((__, i) => (bits >> i) & 1)]), right),
            ),
          );
          const told = truthOf(operator, collected(must, more), right);
          if (told !== U) expect([...truths]).toEqual([told]);
          if (must.length === may.length) expect(told).not.toBe(U);
        },
      ),
    );
  });

  it('a state is told only where every state that it may be agrees', () => {
    const operators = fc.constantFrom<Operator>('equal', 'notEqual', 'in', 'notIn');
    fc.assert(
      fc.property(fc.subarray(ids, { minLength: 1 }), operators, subsets, (may, operator, list) => {
        const right: Wanted = operator === 'in' || operator === 'notIn' ? list : 'a';
        const truths = new Set(may.map((one) => truthOf(operator, one, right)));
        const [only] = truths;
        expect(truthOf(operator, state(...may), right)).toBe(truths.size === 1 ? only : U);
      }),
    );
  });
});
