/** Amounts and opening hours in the words of a notice. */
import { factLabel } from '../engine/answer/wording.ts';
import { clockText, japaneseMoment } from '../rulebook/calendar.ts';
import { noticeExpressionText } from '../rulebook/expression-text.ts';
import { type OpeningHours, WEEKDAYS } from '../rulebook/open-days.ts';
import { type Expression, type Rule, type RuleSet, YEN } from '../rulebook/rule-set.ts';

/** From the first day to the last; an end that is not stated is left out. */
export function periodText({ from, until }: OpeningHours, timeZone: string): string {
  const side = (interval: typeof from, suffix: string): string =>
    interval ? `${japaneseMoment(interval, timeZone)}${suffix}` : '';
  return side(from, 'から') + side(until, 'まで') || 'いつでも';
}

/** Deadlines that are counted from facts are said in words: there is no case here. */
export const NO_FACTS = { get: () => undefined };

export const daysText = ({ days }: OpeningHours): string =>
  [...WEEKDAYS].filter((_, i) => days.includes(i + 1)).join('・');

export const clocksText = ({ open, close }: OpeningHours): string =>
  `${clockText(open)}～${clockText(close)}`;

/** What an amount comes to, in words; null for a rule without one. */
export function amountText({ amount }: Rule, ruleSet: RuleSet): string | null {
  if (amount === null) return null;
  const { value, unit } = amount;
  return value === null
    ? '告知からは決まりません'
    : quantityWords(value, unit === YEN ? '円' : unit, ruleSet);
}

const quantityWords = (expression: Expression, unit: string, ruleSet: RuleSet): string =>
  noticeExpressionText(expression, {
    unit,
    factLabel: (fact) => factLabel(fact, ruleSet),
    factUnit: (fact) => ruleSet.vocabulary.facts.get(fact)?.unit,
  });
