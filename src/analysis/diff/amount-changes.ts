/** How amounts can differ between two rule sets: that of the whole, and those of remedies. */
import { resolveAmount, UNKNOWN } from '../../engine/facts/values.ts';
import { type RuleAmount, type RuleSet, YEN } from '../../rulebook/rule-set.ts';
import { sectionsOfKind } from '../../rulebook/sections.ts';
import type { CaseEvaluation } from '../cases/evaluate-case.ts';
import { rulesOf } from '../rule-set-parts.ts';
import type { RuleSetPair } from '../search/analysis.ts';
import type { Property } from '../search/properties.ts';
import { and, choose, FALSE, less, not, number, or, same, sum, type Term, TRUE } from '../solver/terms.ts';
import type { Translation } from '../solver/translate.ts';

export interface AmountChange {
  kind: 'amount-raised' | 'amount-lowered' | 'amount-otherwise';
  /** Of this remedy; null: of the whole. */
  remedy: string | null;
}

type Possible = [AmountChange, Property];

/** More of it than before, or less. */
export const amountChanges = (pair: RuleSetPair): Possible[] =>
  remediesOf(pair).flatMap((remedy): Possible[] => {
    const [a, b] = amountTermsOf(pair, remedy);
    const compared = (term: Term, holds: (before: number, after: number) => boolean): Property => ({
      term: and([a.isSettled, b.isSettled, term]),
      truthIn: whenBoth(
        pair,
        remedy,
        ({ value: was }, { value: is }) => was !== null && is !== null && holds(was, is),
      ),
    });
    return [
      [{ kind: 'amount-raised', remedy }, compared(less(a.value, b.value), (was, is) => was < is)],
      [{ kind: 'amount-lowered', remedy }, compared(less(b.value, a.value), (was, is) => was > is)],
    ];
  });

/** An amount is there or not, of another unit, open or not, final or not, other than before. */
export const amountRemarks = (pair: RuleSetPair): Possible[] =>
  remediesOf(pair).map((remedy): Possible => {
    const [a, b] = amountTermsOf(pair, remedy);
    const units = [...new Set([...a.units, ...b.units])];
    const isAlike = and([
      ...[same(a.exists, b.exists), same(a.isSettled, b.isSettled), same(a.isFinal, b.isFinal)],
      ...units.map((unit) => same(a.isIn(unit), b.isIn(unit))),
    ]);
    const truthIn = whenBoth(pair, remedy, (was, is) => was.remark !== is.remark);
    return [
      { kind: 'amount-otherwise', remedy },
      { term: not(isAlike), truthIn },
    ];
  });

/** Those that have an amount in either version; null for the whole, where it does not follow from them in both. */
function remediesOf(pair: RuleSetPair): (string | null)[] {
  const all = pair.flatMap(({ ruleSet }) => sectionsOfKind(ruleSet, 'amount'));
  const remedies = [...new Set(all.flatMap(({ remedy }) => remedy ?? []))];
  const isTold = pair.some(({ ruleSet }) => rulesOf(ruleSet, 'amount').length > 0);
  return isTold ? [null, ...remedies] : remedies;
}

/** Whose rules tell the amount: of the whole those of all remedies, where it is not told by itself. */
function sectionsFor(ruleSet: RuleSet, remedy: string | null): string[] {
  const ofRemedies = sectionsOfKind(ruleSet, 'amount').filter((section) => section.remedy !== null);
  if (remedy !== null) return ofRemedies.flatMap(({ name, remedy: of }) => (of === remedy ? name : []));
  return rulesOf(ruleSet, 'amount').length > 0 ? ['amount'] : ofRemedies.map(({ name }) => name);
}

const amountTermsOf = ([before, after]: RuleSetPair, remedy: string | null) =>
  [amountTerms(before.translation, remedy), amountTerms(after.translation, remedy)] as const;

/** Is there an amount, is it settled, is it final, of what is it, and how much is it? */
function amountTerms(translation: Translation, remedy: string | null) {
  const isWhole = remedy === null;
  const parts = sectionsFor(translation.ruleSet, remedy).map((name) => partTerms(translation, name, isWhole));
  const exists = or(parts.map((part) => part.exists));
  const all = (holds: (part: PartTerms) => Term): Term =>
    and([exists, ...parts.map((part) => or([not(part.exists), holds(part)]))]);
  return {
    exists,
    isSettled: all((part) => part.isSettled),
    isFinal: all((part) => part.isFinal),
    units: parts.flatMap(({ units }) => units),
    isIn: (unit: string): Term => or(parts.map((part) => part.isIn(unit))),
    value: sum(parts.map((part) => part.value)),
  };
}

type PartTerms = ReturnType<typeof partTerms>;

/** Of one section; of the whole only money counts. */
function partTerms({ ruleSet, isTaken, amount: term }: Translation, section: string, isMoney: boolean) {
  const rules = rulesOf(ruleSet, section).flatMap((rule) =>
    rule.amount && (!isMoney || rule.amount.unit === YEN)
      ? [{ taken: isTaken(rule), amount: rule.amount }]
      : [],
  );
  const where = (test: (amount: RuleAmount) => Term): Term =>
    or(rules.map(({ amount, taken }) => and([test(amount), taken])));
  /** What is negative is said to be open, and never final. */
  const isPaid = ({ value }: RuleAmount): Term =>
    value === null ? FALSE : not(less(term(value), number(0)));
  return {
    exists: where(() => TRUE),
    isSettled: where(isPaid),
    isFinal: where((amount) => (!amount.final ? FALSE : amount.value === null ? TRUE : isPaid(amount))),
    units: rules.map(({ amount }) => amount.unit),
    isIn: (unit: string): Term => where((amount) => (amount.unit === unit ? TRUE : FALSE)),
    value: rules.reduceRight(
      (rest, { amount, taken }) => (amount.value ? choose(taken, term(amount.value), rest) : rest),
      number(0),
    ),
  };
}

interface Amount {
  value: number | null;
  /** Whether there is an amount, of what, whether it is open, and whether it is final. */
  remark: string;
}

/** null where a fact that it needs is unknown. */
function amountOf({ ruleSet, takenRules, values }: CaseEvaluation, remedy: string | null): Amount | null {
  const amounts = sectionsFor(ruleSet, remedy)
    .flatMap((section) => takenRules(section)[0]?.amount ?? [])
    .filter(({ unit }) => remedy !== null || unit === YEN);
  const units = amounts.map(({ unit }) => unit).join();
  if (amounts.length === 0) return { value: null, remark: 'none' };
  let [value, final]: [number | null, boolean] = [0, true];
  for (const amount of amounts) {
    const one = amount.value === null ? null : resolveAmount(amount.value, values);
    if (one === UNKNOWN) return null;
    value = value === null || one === null ? null : value + one;
    final &&= amount.final && (one !== null || amount.value === null);
  }
  return {
    value,
    remark: `${value === null ? 'open' : 'settled'} ${final} ${remedy === null ? YEN : units}`,
  };
}

const whenBoth =
  (
    [before, after]: RuleSetPair,
    remedy: string | null,
    holds: (was: Amount, is: Amount) => boolean,
  ): Property['truthIn'] =>
  (evaluations) => {
    const [a, b] = [evaluations[before.index], evaluations[after.index]];
    const [was, is] = [a && amountOf(a, remedy), b && amountOf(b, remedy)];
    if (!was || !is) return 'unknown';
    return holds(was, is) ? 'true' : 'false';
  };
