/** Small rule sets at random over few facts, so that every case can be tried. */
import fc from 'fast-check';
import { NONE, type Value } from '../../src/engine/facts/values.ts';
import { calculated, rounded } from '../engine/generated.ts';
import { vocabularyOf } from '../rulebook/fixtures.ts';
import { CONTACT, COUNTED_DEADLINES, countedMoments, countedOtherwise, SHOWN } from './generated-time.ts';

const fact = (name: string, type: string): string =>
  `  ${name}: { ${type}, label: ${name}, question: ${name}はどうですか。 }\n`;

export const vocabulary = vocabularyOf(`facts:
${fact('g.a', 'type: boolean')}${fact('g.b', 'type: boolean, absent: false')}\
${fact('g.e', 'type: enum, values: { x: 一, y: 二, z: 三 }')}${fact('g.f', 'type: enum, values: { x: 一, y: 二 }, absent: none')}\
${fact('g.q', 'type: set, values: { p: 甲, q: 乙, r: 丙 }')}${fact('g.o', 'type: set, absent: none')}\
${fact('g.w', 'type: text, absent: none')}${fact('g.m', 'type: integer')}${fact('g.n', 'type: yen, absent: none')}\
${fact('g.s', 'type: instant')}${fact('g.u', 'type: instant, absent: none')}\
outcomes: { yes: 対象, no: 対象外, maybe: 要確認, open: 情報不足, odd: 矛盾 }
voucherStates: { up: 有効, down: 期限切れ, unknown: わからない }
claimStates: { in: 中, out: 外, done: 済み, unknown: わからない }
nextSteps: { provide: お知らせください, go: 進んでください, call: お電話ください }
nothingLeftToDo: [done]
whenUnknown: { outcome: open, state: unknown, nextStep: provide }
whenContradictory: { outcome: odd, state: unknown, nextStep: provide }
`);

const at = (day: number, time: string): number =>
  Date.parse(`2023-04-${String(day).padStart(2, '0')}T${time}+09:00`);
const TIMES = ['00:00:00', '12:00:00', '12:00:30', '18:00:00'];
const instants = (first: number, last: number, times = TIMES): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i).flatMap((day) =>
    times.map((time) => at(day, time)),
  );
const numbers = (most: number): number[] => Array.from({ length: most + 1 }, (_, i) => i);
const subsets = (ids: readonly string[]): Set<string>[] =>
  Array.from({ length: 2 ** ids.length }, (_, bits) => new Set(ids.filter((__, i) => (bits >> i) & 1)));

/** Values that cover every cell which the comparisons below make. */
const VALUES: Record<string, readonly Value[]> = {
  'g.a': [true, false],
  'g.b': [true, false],
  'g.e': ['x', 'y', 'z'],
  'g.f': ['x', 'y', NONE],
  'g.q': subsets(['p', 'q', 'r']),
  // "1" to "3" stand for ids that no rule names.
  'g.o': ['', '1', '12', '123'].flatMap((more) =>
    subsets(['p', 'q']).map((some) => new Set([...some, ...more])),
  ),
  'g.w': ['-', 'i', 'ij', 'x', 'j', 'i-j', NONE],
  'g.m': numbers(12),
  'g.n': [...numbers(12), NONE],
  'g.s': instants(8, 13),
  'g.u': [...instants(9, 13), NONE],
  asOf: instants(8, 14),
};
export const choices = (name: string): readonly Value[] => VALUES[name] ?? [];
/** Also for what is counted and moved to an open day. */
/** Six hours after the last of them it is the next day. */
const MORE_TIMES = [...TIMES, '23:00:00'];
const VALUES_IN_TIME: typeof VALUES = {
  ...VALUES,
  'g.s': instants(8, 15, MORE_TIMES),
  asOf: instants(8, 18, MORE_TIMES),
};
export const choicesInTime = (name: string): readonly Value[] => VALUES_IN_TIME[name] ?? [];

const DEADLINES = {
  first: { until: '2023-04-10 12:00', label: '一', clause: 'C1' },
  second: { from: '2023-04-11', until: '2023-04-12', label: '二', clause: 'C1' },
  own: { until: { after: { fact: 'g.s' }, days: 1 }, label: '各自', clause: 'C1' },
  later: { until: { after: { deadline: 'first' }, days: 1 }, label: '後', clause: 'C1' },
};

type Fact = 'g.a' | 'g.b' | 'g.e' | 'g.f' | 'g.q' | 'g.o' | 'g.w' | 'g.m' | 'g.n' | 'g.s' | 'g.u' | 'asOf';

const MOVED = { ...DEADLINES, first: { ...DEADLINES.first, until: '2023-04-11 12:00' } };

/** In the order of their dates. */
const inTime = ({ first, ...others }: typeof DEADLINES, counted: Record<string, unknown>) => ({
  ...{ first, ...counted, ...others },
});

/** Facts that are met together; no more than can be enumerated. */
const POOLS: readonly (readonly Fact[])[] = [
  ['g.a', 'g.b', 'g.e', 'g.q'],
  ['g.a', 'g.f', 'g.w', 'g.o'],
  ['g.b', 'g.m', 'g.n'],
  ['g.a', 'g.s', 'asOf'],
  ['g.f', 'g.u', 'asOf'],
  ['g.e', 'g.m', 'g.w'],
];

const one = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const some = (...ids: string[]): fc.Arbitrary<string[]> => fc.subarray(ids, { minLength: 1 });
const leaf = (name: string, operator: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>) =>
  fc.record({ fact: fc.constant(name), operator, value });
const present = (name: string) => leaf(name, one('isPresent'), fc.boolean());

const amountOver = (pool: readonly Fact[]): fc.Arbitrary<unknown> => {
  const facts = pool.filter((name) => name === 'g.m' || name === 'g.n').map((name) => ({ fact: name }));
  const known = facts.length > 0 ? one(...facts) : fc.nat(3);
  return fc.oneof(
    { weight: 3, arbitrary: fc.nat(3) },
    known,
    fc.record({ sum: fc.tuple(known, fc.nat(2)) }),
    fc.record({ percent: one(50, 150), of: known }),
    fc.record({ lesserOf: fc.tuple(known, fc.nat(3)) }),
    ...(facts.length > 0 ? [calculated(one(...facts.map(({ fact }) => fact)), fc.nat(3))] : []),
    // Persons times yen.
    ...(facts.length > 1 ? [fc.constant({ product: facts }), fc.constant({ number: 'each' })] : []),
  );
};

/** Amounts that nothing is compared with. */
const yenOver = (pool: readonly Fact[]): fc.Arbitrary<unknown> => {
  const names = pool.filter((name) => name === 'g.m' || name === 'g.n');
  return fc.oneof(
    { weight: 2, arbitrary: amountOver(pool) },
    ...names.flatMap((name) => [rounded(name), fc.constant({ difference: [{ fact: name }, 2] })]),
  );
};

function leavesOver(pool: readonly Fact[], isInTime: boolean): fc.Arbitrary<unknown> {
  const moment = fc.oneof(
    ...(isInTime ? [{ weight: 3, arbitrary: countedMoments(pool) }] : []),
    fc.record({
      deadline: pool.includes('g.s')
        ? one('first', 'second', 'own', 'later')
        : one('first', 'second', 'later'),
    }),
    fc.record({ fact: one(...pool.filter((name) => ['g.s', 'g.u', 'asOf'].includes(name)), 'asOf') }),
  );
  const instant = (name: string) =>
    leaf(name, one('before', 'onOrBefore', 'after', 'onOrAfter', 'sameInstant'), moment);
  const count = (name: string) =>
    leaf(
      name,
      one('equal', 'notEqual', 'lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'),
      name === 'g.m' && pool.includes('g.n')
        ? fc.oneof({ weight: 4, arbitrary: amountOver(pool) }, rounded('g.n'))
        : amountOver(pool),
    );
  /** Sums and differences on the left. */
  const derived = fc.oneof(
    leaf('numbers.more', one('equal', 'lessThan', 'greaterThanInclusive'), fc.nat(8)),
    ...(pool.includes('g.n')
      ? [leaf('numbers.both', one('notEqual', 'lessThanInclusive', 'greaterThan'), fc.nat(8))]
      : []),
  );
  const boolean = (name: string) => leaf(name, one('equal', 'notEqual'), fc.boolean());
  const word = (name: string, ids: string[]) =>
    fc.oneof(leaf(name, one('equal', 'notEqual'), one(...ids)), leaf(name, one('in', 'notIn'), some(...ids)));
  const set = (name: string, ids: string[]) =>
    fc.oneof(
      leaf(name, one('contains', 'doesNotContain'), one(...ids)),
      leaf(name, one('containsAll', 'containsAny', 'subsetOf'), some(...ids)),
      leaf(name, one('countGreaterThan'), fc.nat(2)),
    );
  const over: Record<Fact, () => fc.Arbitrary<unknown>> = {
    'g.a': () => boolean('g.a'),
    'g.b': () => boolean('g.b'),
    'g.e': () => word('g.e', ['x', 'y', 'z']),
    'g.f': () => fc.oneof(word('g.f', ['x', 'y']), present('g.f')),
    'g.q': () => fc.oneof(set('g.q', ['p', 'q', 'r']), present('g.q')),
    'g.o': () => fc.oneof(set('g.o', ['p', 'q']), present('g.o')),
    'g.w': () =>
      fc.oneof(
        leaf('g.w', one('includesText'), one('i', 'j')),
        leaf('g.w', one('in', 'notIn'), some('i', 'ij', 'x')),
        present('g.w'),
      ),
    'g.m': () => fc.oneof({ weight: 3, arbitrary: count('g.m') }, derived),
    'g.n': () => fc.oneof(count('g.n'), present('g.n')),
    'g.s': () => instant('g.s'),
    'g.u': () => fc.oneof(instant('g.u'), present('g.u')),
    asOf: () => instant('asOf'),
  };
  return fc.oneof(...pool.map((name) => over[name]()));
}

const aboutCategories = fc.oneof(
  leaf('category', one('contains', 'doesNotContain'), one('A', 'B')),
  leaf('category', one('containsAll', 'containsAny', 'subsetOf'), fc.constant(['A', 'B'])),
  present('category'),
);
const aboutStates = fc.oneof(
  leaf('claimState', one('equal', 'notEqual'), one('in', 'out', 'done')),
  leaf('claimState.rule', one('equal'), one('c9')),
  leaf('voucherState', one('in', 'notIn'), one(['up'], ['down'])),
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

type Guidance = Record<'nextSteps' | 'deadlines', fc.Arbitrary<string[]>>;
const guidanceOf = (deadlines: string[]): Guidance => ({
  nextSteps: fc.subarray(['go', 'call']),
  deadlines: fc.subarray(deadlines),
});
type Rules = Record<string, unknown>[];
const states = (
  prefix: string,
  words: string[],
  when: fc.Arbitrary<unknown>,
  guidance: Guidance,
): fc.Arbitrary<Rules> =>
  fc
    .tuple(
      fc.array(fc.record({ concludes: one(...words), when, ...guidance }), { maxLength: 3 }),
      fc.record(guidance),
      one(...words),
    )
    .map(([rules, last, word]) => [
      ...rules.map((rule, i) => ({ id: `${prefix}${i}`, ...rule })),
      { id: `${prefix}9`, concludes: word, ...last },
    ]);
const collection = (ids: string[], when: fc.Arbitrary<unknown>): fc.Arbitrary<Rules> =>
  fc
    .array(when, { minLength: ids.length, maxLength: ids.length })
    .map((whens) =>
      whens.map((condition, i) => ({ id: ids[i], clause: 'C1', label: String(ids[i]), when: condition })),
    );

export interface Generated {
  /** The facts that its conditions read. */
  pool: readonly string[];
  /** The sections of a rule file; read it with `vocabulary`. */
  written: Record<string, unknown>;
}

/** An amount, or a table of amounts with a cell for everybody. */
const amountRuleOver = (pool: readonly Fact[], when: fc.Arbitrary<unknown>) => {
  const rule = { id: one('y'), when, final: fc.boolean() };
  const plain = fc.record({ ...rule, yen: yenOver(pool) });
  return pool.includes('g.e') ? fc.oneof(plain, fc.record({ ...rule, table: one('by-e') })) : plain;
};

/**
 * `isOwn`: states, claims and amounts of remedies in place of those that every rule set may have. `isInTime`: most comparisons are with
 * days that are counted, or with the time of a fact.
 */
const ruleFileOver = (pool: readonly Fact[], isOwn: boolean, isInTime = false): fc.Arbitrary<Generated> => {
  const about = leavesOver(pool, isInTime);
  const guidance = guidanceOf(isInTime ? SHOWN : ['first', 'second', 'own']);
  const named = fc.constant({ condition: 'named' });
  const covered = tree(fc.oneof({ weight: 4, arbitrary: about }, named));
  const later = tree(fc.oneof({ weight: 3, arbitrary: about }, aboutCategories, named));
  const last = tree(
    fc.oneof({ weight: 2, arbitrary: about }, aboutCategories, { weight: 2, arbitrary: aboutStates }),
  );
  return fc
    .record({
      deadlines: fc.constant(isInTime ? inTime(DEADLINES, COUNTED_DEADLINES) : DEADLINES),
      ...(isInTime && { contact: fc.constant(CONTACT) }),
      numbers: fc.constant({
        each: { label: 'それぞれ', is: { product: [{ fact: 'g.m' }, 2] } },
        both: { label: '合わせて', is: { sum: [{ fact: 'g.m' }, { fact: 'g.n' }] } },
        more: { label: '多め', is: { difference: [{ sum: [{ fact: 'g.m' }, 3] }, 1] } },
      }),
      tables: fc.constant({
        'by-e': { label: '表', by: 'g.e', cells: { x: 1, y: 2, z: null } },
      }),
      information: fc.constant({ list: { label: '情報', clause: 'C1', items: { p: '甲', q: '乙' } } }),
      conditions: tree(about).map((condition) => ({ named: condition })),
      contradictions: fc.array(
        fc.record({
          id: one('odd'),
          label: one('矛盾'),
          clause: one('C1'),
          facts: one([pool.find((name) => name !== 'asOf')]),
          when: covered,
        }),
        { maxLength: 1 },
      ),
      eligibility: collection(['A', 'B'], covered),
      voucherState: states('v', ['up', 'down'], later, guidance),
      claimState: states('c', ['in', 'out', 'done', 'unknown'], later, guidance),
      outcome: states('o', ['yes', 'no', 'maybe'], last, guidance),
      remedies: collection(['R', 'S'], last),
      advice: fc.array(fc.record({ id: one('h'), when: last, ...guidance }), { maxLength: 1 }),
      amount: fc.array(amountRuleOver(pool, last), { maxLength: 1 }),
      assumptions: fc.array(fc.record({ id: one('t'), text: one('みなし'), when: last }), { maxLength: 1 }),
    })
    .chain((written) =>
      isOwn
        ? fc
            .tuple(states('d', ['in', 'out', 'done'], later, guidance), one('claims.c', 'claims.d'))
            .map(([more, read]) => ofOwnNames(written, more, read))
        : fc.constant(written),
    )
    .map((written) => ({
      pool,
      // Empty sections are left out of a file.
      written: Object.fromEntries(
        Object.entries(written).filter(([, rules]) => !Array.isArray(rules) || rules.length > 0),
      ),
    }));
};

/**
 * The same rules as states and claims of the file's own naming, with a second claim, and each amount as that of a remedy. Conditions
 * that read the claim read the one or the other of them.
 */
function ofOwnNames(
  {
    voucherState,
    claimState,
    amount,
    remedies,
    ...rest
  }: Record<string, unknown> & { remedies: Rules; amount: Rules },
  more: Rules,
  read: string,
): Record<string, unknown> {
  const [first, ...others] = remedies;
  const values = { up: '有効', down: '期限切れ' };
  const renamed: Record<string, unknown> = {
    ...rest,
    states: { v: { label: '状態', values, rules: voucherState } },
    claims: {
      c: { label: '一つ目', remedies: ['R'], state: claimState },
      d: { label: '二つ目', remedies: ['S'], state: more },
    },
    remedies: [{ ...first, ...(amount.length > 0 && { amount: amount.map(inUnit) }) }, ...others],
  };
  const text = JSON.stringify(renamed)
    .replaceAll(
      '"claimState.rule","operator":"equal","value":"c9"',
      `"${read}.rule","operator":"equal","value":"${read.at(-1)}9"`,
    )
    .replaceAll('"claimState"', `"${read}"`)
    .replaceAll('"voucherState"', '"states.v"');
  // The least that a rule file says has a claim state.
  return { ...JSON.parse(text), claimState: undefined };
}
const poolAndNames = (pools: typeof POOLS) => fc.tuple(one(...pools), fc.boolean());

const IN_TIME: readonly (readonly Fact[])[] = [
  ['g.a', 'g.s', 'asOf'],
  ['g.f', 'g.u', 'asOf'],
];
/** Of which most comparisons are with days that are counted, or with the time of a fact. */
export const generatedInTime: fc.Arbitrary<Generated> = poolAndNames(IN_TIME).chain(([pool, isOwn]) =>
  ruleFileOver(pool, isOwn, true),
);

/** No money where it is a plain number that is final. */
const inUnit = ({ yen, ...rule }: Rules[number]): Rules[number] =>
  rule.final === true && typeof yen === 'number'
    ? { ...rule, value: yen, unit: 'GB' }
    : { ...rule, ...(yen !== undefined && { yen }) };

export const generated: fc.Arbitrary<Generated> = poolAndNames(POOLS).chain(([pool, isOwn]) =>
  ruleFileOver(pool, isOwn),
);

const CHANGED = ['eligibility', 'outcome', 'remedies', 'advice'];
const SHARED = ['voucherState', 'claimState', 'amount'];
const OWN = ['states', 'claims'];

export interface Pair {
  pool: readonly string[];
  before: Generated['written'];
  after: Generated['written'];
}

const pairOver = (pools: typeof POOLS, isInTime: boolean): fc.Arbitrary<Pair> =>
  poolAndNames(pools)
    .chain(([pool, isOwn]) =>
      fc.tuple(
        ruleFileOver(pool, isOwn, isInTime),
        ruleFileOver(pool, isOwn, isInTime),
        one(...CHANGED, ...(isOwn ? OWN : SHARED), 'deadlines', 'names'),
      ),
    )
    .map(([{ pool, written: before }, { written: other }, section]) => {
      const moved = isInTime ? inTime(MOVED, countedOtherwise(pool)) : MOVED;
      const after =
        section === 'names'
          ? renamed(before)
          : { ...before, [section]: section === 'deadlines' ? moved : other[section] };
      return {
        pool,
        before,
        after: Object.fromEntries(
          Object.entries(after).filter(([key, value]) => value !== undefined || key === 'claimState'),
        ),
      };
    });

/** Two versions: one section written anew, or the dates, or nothing but names and order. */
export const pair: fc.Arbitrary<Pair> = pairOver(POOLS, false);
/** Of rule sets that count. */
export const pairInTime: fc.Arbitrary<Pair> = pairOver(IN_TIME, true);

/** The named condition by another name, every `all` and `any` backwards. */
function renamed(value: Record<string, unknown>): Record<string, unknown> {
  const turn = (node: unknown, key = ''): unknown => {
    if (Array.isArray(node))
      return (key === 'all' || key === 'any' ? node.toReversed() : node).map((one) => turn(one));
    if (typeof node !== 'object' || node === null) return key === 'condition' ? 'other-name' : node;
    return Object.fromEntries(
      Object.entries(node).map(([name, one]) => [
        key === 'conditions' ? 'other-name' : name,
        turn(one, name),
      ]),
    );
  };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, turn(one, key)]));
}
