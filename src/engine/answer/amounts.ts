/** How much: of one remedy, of a claim, and of the whole. */
import { type Rule, type RuleAmount, YEN } from '../../rulebook/rule-set.ts';
import { factsOfExpression, resolveAmount, UNKNOWN, type Values } from '../facts/values.ts';
import type { Conclusion } from './conclusion.ts';
import type { Amount, Quantity } from './decision.ts';

/** Whether it depends on the values of facts. */
export const readsFacts = ({ amount }: Rule): boolean =>
  amount?.value != null && factsOfExpression(amount.value).length > 0;

/** null where a fact that it needs is unknown. What is negative is not decided by the notice. */
export function quantityOf({ value, unit, final }: RuleAmount, values: Values): Quantity | null {
  if (value === null) return { value, unit, final };
  const number = resolveAmount(value, values);
  return number === UNKNOWN ? null : { value: number, unit, final: final && number !== null };
}

/** The amount rule of each remedy that has one, by the remedy. */
export const amountsByRemedy = ({ amounts, ruleSet }: Conclusion): Map<string, Rule> =>
  new Map(
    ruleSet.sections.flatMap(({ name, remedy }) => {
      const rule = amounts.find(({ section }) => section === name);
      return remedy !== null && rule ? [[remedy, rule]] : [];
    }),
  );

/** Of one unit. null where there are none, or where one of them cannot be told; without a number where one has none. */
function sumOf(rules: readonly Rule[], values: Values): Quantity | null {
  const parts = rules.flatMap(({ amount }) => (amount ? [quantityOf(amount, values)] : []));
  const [first] = parts;
  if (!first) return null;
  const sum: Quantity = { value: 0, unit: first.unit, final: true };
  for (const part of parts) {
    if (part === null) return null;
    sum.value = sum.value === null || part.value === null ? null : sum.value + part.value;
    sum.final &&= part.final;
  }
  return sum.value !== null && !Number.isSafeInteger(sum.value) ? { ...sum, value: null, final: false } : sum;
}

const isMoney = ({ amount }: Rule): boolean => amount?.unit === YEN;

/** The yen of the whole: that of the rule set, or the sum of its remedies'. */
export function wholeAmount({ amounts, openAmounts }: Conclusion, values: Values): Amount {
  const sum = openAmounts.length > 0 ? null : sumOf(amounts.filter(isMoney), values);
  return sum && { yen: sum.value, final: sum.final };
}

/**
 * Of the remedies of a claim: their yen where any has yen, else what all of them have of one unit. The only claim of a rule set that
 * has an amount of the whole has that.
 */
export function claimAmount(
  conclusion: Conclusion,
  remedies: readonly string[],
  values: Values,
): Quantity | null {
  const { amounts, openAmounts, ruleSet } = conclusion;
  const whole = amounts.filter(({ section }) => section === 'amount');
  const own = [...amountsByRemedy(conclusion)].flatMap(([id, rule]) => (remedies.includes(id) ? [rule] : []));
  if (ruleSet.claims.length === 1 && whole.length > 0) return sumOf(whole, values);
  const money = own.filter(isMoney);
  // Some remedy of the claim may have yen that cannot be told yet.
  const open = openAmounts.some((remedy) => remedy === null || remedies.includes(remedy));
  if (money.length > 0 || open) return open ? null : sumOf(money, values);
  return new Set(own.map(({ amount }) => amount?.unit)).size === 1 ? sumOf(own, values) : null;
}
