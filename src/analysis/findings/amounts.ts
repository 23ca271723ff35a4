/** Amounts that nobody can be paid, and remedies for which no rule says an amount. */
import { resolveExpression, UNKNOWN } from '../../engine/facts/values.ts';
import { isNeverNegative } from '../../rulebook/expressions.ts';
import type { Expression } from '../../rulebook/rule-set.ts';
import { aboutRule, rulesOf } from '../rule-set-parts.ts';
import { all, any, no, type Property } from '../search/properties.ts';
import { less, number } from '../solver/terms.ts';
import { type Check, type CheckContext, type Checks, foundIfShown, ruleEn, ruleJa } from './finding.ts';
import { isOfTable } from './tables.ts';

/** An amount that is below 0 for somebody: the answer says that it is not decided. */
const negativeAmount: Check = (context) => {
  const { consistent, isTaken } = context.properties;
  return rulesOf(context.ruleSet, 'amount').flatMap((rule) => {
    const yen = rule.amount?.yen ?? null;
    if (yen === null || isNeverNegative(yen)) return [];
    const property = consistent(all([isTaken(rule), isNegative(context, yen)]));
    const draft = {
      position: rule.position,
      about: [aboutRule(rule)],
      ja: `${ruleJa(rule)}の金額が、0円より少なくなる方がいます。回答では、額は決まらないとされます。`,
      en: `Below 0 yen for somebody: ${ruleEn(rule)}. The answer says that it is not decided.`,
    };
    return [foundIfShown(context, property, draft)];
  });
};

const isNegative = ({ translation, index }: CheckContext, yen: Expression): Property => ({
  term: less(translation.amount(yen), number(0)),
  truthIn: ({ [index]: evaluation }) => {
    const value = evaluation ? resolveExpression(yen, evaluation.values) : UNKNOWN;
    if (value === UNKNOWN) return 'unknown';
    return value < 0 ? 'true' : 'false';
  },
});

/** In a category and with a remedy, but no rule says how much; where the file has amounts at all. */
const noAmount: Check = (context) => {
  const { ruleSet, properties } = context;
  const { consistent, isTaken, shared } = properties;
  const amounts = rulesOf(ruleSet, 'amount');
  // The last of them may hold for all others.
  if (amounts.length === 0 || amounts.some(({ when }) => when === null)) return [];
  const anyAmount = shared(any(amounts.map(isTaken)));
  const isUntold = shared(no(any([anyAmount, isOfTable(context)])));
  const isCovered = shared(any(rulesOf(ruleSet, 'eligibility').map(isTaken)));
  return rulesOf(ruleSet, 'remedies').map((rule) =>
    foundIfShown(context, consistent(all([isTaken(rule), isCovered, isUntold])), {
      position: rule.position,
      about: [aboutRule(rule)],
      ja: `${ruleJa(rule)}を受けられるのに、補償額の規則（amount）がどれも当てはまらない方がいます。額が決まらないなら、yen: null の規則を書きます。`,
      en: `Somebody who gets the ${ruleEn(rule)} has no amount: no rule of amount holds. Where the notice leaves it open, write a rule with yen: null.`,
    }),
  );
};

export const AMOUNTS: Checks = [
  ['negative-amount', negativeAmount],
  ['no-amount', noAmount],
];
