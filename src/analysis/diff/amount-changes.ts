/** Cases whose amount is another. */
import type { CaseEvaluation } from '../cases/evaluate-case.ts';
import { rulesOf } from '../rule-set-parts.ts';
import type { RuleSetPair } from '../search/analysis.ts';
import type { Property } from '../search/properties.ts';
import { and, choose, less, not, number, or, same, type Term } from '../solver/terms.ts';
import type { Translation } from '../solver/translate.ts';
import type { Change } from './change.ts';

/** Of one side: is there an amount, is it settled in yen, is it final, and how much is it. */
interface AmountTerms {
  exists: Term;
  isYen: Term;
  isFinal: Term;
  yen: Term;
}

/** More yen than before, or fewer. */
export function amountChanges(pair: RuleSetPair): [Change, Property][] {
  const [a, b] = amountTermsOf(pair);
  const compared = (term: Term, holds: (before: number, after: number) => boolean): Property => ({
    term: and([a.isYen, b.isYen, term]),
    truthIn: whenBoth(pair, ({ yen: was }, { yen: is }) => was !== null && is !== null && holds(was, is)),
  });
  return [
    [{ kind: 'amount-raised' }, compared(less(a.yen, b.yen), (was, is) => was < is)],
    [{ kind: 'amount-lowered' }, compared(less(b.yen, a.yen), (was, is) => was > is)],
  ];
}

/** An amount is there or not, open or not, final or not, other than before. */
export function amountRemarks(pair: RuleSetPair): [Change, Property][] {
  const [a, b] = amountTermsOf(pair);
  const property: Property = {
    term: not(and([same(a.exists, b.exists), same(a.isYen, b.isYen), same(a.isFinal, b.isFinal)])),
    truthIn: whenBoth(pair, (was, is) => was.remark !== is.remark),
  };
  return [[{ kind: 'amount-otherwise' }, property]];
}

const amountTermsOf = ([before, after]: RuleSetPair): [AmountTerms, AmountTerms] => [
  amountTerms(before.translation),
  amountTerms(after.translation),
];

function amountTerms({ ruleSet, isTaken, amounts }: Translation): AmountTerms {
  const all = rulesOf(ruleSet, 'amount');
  const where = (test: (amount: NonNullable<(typeof all)[number]['amount']>) => boolean): Term =>
    or(all.filter(({ amount }) => amount !== null && test(amount)).map(isTaken));
  return {
    exists: where(() => true),
    isYen: where(({ yen }) => yen !== null),
    isFinal: where(({ final }) => final),
    yen: all.reduceRight(
      (rest, rule) => (rule.amount?.yen ? choose(isTaken(rule), amounts.term(rule.amount.yen), rest) : rest),
      number(0),
    ),
  };
}

interface Amount {
  yen: number | null;
  /** Whether there is an amount, whether it is open, and whether it is final. */
  remark: string;
}

/** null where a fact that it needs is unknown. */
function amountOf(evaluation: CaseEvaluation): Amount | null {
  const amount = evaluation.takenRules('amount')[0]?.amount ?? null;
  if (amount === null) return { yen: null, remark: 'none' };
  const yen = amount.yen === null ? null : evaluation.yen(amount.yen);
  if (yen === null && amount.yen !== null) return null;
  return { yen, remark: `${yen === null ? 'open' : 'yen'} ${amount.final}` };
}

const whenBoth =
  ([before, after]: RuleSetPair, holds: (was: Amount, is: Amount) => boolean): Property['truthIn'] =>
  (evaluations) => {
    const [a, b] = [evaluations[before.index], evaluations[after.index]];
    const [was, is] = [a && amountOf(a), b && amountOf(b)];
    if (!was || !is) return 'unknown';
    return holds(was, is) ? 'true' : 'false';
  };
