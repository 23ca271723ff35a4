/** Calculations with yen and counts: exact to the end, and said in the words of a notice. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/engine/answer/fields.ts';
import { resolveExpression, type Value } from '../../src/engine/facts/values.ts';
import { amountText } from '../../src/notice/wording.ts';
import { directionsOf, unitOf } from '../../src/rulebook/expressions.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { Expression } from '../../src/rulebook/rule-set.ts';
import { RULE_FILE, smallVocabulary } from '../rulebook/fixtures.ts';
import { decideCase, programOf, ruleSetOf, ruleTextOf } from './small.ts';

const paid = { fact: 'case.paidYen' };
const persons = { fact: 'case.tally' };
const PARTS = {
  values: { rate: { value: 6.4516129, unit: '%', label: '率' }, month: { value: 31, label: '月の日数' } },
  numbers: {
    each: { label: '人数分', unit: '円', is: { product: [persons, 2000] } },
    twice: { label: '二倍', is: { product: [2, { number: 'each' }] } },
  },
};
const written = (yen: unknown) => ({ ...PARTS, amount: [{ id: 'it', yen, final: true }] });
const amountOf = async (yen: unknown, facts: Record<string, unknown>): Promise<Decision['amount']> =>
  (await decideCase(programOf(written(yen)), { case: { flag: true, ...facts } })).amount;

describe('an amount', () => {
  const fee = { roundDown: { percent: 30, of: paid, atLeast: 340 }, to: 10 };
  it.each<[yen: unknown, facts: Record<string, number>, expected: number]>([
    [{ difference: [paid, 340, 10] }, { paidYen: 1000 }, 650],
    [{ product: [persons, 2000] }, { tally: 3 }, 6000],
    [{ number: 'twice' }, { tally: 3 }, 12_000],
    [{ greaterOf: [paid, 340] }, { paidYen: 339 }, 340],
    [{ of: paid, times: 2, dividedBy: 31 }, { paidYen: 5000 }, 322],
    [{ of: paid, times: 2, dividedBy: { value: 'month' } }, { paidYen: 15_500 }, 1000],
    [{ of: paid, times: persons, dividedBy: 30 }, { paidYen: 3000, tally: 4 }, 400],
    [{ of: paid, atLeast: 340, atMost: 10_000 }, { paidYen: 1 }, 340],
    [{ of: paid, atLeast: 340, atMost: 10_000 }, { paidYen: 10_001 }, 10_000],
    // A percentage of many decimals: 99.99999995 yen.
    [{ percent: 6.4516129, of: paid }, { paidYen: 1550 }, 99],
    [{ percent: { value: 'rate' }, of: paid }, { paidYen: 1550 }, 99],
    [{ percent: 1.0000000000001, of: paid }, { paidYen: 1_000_000_000_000 }, 10_000_000_000],
    // Not whole on the way, and whole in the end.
    [
      {
        sum: [
          { percent: 50, of: paid },
          { percent: 50, of: paid },
        ],
      },
      { paidYen: 101 },
      101,
    ],
    [{ product: [{ of: paid, dividedBy: 3 }, 3] }, { paidYen: 100 }, 100],
    [fee, { paidYen: 1000 }, 340],
    [fee, { paidYen: 1133 }, 340],
    [fee, { paidYen: 1200 }, 360],
    [fee, { paidYen: 1299 }, 380],
    [{ roundUp: paid, to: 100 }, { paidYen: 101 }, 200],
    [{ roundUp: paid, to: 100 }, { paidYen: 100 }, 100],
    [{ roundHalfUp: paid, to: 10 }, { paidYen: 14 }, 10],
    [{ roundHalfUp: paid, to: 10 }, { paidYen: 15 }, 20],
    [{ roundHalfUp: { of: paid, dividedBy: 2 } }, { paidYen: 5 }, 3],
    [{ roundUp: { of: paid, dividedBy: 3 } }, { paidYen: 10 }, 4],
  ])('%j of %j is %d yen', async (yen, facts, expected) => {
    expect(await amountOf(yen, facts)).toEqual({ yen: expected, final: true });
  });

  it.each<[why: string, yen: unknown, facts: Record<string, number>]>([
    ['below 0', { difference: [paid, 340] }, { paidYen: 300 }],
    ['below 0 on the way to a half', { of: { difference: [paid, 340] }, dividedBy: 2 }, { paidYen: 300 }],
    ['beyond all bounds', { product: [paid, paid, paid] }, { paidYen: 1_000_000 }],
  ])('%s is not paid: it is said to be open', async (_, yen, facts) => {
    // Yen times yen are no yen: what is looked at here are the numbers.
    const isOdd = JSON.stringify(yen).includes('product');
    const given = isOdd ? JSON.parse(JSON.stringify(yen).replaceAll('case.paidYen', 'case.tally')) : yen;
    const amount = await amountOf(given, isOdd ? { tally: facts.paidYen ?? 0 } : facts);
    expect(amount).toEqual({ yen: null, final: false });
  });

  it('of exactly 0 is paid', async () =>
    expect(await amountOf({ difference: [paid, 340] }, { paidYen: 340 })).toEqual({ yen: 0, final: true }));
});

describe('a comparison', () => {
  const outcomeOf = async (value: unknown, facts: Record<string, unknown>): Promise<string> => {
    const when = { fact: 'case.paidYen', operator: 'greaterThanInclusive', value };
    const eligibility = [{ id: 'A', clause: 'C1', label: '対象の方', when }];
    return (await decideCase(programOf({ ...PARTS, eligibility }), { case: facts })).outcome;
  };

  it.each<[value: unknown, facts: Record<string, unknown>, outcome: string]>([
    [{ number: 'each' }, { paidYen: 6000, tally: 3 }, 'granted'],
    [{ number: 'each' }, { paidYen: 5999, tally: 3 }, 'denied'],
    // Whatever it is taken from 100, the fact is at least as much.
    [{ difference: [100, persons] }, { paidYen: 100 }, 'granted'],
    [{ difference: [100, persons] }, { paidYen: 50 }, 'open'],
    [{ difference: [100, persons] }, { paidYen: 0 }, 'open'],
    // Nobody has paid less than nothing.
    [{ difference: [0, persons] }, { paidYen: 0 }, 'granted'],
    // Beyond what numbers hold, and still more than anybody has paid.
    [
      { product: [persons, persons, persons] },
      { paidYen: 9_000_000_000_000_000, tally: 1_000_000 },
      'denied',
    ],
  ])('with %j of %j: %s', async (value, facts, outcome) => {
    expect(await outcomeOf(value, facts)).toBe(outcome);
  });

  it('is open where one number alone would do, as what it is compared with falls', async () => {
    const than = (whole: number) => ({ difference: [whole, persons] });
    const compared = (operator: string, value: unknown) => ({ fact: 'case.paidYen', operator, value });
    // 50 persons.
    const when = { all: [compared('greaterThanInclusive', than(100)), compared('lessThan', than(101))] };
    const program = programOf({ eligibility: [{ id: 'A', clause: 'C1', label: '対象の方', when }] });
    expect((await decideCase(program, { case: { paidYen: 50 } })).outcome).toBe('open');
  });

  it('takes a calculation by its name in the short form', () => {
    const named = (when: unknown) =>
      ruleSetOf({ ...PARTS, eligibility: [{ id: 'A', clause: 'C1', label: '対象の方', when }] }).rules[0]
        ?.when;
    expect(named({ 'case.paidYen': 'each 以上' })).toMatchObject({
      operator: 'greaterThanInclusive',
      operand: { text: '人数分', expression: { kind: 'number', number: 'each', unit: '円' } },
    });
  });
});

describe('the unit', () => {
  const UNITS: Record<string, string> = { yen: '円', persons: '名', days: '日', months: 'ヶ月', rate: '％' };
  const fact = (name: string): Expression => ({ kind: 'fact', fact: name });
  const list = (kind: 'sum' | 'product', ...names: string[]): Expression => ({ kind, of: names.map(fact) });
  it.each<[Expression, string | null]>([
    [fact('yen'), '円'],
    [fact('persons'), '人'],
    [fact('months'), 'か月'],
    [fact('none'), null],
    [list('sum', 'none', 'days'), '日'],
    [list('product', 'persons', 'yen'), '円'],
    [list('product', 'persons', 'days', 'yen'), '円'],
    [list('product', 'none', 'yen'), '円'],
    // So many yen for each of them, perhaps.
    [list('product', 'persons', 'none'), null],
    [list('product', 'persons', 'persons'), '人×人'],
    [list('product', 'yen', 'yen'), '円×円'],
    [list('product', 'yen', 'rate'), '円×%'],
    [{ kind: 'percent', percent: 30, of: fact('yen') }, '円'],
    [{ kind: 'share', of: fact('yen'), times: fact('days'), dividedBy: 30 }, '円'],
    [{ kind: 'share', of: fact('days'), times: { kind: 'literal', value: 10 }, dividedBy: 1 }, null],
    [{ kind: 'roundDown', of: fact('days'), to: 10 }, '日'],
  ])('of %j is %s', (expression, unit) => {
    expect(unitOf(expression, (name) => UNITS[name])).toBe(unit);
  });
});

it('files of the past are read without looking at units', () => {
  const text = ruleTextOf({ amount: [{ id: 'it', yen: { fact: 'case.hours' }, final: true }] });
  const isRead = (origin: 'file' | 'past') =>
    readRuleSet(RULE_FILE, text, smallVocabulary(), origin).ruleSet !== null;
  expect([isRead('file'), isRead('past')]).toEqual([false, true]);
});

it('a percentage that would not be read as it is written is refused', () => {
  const { problems } = readRuleSet(
    RULE_FILE,
    ruleTextOf(written({ percent: 6.451612903225806, of: paid })),
    smallVocabulary(),
  );
  expect(problems.map(({ code }) => code)).toContain('value-type');
});

describe('in the words of a notice', () => {
  it.each<[yen: unknown, text: string]>([
    [{ difference: [paid, 340] }, '支払額から340円を引いた額'],
    [{ product: [persons, 2000] }, '数×2,000円'],
    [{ of: paid, times: 2, dividedBy: 31 }, '「支払額」の31分の2（1円未満は切り捨て）'],
    [
      { roundDown: { percent: 30, of: paid, atLeast: 340 }, to: 10 },
      '「支払額」の30％（最低340円、10円未満は切り捨て）',
    ],
    [{ greaterOf: [paid, 340] }, '「支払額」と「340円」のうち最も多い額'],
    [{ number: 'each' }, '人数分（数×2,000円）'],
    [{ difference: [paid, { number: 'each' }] }, '支払額から人数分を引いた額（人数分：数×2,000円）'],
    [
      { of: { number: 'twice' }, dividedBy: 3 },
      '「二倍」の3分の1（1円未満は切り捨て、二倍：2×人数分、人数分：数×2,000円）',
    ],
  ])('%j', (yen, text) => {
    const ruleSet = ruleSetOf(written(yen));
    const [rule] = ruleSet.rules.filter(({ section }) => section === 'amount');
    expect(rule && amountText(rule, ruleSet)).toBe(text);
  });
});

describe('calculations', () => {
  type Kind = Exclude<Expression['kind'], 'literal' | 'fact' | 'number'>;
  const FACTS = ['x', 'y'];
  const node = (kinds: readonly Kind[]): fc.Arbitrary<Expression> =>
    fc.letrec<{ node: Expression }>((tie) => {
      const of = fc.array(tie('node'), { minLength: 2, maxLength: 3 });
      const made: Record<Kind, fc.Arbitrary<Expression>> = {
        ...{ sum: fc.record({ kind: fc.constant('sum' as const), of }) },
        ...{ difference: fc.record({ kind: fc.constant('difference' as const), of }) },
        ...{ product: fc.record({ kind: fc.constant('product' as const), of }) },
        ...{ lesserOf: fc.record({ kind: fc.constant('lesserOf' as const), of }) },
        ...{ greaterOf: fc.record({ kind: fc.constant('greaterOf' as const), of }) },
        percent: fc.record({
          kind: fc.constant('percent' as const),
          percent: fc.integer({ min: 0, max: 20_000 }).map((n) => n / 100),
          of: tie('node'),
        }),
        share: fc.record({
          kind: fc.constant('share' as const),
          times: tie('node'),
          dividedBy: fc.integer({ min: 1, max: 31 }),
          of: tie('node'),
        }),
        bounded: fc.record({
          kind: fc.constant('bounded' as const),
          of: tie('node'),
          atLeast: fc.option(tie('node')),
          atMost: fc.option(tie('node')),
        }),
        ...Object.fromEntries(
          (['roundDown', 'roundUp', 'roundHalfUp'] as const).map((kind) => [
            kind,
            fc.record({ kind: fc.constant(kind), to: fc.constantFrom(1, 3, 10), of: tie('node') }),
          ]),
        ),
      } as Record<Kind, fc.Arbitrary<Expression>>;
      return {
        node: fc.oneof(
          { depthSize: 'small' },
          fc.constantFrom(...FACTS).map((fact): Expression => ({ kind: 'fact', fact })),
          fc.integer({ min: -50, max: 5000 }).map((value): Expression => ({ kind: 'literal', value })),
          ...kinds.map((kind) => made[kind]),
        ),
      };
    }).node;
  const LISTS: readonly Kind[] = ['sum', 'difference', 'product', 'lesserOf', 'greaterOf'];
  const ALL: readonly Kind[] = [
    ...LISTS,
    ...(['percent', 'share', 'bounded', 'roundDown', 'roundUp', 'roundHalfUp'] as const),
  ];
  const resolve = (expression: Expression, x: number, y: number): number =>
    Number(
      resolveExpression(
        expression,
        new Map<string, Value>([
          ['x', x],
          ['y', y],
        ]),
      ),
    );

  it('come to the same by numbers and by fractions', () => {
    fc.assert(
      fc.property(node(LISTS), fc.nat(10_000_000), fc.nat(1000), (expression, x, y) => {
        const whole: Expression = { kind: 'percent', percent: 100, of: expression };
        expect(resolve(expression, x, y)).toBe(resolve(whole, x, y));
      }),
    );
  });

  it('rise and fall with a fact as is said of them', () => {
    fc.assert(
      fc.property(node(ALL), fc.nat(3000), fc.nat(3000), fc.nat(3000), (expression, a, b, y) => {
        const direction = directionsOf(expression).get('x');
        const [less, more] = [resolve(expression, Math.min(a, b), y), resolve(expression, Math.max(a, b), y)];
        if (direction === undefined) expect(less).toBe(more);
        if (direction === 'up') expect(less).toBeLessThanOrEqual(more);
        if (direction === 'down') expect(less).toBeGreaterThanOrEqual(more);
      }),
    );
  });

  it('round to the multiples on both sides', () => {
    const fact: Expression = { kind: 'fact', fact: 'x' };
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.integer({ min: 1, max: 31 }),
        fc.constantFrom(1, 10, 100),
        (x, n, to) => {
          const of: Expression = {
            kind: 'share',
            of: fact,
            times: { kind: 'literal', value: 1 },
            dividedBy: n,
          };
          const [down, up, half] = (['roundDown', 'roundUp', 'roundHalfUp'] as const).map((kind) =>
            resolve({ kind, of, to }, x, 0),
          );
          expect([Number(down) % to, Number(up) % to]).toEqual([0, 0]);
          expect(Number(down) * n <= x && x <= Number(up) * n).toBe(true);
          expect(Number(up) - Number(down)).toBe(x % (n * to) === 0 ? 0 : to);
          const isUpper = (x % (n * to)) * 2 >= n * to;
          expect(half).toBe(isUpper ? up : down);
        },
      ),
    );
  });
});
