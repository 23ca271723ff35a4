/** The amounts of the samples, against tables worked out from the law and the terms by other means than rule files. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../src/engine/answer/fields.ts';
import { compile, type Program } from '../src/engine/program.ts';
import { decideCase } from './engine/small.ts';
import { runs } from './fixtures/runs.ts';
import { shipped } from './notice/rule-sets.ts';

const programOf = (name: string): Program => compile(shipped(`rules/sample/${name}.yaml`));
const paidOf = ({ remedies }: Decision): Record<string, number | null> =>
  Object.fromEntries(remedies.map(({ id, amount }) => [id, amount?.value ?? null]));

describe('被災者生活再建支援金', () => {
  const program = programOf('disaster-relief-2024');
  /** In units of 1,000 yen, of households of several persons. */
  const BASIC: Record<string, number> = { total: 1000, demolished: 1000, evacuated: 1000, large: 500 };
  const MORE: Record<string, number> = { purchase: 2000, repair: 1000, rent: 500 };
  const levels = [...Object.keys(BASIC), 'medium', 'other'];
  const kinds = [...Object.keys(MORE), 'undecided'];
  const every = levels.flatMap((level) =>
    kinds.flatMap((kind) => [1, 2, 5].map((persons) => ({ level, kind, persons }))),
  );

  it.each(every)('$level, $kind, $persons persons', async ({ level, kind, persons }) => {
    const facts = { damage: { level }, rebuild: { kind }, household: { persons } };
    const { remedies, amount, outcome } = await decideCase(program, facts, '2024-06-03T12:00:00+09:00');
    const quarters = persons === 1 ? 3 : 4;
    const basic = ((BASIC[level] ?? 0) * 1000 * quarters) / 4;
    const half = level === 'medium' ? 2 : 1;
    const more = level === 'other' ? 0 : ((MORE[kind] ?? 0) * 1000 * quarters) / 4 / half;
    const paid = Object.fromEntries(remedies.map(({ id, amount: of }) => [id, of?.value]));
    expect(paid).toEqual({
      ...(basic > 0 && { 'basic-relief': basic }),
      ...(more > 0 && { 'additional-relief': more }),
    });
    expect(amount?.yen ?? 0).toBe(basic + more);
    expect(outcome).toBe(level === 'other' ? 'not-eligible' : 'eligible');
  });

  it('nowhere says of a claim that it is over, and of its money that it is final', async () => {
    const facts = {
      ...{ damage: { level: 'total' }, rebuild: { kind: 'purchase' }, household: { persons: 3 } },
      basic: { appliedAt: '2025-06-09T23:59:59+09:00' },
    };
    const answer = await decideCase(program, facts, '2027-06-10T00:00:00+09:00');
    expect(answer.claims.map(({ id, state, amount }) => [id, state.label, amount?.value ?? null])).toEqual([
      ['basic', '申請済み', 1_000_000],
      ['additional', '申請期限経過', null],
    ]);
    expect([answer.outcomeLabel, answer.amount]).toEqual(['対象', { yen: 1_000_000, final: true }]);
  });
});

describe('携帯電話の通信障害の返金', () => {
  const program = programOf('mobile-outage-2024');
  const PLANS = ['phone', 'feature', 'home', 'prepaid', 'other'];

  it('is two thirty-firsts rounded up, 200 yen for all, and 1 GB in place of them', async () => {
    const thorough = { numRuns: runs(200) };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...PLANS),
        fc.nat(20_000),
        fc.integer({ min: 22, max: 26 }),
        async (plan, monthlyYen, hours) => {
          const facts = { contract: { inFault: true, plan, monthlyYen }, fault: { hours } };
          const answer = await decideCase(program, facts, '2024-08-01T12:00:00+09:00');
          // The least number of yen of which 31 make no less than twice the fee.
          let share = 0;
          while (share * 31 < monthlyYen * 2) share += 1;
          const isByTerms = hours >= 24 && ['phone', 'feature', 'home'].includes(plan);
          const paid = {
            ...(isByTerms && { terms: share }),
            ...(plan === 'prepaid' ? { 'data-volume': 1 } : { apology: 200 }),
          };
          expect(paidOf(answer)).toEqual(paid);
          const yen = plan === 'prepaid' ? null : { yen: 200 + (isByTerms ? share : 0), final: true };
          expect(answer.amount).toEqual(yen);
          expect([answer.claims, answer.claimState, answer.worklist?.id]).toEqual([
            ...[[], null, plan === 'prepaid' ? 'review' : 'payment'],
          ]);
        },
      ),
      thorough,
    );
  });
});

describe('特急券の払いもどし', () => {
  const program = programOf('express-ticket-2024');
  const ticket = {
    departsAt: '2024-05-10T10:05:00+09:00',
    dueAt: '2024-05-10T12:30:00+09:00',
  };
  /** The fee in yen, digit by digit: thirty hundredths, tens of yen, no less than 340. */
  const feeOf = (fareYen: number, isEarly: boolean): number => {
    if (isEarly) return 340;
    const tens = Number(BigInt(fareYen * 30) / 1000n);
    return Math.max(340, tens * 10);
  };

  it.each([
    ['2024-05-08T23:59:59+09:00', true],
    ['2024-05-09T00:00:00+09:00', false],
    ['2024-05-10T10:05:59+09:00', false],
  ])('asked for at %s', async (requestedAt, isEarly) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(9000), async (fareYen) => {
        const facts = { ticket: { ...ticket, fareYen }, refund: { requestedAt } };
        const answer = await decideCase(program, facts, '2024-05-20T12:00:00+09:00');
        const yen = Math.max(0, fareYen - feeOf(fareYen, isEarly));
        expect(paidOf(answer)).toEqual({ 'cancel-refund': yen });
        expect([answer.amount, answer.outcome]).toEqual([{ yen, final: true }, 'eligible']);
      }),
      { numRuns: runs(100) },
    );
  });

  it.each([
    ['2024-05-10T14:29:59+09:00', 'not-eligible', null],
    ['2024-05-10T14:30:00+09:00', 'eligible', 3930],
  ])('arrived at %s', async (arrivedAt, outcome, yen) => {
    const facts = { ticket: { ...ticket, fareYen: 3930 }, trip: { arrivedAt } };
    const late = await decideCase(program, facts, '2025-05-10T23:59:59+09:00');
    expect([late.outcome, late.amount?.yen ?? null]).toEqual([outcome, yen]);
    const { outcome: over } = await decideCase(program, facts, '2025-05-11T00:00:00+09:00');
    expect(over).toBe(yen === null ? 'not-eligible' : 'lapsed');
  });
});
