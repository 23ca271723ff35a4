/** Small rule sets at random, whose facts have few enough values to try them all. */
import fc from 'fast-check';
import type { Value } from '../../src/engine/facts/values.ts';
import { vocabularyOf } from '../rulebook/fixtures.ts';

const fact = (name: string, type: string): string =>
  `  ${name}: { ${type}, label: ${name}, question: ${name}はどうですか。 }\n`;

export const vocabulary = vocabularyOf(`facts:
${fact('g.a', 'type: boolean')}${fact('g.b', 'type: boolean')}${fact('g.e', 'type: enum, values: { x: 一, y: 二, z: 三 }')}\
${fact('g.q', 'type: set, values: { p: 甲, q: 乙, "7": 丙 }')}${fact('g.w', 'type: text')}\
${fact('g.m', 'type: integer')}${fact('g.n', 'type: integer')}${fact('g.l', 'type: integer')}\
${fact('g.s', 'type: instant')}${fact('g.t', 'type: instant')}${fact('g.u', 'type: instant, absent: none')}\
outcomes: { yes: 対象, no: 対象外, open: 情報不足, odd: 矛盾 }
voucherStates: { up: 有効, down: 期限切れ, unknown: わからない }
claimStates: { in: 中, out: 外, unknown: わからない }
nextSteps: { provide: お知らせください }
whenUnknown: { outcome: open, state: unknown, nextStep: provide }
whenContradictory: { outcome: odd, state: unknown, nextStep: provide }
`);

const DEADLINES = {
  first: { until: '2023-04-10 12:00', label: '一', clause: 'C1' },
  second: { until: '2023-04-12', label: '二', clause: 'C1' },
  third: { from: '2023-04-13', until: '2023-04-14', label: '三', clause: 'C1' },
  own: { until: { after: { fact: 'g.s' }, days: 2 }, label: '各自', clause: 'C1' },
  timed: { until: { at: { fact: 'g.t' }, hours: 6 }, label: '時', clause: 'C1' },
  behind: { until: { after: { deadline: 'timed' }, days: 1 }, label: '続', clause: 'C1' },
};

const leaf = (of: fc.Arbitrary<string>, operator: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>) =>
  fc.record({ fact: of, operator, value });
const one = <T>(...values: T[]) => fc.constantFrom(...values);

/** Every other way of calculating with a fact and a number or another fact, none of them with one fact on both sides. */
export function calculated(name: fc.Arbitrary<string>, other: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const fact = fc.record({ fact: name });
  return fc.oneof(
    fc.record({ difference: fc.oneof(fc.tuple(fact, other), fc.tuple(fc.nat(9), fact)) }),
    fc.record({ product: fc.tuple(fact, other) }),
    fc.record({ greaterOf: fc.tuple(fact, other) }),
    fc.record({ of: fact, times: fc.integer({ min: 1, max: 3 }), dividedBy: one(2, 3) }),
    fc.record({ of: fact, atLeast: fc.nat(2), atMost: fc.integer({ min: 2, max: 5 }) }),
    fc.record({ difference: fc.tuple(fc.record({ percent: one(50, 150), of: fact }), fc.nat(2)) }),
  );
}
/** Of one fact that nothing rounded is compared with. */
export const rounded = (name: string): fc.Arbitrary<unknown> =>
  fc.oneof(
    ...['roundDown', 'roundUp', 'roundHalfUp'].map((how) =>
      fc.record({
        [how]: fc.oneof(
          fc.constant({ of: { fact: name }, times: 1, dividedBy: 2 }),
          fc.constant({ difference: [{ fact: name }, 3] }),
        ),
        to: one(1, 2),
      }),
    ),
  );

const amount = fc.oneof(
  { weight: 3, arbitrary: fc.nat(3) },
  fc.record({ fact: one('g.m', 'g.n', 'g.l') }),
  fc.record({
    sum: fc.tuple(fc.record({ fact: one('g.m', 'g.n') }), fc.oneof(fc.nat(3), fc.constant({ fact: 'g.l' }))),
  }),
  fc.record({ percent: one(50, 200), of: fc.record({ fact: one('g.n', 'g.l') }) }),
  fc.record({ lesserOf: fc.tuple(fc.record({ fact: one('g.n', 'g.l') }), fc.nat(3)) }),
  calculated(one('g.m', 'g.n'), fc.oneof(fc.nat(3), fc.constant({ fact: 'g.l' }))),
);
const moment = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ deadline: one('first', 'second', 'third', 'own', 'timed', 'behind') }),
  },
  fc.record({ fact: one('g.s', 'g.t', 'g.u', 'asOf') }),
  fc.record({
    after: fc.record({ fact: one('g.s', 'g.u', 'asOf') }),
    ...{ days: one(-2, 1, 2), counting: one('fromNextDay', 'fromSameDay') },
  }),
  fc.record({ at: fc.record({ fact: one('g.t', 'g.u') }), hours: one(-24, 0, 6) }),
);

const aboutFacts = fc.oneof(
  { weight: 3, arbitrary: leaf(one('g.a', 'g.b'), one('equal', 'notEqual'), fc.boolean()) },
  { weight: 2, arbitrary: leaf(one('g.e'), one('equal', 'notEqual'), one('x', 'y', 'z')) },
  leaf(one('g.e'), one('in', 'notIn'), fc.subarray(['x', 'y', 'z'], { minLength: 1 })),
  leaf(one('g.q'), one('contains', 'doesNotContain'), one('p', 'q', '7')),
  leaf(
    one('g.q'),
    one('containsAll', 'containsAny', 'subsetOf'),
    fc.subarray(['p', 'q', '7'], { minLength: 1 }),
  ),
  leaf(one('g.q'), one('countGreaterThan'), fc.nat(2)),
  leaf(one('g.q', 'g.e', 'g.u', 'g.m'), one('isPresent'), fc.boolean()),
  leaf(one('g.w'), one('includesText'), one('i', 'j', 'k')),
  leaf(one('g.w'), one('in', 'notIn'), fc.subarray(['i', 'ij', 'x'], { minLength: 1 })),
  {
    weight: 3,
    arbitrary: leaf(
      one('g.m', 'g.n', 'g.l'),
      one('equal', 'notEqual', 'lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'),
      amount,
    ),
  },
  leaf(
    one('g.l'),
    one('equal', 'lessThan', 'greaterThanInclusive'),
    fc.oneof(rounded('g.m'), fc.constant({ number: 'more' })),
  ),
  {
    weight: 3,
    arbitrary: leaf(
      one('g.s', 'g.t', 'g.u', 'asOf'),
      one('before', 'onOrBefore', 'after', 'onOrAfter', 'sameInstant'),
      moment,
    ),
  },
);

const aboutCategories = fc.oneof(
  leaf(one('category'), one('contains', 'doesNotContain'), one('A', 'B')),
  leaf(one('category'), one('containsAll', 'containsAny', 'subsetOf'), fc.constant(['A', 'B'])),
  leaf(one('category'), one('isPresent'), fc.boolean()),
);
const aboutStates = fc.oneof(
  leaf(one('claimState'), one('equal', 'notEqual'), one('in', 'out')),
  leaf(one('claimState.rule'), one('equal', 'in'), fc.constant('')).map(({ fact: of, operator }) => ({
    fact: of,
    operator,
    value: operator === 'in' ? ['c0'] : 'c0',
  })),
  leaf(one('voucherState'), one('in', 'notIn'), fc.constant(['up'])),
);

const tree = (leaves: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaves,
      fc.record({ all: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('node') }),
    ),
  })).node;

const plainly = tree(aboutFacts);
const named = fc.constant({ condition: 'named' });
const covered = tree(fc.oneof({ weight: 4, arbitrary: aboutFacts }, named));
const later = tree(
  fc.oneof({ weight: 3, arbitrary: aboutFacts }, { weight: 3, arbitrary: aboutCategories }, named),
);
const last = tree(
  fc.oneof(
    { weight: 2, arbitrary: aboutFacts },
    { weight: 2, arbitrary: aboutCategories },
    { weight: 3, arbitrary: aboutStates },
  ),
);

const states = (prefix: string, words: [string, string], when: fc.Arbitrary<unknown>) =>
  fc
    .array(fc.record({ concludes: one(...words), when }), { maxLength: 3 })
    .map((rules) => [
      ...rules.map((rule, i) => ({ id: `${prefix}${i}`, ...rule })),
      { id: `${prefix}9`, concludes: words[0] },
    ]);
const collection = (ids: string[], when: fc.Arbitrary<unknown>) =>
  fc
    .tuple(...ids.map(() => when))
    .map((whens) =>
      whens.map((condition, i) => ({ id: ids[i], clause: 'C1', label: String(ids[i]), when: condition })),
    );

/** The sections of a rule file; read it with `vocabulary`. */
export const ruleFile: fc.Arbitrary<Record<string, unknown>> = fc.record({
  deadlines: fc.constant(DEADLINES),
  numbers: fc.constant({ more: { label: '多め', is: { sum: [{ fact: 'g.n' }, 1] } } }),
  conditions: plainly.map((condition) => ({ named: condition })),
  contradictions: fc.array(
    fc.record({
      id: fc.constant('odd'),
      label: fc.constant('矛盾'),
      clause: fc.constant('C1'),
      facts: fc.constant(['g.a']),
      when: plainly,
    }),
    { maxLength: 1 },
  ),
  eligibility: collection(['A', 'B'], covered),
  voucherState: states('v', ['up', 'down'], later),
  // "c0" can be asked for, so it is always there.
  claimState: states('c', ['in', 'out'], later).map((rules) => [
    { id: 'c0', concludes: 'out', when: { fact: 'g.b', operator: 'equal', value: true } },
    ...rules.filter(({ id }) => id !== 'c0'),
  ]),
  outcome: states('o', ['yes', 'no'], last),
  remedies: collection(['R'], last),
});

const at = (day: number, time: string): number =>
  Date.parse(`2023-04-${String(day).padStart(2, '0')}T${time}+09:00`);
const days = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i).flatMap((day) =>
    ['00:00:00', '12:00:00', '12:00:30', '18:00:00'].map((time) => at(day, time)),
  );
const INSTANTS = days(2, 18);
const NUMBERS = Array.from({ length: 21 }, (_, i) => i);
/** Given values keep away from the ends, so that there is room on both sides of them. */
const GIVEN: Record<string, readonly Value[]> = {
  number: NUMBERS.slice(0, 5),
  instant: days(6, 14),
};
const SETS = Array.from(
  { length: 8 },
  (_, bits) => new Set(['p', 'q', '7'].filter((__, i) => (bits >> i) & 1)),
);
const TEXTS = ['-', 'i', 'ij', 'x', 'j', 'k', 'i-j', 'i-k', 'jk', 'i-jk'];
const CHOICES: Record<string, readonly Value[]> = {
  'g.a': [true, false],
  'g.b': [true, false],
  'g.e': ['x', 'y', 'z'],
  'g.q': SETS,
  'g.w': TEXTS,
  'g.m': NUMBERS,
  'g.n': NUMBERS,
  'g.l': NUMBERS,
  'g.s': INSTANTS,
  'g.t': INSTANTS,
  'g.u': INSTANTS,
};
/** Values that cover every cell which the comparisons of these rule sets make. */
export const choices = (name: string): readonly Value[] => CHOICES[name] ?? [];

const given = (name: string): readonly Value[] => {
  const all = choices(name);
  if (all === INSTANTS) return GIVEN.instant ?? [];
  return all === NUMBERS ? (GIVEN.number ?? []) : all;
};
const written = (value: Value): unknown => {
  if (value instanceof Set) return [...value];
  return typeof value === 'number' && INSTANTS.includes(value) ? new Date(value).toISOString() : value;
};

/** Facts as a caller sends them, from `least` to `most` left out of those whose absence means nothing. */
export const facts = (least: number, most: number): fc.Arbitrary<{ g: Record<string, unknown> }> => {
  const names = Object.keys(CHOICES);
  const full = fc.record(
    Object.fromEntries(names.map((name) => [name.slice(2), fc.constantFrom(...given(name)).map(written)])),
  );
  const askable = names.filter((name) => name !== 'g.u').map((name) => name.slice(2));
  return fc
    .tuple(full, fc.subarray(askable, { minLength: least, maxLength: most }), fc.boolean())
    .map(([all, left, noU]) => ({
      g: Object.fromEntries(
        Object.entries(all).filter(([name]) => !left.includes(name) && !(noU && name === 'u')),
      ),
    }));
};

export const asOf: fc.Arbitrary<string> = fc
  .constantFrom(...days(6, 14))
  .map((instant) => new Date(instant).toISOString());
