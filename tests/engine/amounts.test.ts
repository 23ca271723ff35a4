import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/engine/answer/fields.ts';
import { NONE, resolveExpression, UNKNOWN, type Value } from '../../src/engine/facts/values.ts';
import type { Expression } from '../../src/rulebook/rule-set.ts';
import { decideCase, programOf } from './small.ts';

const paid = { fact: 'case.paidYen' };
const refunded = { fact: 'case.refundedYen' };

const amountOf = async (yen: unknown, facts: Record<string, unknown>): Promise<Decision['amount']> => {
  const program = programOf({
    values: {
      cap: { value: 5000, label: '上限' },
      fixed: { value: 500, label: '定額' },
      small: { value: 0.57, unit: '%', label: '率' },
    },
    lists: {},
    amount: [
      // Named values are there to be used.
      {
        id: 'never',
        when: {
          fact: 'case.paidYen',
          operator: 'equal',
          value: { sum: [{ value: 'cap' }, { value: 'fixed' }] },
        },
        yen: 0,
        final: true,
      },
      { id: 'it', yen, final: true },
    ],
  });
  return (await decideCase(program, { case: { flag: true, ...facts } })).amount;
};

describe('an amount', () => {
  const amounts: [yen: unknown, facts: Record<string, unknown>, expected: number | null][] = [
    [1500, { paidYen: 0 }, 1500],
    [{ value: 'fixed' }, { paidYen: 0 }, 500],
    [paid, { paidYen: 1234 }, 1234],
    [{ sum: [paid, refunded, 1] }, { paidYen: 10, refundedYen: 5 }, 16],
    [{ lesserOf: [paid, { value: 'cap' }] }, { paidYen: 4999 }, 4999],
    [{ lesserOf: [paid, { value: 'cap' }] }, { paidYen: 5001 }, 5000],
    [{ percent: 50, of: paid }, { paidYen: 1001 }, 500],
    [{ percent: 1.5, of: paid }, { paidYen: 199 }, 2],
    [{ percent: 33.3, of: paid }, { paidYen: 1000 }, 333],
    [{ percent: 100, of: paid }, { paidYen: 999 }, 999],
    [{ percent: 0, of: paid }, { paidYen: 999 }, 0],
    // Floating point makes these a yen less.
    [{ percent: { value: 'small' }, of: paid }, { paidYen: 10_000 }, 57],
    [{ percent: 1.13, of: paid }, { paidYen: 10_000 }, 113],
    [{ lesserOf: [{ percent: 50, of: { sum: [paid, refunded] } }, 100] }, { paidYen: 199 }, 99],
    // None counts as nothing.
    [{ sum: [paid, refunded] }, { paidYen: 10 }, 10],
    [refunded, { paidYen: 1 }, 0],
  ];
  it.each(amounts)('%j of %j', async (yen, facts, expected) => {
    expect(await amountOf(yen, facts)).toEqual({ yen: expected, final: true });
  });

  it('that the notice does not settle is said to be so', async () => {
    expect(await amountOf(null, { paidYen: 1 })).toEqual({ yen: null, final: true });
  });

  it('is null while a fact that it needs is unknown', async () => {
    const program = programOf({ amount: [{ id: 'it', yen: { sum: [paid, 1] }, final: false }] });
    const decision = await decideCase(program, { case: { flag: true } });
    expect(decision).toMatchObject({ outcome: 'granted', amount: null });
    // It is no conclusion, so nobody is asked for it.
    expect(decision.missingFacts).toEqual([]);
  });

  it('is null while it is open which amount it is', async () => {
    const program = programOf({
      amount: [
        { id: 'more', when: { fact: 'case.kind', operator: 'equal', value: 'one' }, yen: 2, final: true },
        { id: 'less', yen: 1, final: true },
      ],
    });
    expect((await decideCase(program, { case: { flag: true } })).amount).toBeNull();
    expect((await decideCase(program, { case: { flag: true, kind: 'one' } })).amount?.yen).toBe(2);
    expect((await decideCase(program, { case: { flag: true, kind: 'two' } })).amount?.yen).toBe(1);
  });

  it('is null where no rule gives one', async () => {
    const program = programOf({
      amount: [
        { id: 'it', when: { fact: 'outcome', operator: 'equal', value: 'granted' }, yen: 1, final: true },
      ],
    });
    expect((await decideCase(program, { case: { flag: false } })).amount).toBeNull();
    expect((await decideCase(program, { case: { flag: true } })).amount).toEqual({ yen: 1, final: true });
  });
});

describe('expressions', () => {
  const fact: Expression = { kind: 'fact', fact: 'x' };
  const resolve = (expression: Expression, x: Value) => resolveExpression(expression, new Map([['x', x]]));
  const expressions = fc.letrec<{ node: Expression }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.constant(fact),
      fc.record({ kind: fc.constant('literal' as const), value: fc.nat(100_000) }),
      fc.record({
        kind: fc.constantFrom('sum' as const, 'lesserOf' as const),
        of: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({
        kind: fc.constant('percent' as const),
        percent: fc.integer({ min: 0, max: 20_000 }).map((n) => n / 100),
        of: tie('node'),
      }),
    ),
  })).node;
  const mentions = (expression: Expression): boolean => JSON.stringify(expression).includes('"fact"');

  it('are whole, never negative, and never fall as a fact grows', () => {
    fc.assert(
      fc.property(expressions, fc.nat(1_000_000), fc.nat(1_000_000), (expression, a, b) => {
        const [less, more] = [resolve(expression, Math.min(a, b)), resolve(expression, Math.max(a, b))];
        expect(Number.isInteger(less)).toBe(true);
        expect(Number(less)).toBeGreaterThanOrEqual(0);
        expect(Number(less)).toBeLessThanOrEqual(Number(more));
      }),
    );
  });

  it('are unknown where a fact in them is, and take none as 0', () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        expect(resolve(expression, UNKNOWN) === UNKNOWN).toBe(mentions(expression));
        expect(resolve(expression, NONE)).toBe(resolve(expression, 0));
      }),
    );
  });

  it('a percentage is exact and rounded down', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000_000), fc.nat(100_000), (yen, hundredths) => {
        const share = resolve({ kind: 'percent', percent: hundredths / 100, of: fact }, yen);
        expect(BigInt(Number(share))).toBe((BigInt(yen) * BigInt(hundredths)) / 10_000n);
      }),
    );
  });
});
