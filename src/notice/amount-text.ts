import { factLabel } from '../engine/answer/wording.ts';
import type { Expression, Rule, RuleSet } from '../rulebook/rule-set.ts';

/** What an amount comes to, in words; null for a rule without one. */
export function amountText({ amount }: Rule, ruleSet: RuleSet): string | null {
  if (amount === null) return null;
  return amount.yen === null ? '告知からは決まりません' : expressionText(amount.yen, ruleSet);
}

function expressionText(expression: Expression, ruleSet: RuleSet): string {
  switch (expression.kind) {
    case 'literal':
      return `${expression.value.toLocaleString('ja-JP')}円`;
    case 'fact':
      return factLabel(expression.fact, ruleSet);
    case 'percent':
      return `「${expressionText(expression.of, ruleSet)}」の${expression.percent}％（1円未満は切り捨て）`;
    default: {
      const parts = expression.of.map((part) => `「${expressionText(part, ruleSet)}」`).join('と');
      return expression.kind === 'sum' ? `${parts}の合計` : `${parts}のうち最も少ない額`;
    }
  }
}
