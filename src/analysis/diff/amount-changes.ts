/** Cases whose amount is another. */
import type { Truth } from '../../engine/judge/operators.ts';
import { resolveExpression, UNKNOWN } from '../../engine/facts/values.ts';
import type { Seen } from '../cases/evaluate-case.ts';
import type { Side } from '../search/analysis.ts';
import type { Goal } from '../search/properties.ts';
import { and, choose, less, not, number, or, same, type Term } from '../solver/terms.ts';
import type { Translation } from '../solver/translate.ts';
import type { Change } from './differences.ts';

/** Of one side: is there an amount, is it settled in yen, is it final, and how much is it. */
interface AmountTerms {
  isSaid: Term;
  isYen: Term;
  isFinal: Term;
  yen: Term;
}

/** More yen than before, or fewer. */
export function amountChanges(before: Side, after: Side): [Change, Goal][] {
  const [a, b] = [amountTerms(before.translation), amountTerms(after.translation)];
  const compared = (term: Term, told: (before: number, after: number) => boolean): Goal => ({
    term: and([a.isYen, b.isYen, term]),
    shown: whenBoth(
      before,
      after,
      ({ yen: was }, { yen: is }) => was !== null && is !== null && told(was, is),
    ),
  });
  return [
    [{ kind: 'amount-raised' }, compared(less(a.yen, b.yen), (was, is) => was < is)],
    [{ kind: 'amount-lowered' }, compared(less(b.yen, a.yen), (was, is) => was > is)],
  ];
}

/** An amount said or no longer, left open or not, final or not. */
export function amountRemarks(before: Side, after: Side): [Change, Goal][] {
  const [a, b] = [amountTerms(before.translation), amountTerms(after.translation)];
  const goal: Goal = {
    term: not(and([same(a.isSaid, b.isSaid), same(a.isYen, b.isYen), same(a.isFinal, b.isFinal)])),
    shown: whenBoth(before, after, (was, is) => was.remark !== is.remark),
  };
  return [[{ kind: 'amount-otherwise' }, goal]];
}

function amountTerms({ rules, speaks, amounts }: Translation): AmountTerms {
  const all = rules('amount');
  const where = (test: (amount: NonNullable<(typeof all)[number]['amount']>) => boolean): Term =>
    or(all.filter(({ amount }) => amount !== null && test(amount)).map(speaks));
  return {
    isSaid: where(() => true),
    isYen: where(({ yen }) => yen !== null),
    isFinal: where(({ final }) => final),
    yen: all.reduceRight(
      (rest, rule) => (rule.amount?.yen ? choose(speaks(rule), amounts.term(rule.amount.yen), rest) : rest),
      number(0),
    ),
  };
}

interface Amount {
  yen: number | null;
  /** Whether there is one, and what is said of it besides. */
  remark: string;
}

/** null where a fact that it needs is unknown. */
function amountOf(seen: Seen): Amount | null {
  const amount = seen.speaking('amount')[0]?.amount ?? null;
  if (amount === null) return { yen: null, remark: 'none' };
  const yen = amount.yen === null ? null : resolveExpression(amount.yen, seen.values);
  if (yen === UNKNOWN) return null;
  return { yen, remark: `${yen === null ? 'open' : 'yen'} ${amount.final}` };
}

const whenBoth =
  (before: Side, after: Side, told: (before: Amount, after: Amount) => boolean): Goal['shown'] =>
  (seen): Truth => {
    const [a, b] = [seen[before.index], seen[after.index]];
    const [was, is] = [a && amountOf(a), b && amountOf(b)];
    if (!was || !is) return 'unknown';
    return told(was, is) ? 'true' : 'false';
  };
