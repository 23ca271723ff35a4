/** Amounts that nobody can be paid, and remedies for which no rule says an amount. */
import { resolveExpression, UNKNOWN } from '../../engine/facts/values.ts';
import { isNeverNegative } from '../../rulebook/expressions.ts';
import { type Expression, type Rule, YEN } from '../../rulebook/rule-set.ts';
import { sectionsOfKind } from '../../rulebook/sections.ts';
import { aboutRule, rulesOf, rulesOfKind } from '../rule-set-parts.ts';
import { all, any, no, type Property } from '../search/properties.ts';
import { less, number } from '../solver/terms.ts';
import { type Check, type CheckContext, type Checks, foundIfShown, ruleEn, ruleJa } from './finding.ts';
import { isOfTable } from './tables.ts';

/** An amount that is below 0 for somebody: the answer says that it is not decided. */
const negativeAmount: Check = (context) => {
  const { consistent, isTaken } = context.properties;
  return rulesOfKind(context.ruleSet, 'amount').flatMap((rule) => {
    const { value = null, unit = YEN } = rule.amount ?? {};
    if (value === null || isNeverNegative(value)) return [];
    const property = consistent(all([isTaken(rule), isNegative(context, value)]));
    const draft = {
      position: rule.position,
      about: [aboutRule(rule)],
      ja: `${ruleJa(rule)}の額が、0${unit === YEN ? '円' : unit}より少なくなる方がいます。回答では、額は決まらないとされます。`,
      en: `Below 0 ${unit} for somebody: ${ruleEn(rule)}. The answer says that it is not decided.`,
    };
    return [foundIfShown(context, property, draft)];
  });
};

const isNegative = ({ translation, index }: CheckContext, value: Expression): Property => ({
  term: less(translation.amount(value), number(0)),
  truthIn: ({ [index]: evaluation }) => {
    const number = evaluation ? resolveExpression(value, evaluation.values) : UNKNOWN;
    if (number === UNKNOWN) return 'unknown';
    return number < 0 ? 'true' : 'false';
  },
});

/** In a category and with a remedy, but no rule says how much; where the file has amounts at all. */
const noAmount: Check = (context) => {
  const { ruleSet, properties } = context;
  const { consistent, isTaken, shared } = properties;
  const isCovered = shared(any(rulesOf(ruleSet, 'eligibility').map(isTaken)));
  return sectionsOfKind(ruleSet, 'amount').flatMap(({ name, remedy }) => {
    const amounts = rulesOf(ruleSet, name);
    if (amounts.length === 0 || isForAll(amounts, remedy)) return [];
    const anyAmount = shared(any(amounts.map(isTaken)));
    const isUntold = shared(no(any([anyAmount, isOfTable(context, name)])));
    return rulesOf(ruleSet, 'remedies')
      .filter(({ concludes }) => remedy === null || remedy === concludes)
      .map((rule) =>
        foundIfShown(context, consistent(all([isTaken(rule), isCovered, isUntold])), {
          position: rule.position,
          about: [aboutRule(rule)],
          ja: `${ruleJa(rule)}を受けられるのに、補償額の規則（amount）がどれも当てはまらない方がいます。額が決まらないなら、yen: null の規則を書きます。`,
          en: `Somebody who gets the ${ruleEn(rule)} has no amount: no rule of amount holds. Where the notice leaves it open, write a rule with yen: null.`,
        }),
      );
  });
};

/** The last of them may hold for all others: without a condition, or with none but that the remedy is theirs. */
const isForAll = (amounts: readonly Rule[], remedy: string | null): boolean =>
  amounts.some(
    ({ when }) => when === null || (remedy !== null && when.kind === 'leaf' && when.fact === 'remedy'),
  );

export const AMOUNTS: Checks = [
  ['negative-amount', negativeAmount],
  ['no-amount', noAmount],
];
