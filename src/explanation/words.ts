/** Sections, conclusions and conditions in Japanese. */

import { factLabel, instantText, operandText } from '../engine/answer/wording.ts';
import { factsOf, resolveOperand, type Values } from '../engine/facts/values.ts';
import type { Truth } from '../engine/judge/operators.ts';
import { amountText } from '../notice/wording.ts';
import { type ValueType, WANTED } from '../rulebook/operators.ts';
import type { Leaf, Rule, RuleSet, Section } from '../rulebook/rule-set.ts';

const TITLES: Partial<Record<Section, string>> = {
  contradictions: '事実の食い違い',
  advice: 'あわせてお知らせすること',
  amount: '補償額',
  assumptions: '告知に書かれていないことの扱い',
};
const CONCLUSIONS: Partial<Record<Section, string>> = { eligibility: 'category', remedies: 'remedy' };

export const sectionTitle = (section: Section, ruleSet: RuleSet): string =>
  TITLES[section] ?? factLabel(CONCLUSIONS[section] ?? section, ruleSet);

export function concludesText(rule: Rule, ruleSet: RuleSet): string {
  const { section, label, concludes } = rule;
  const title = sectionTitle(section, ruleSet);
  switch (section) {
    case 'contradictions':
    case 'assumptions':
      return `${title}：${label}`;
    case 'eligibility':
      return `${title}：(${concludes}) ${label}`;
    case 'advice':
      return `${title}：${rule.nextSteps.map((step) => ruleSet.vocabulary.nextSteps.get(step) ?? step).join('、')}`;
    case 'amount':
      return `${title}：${amountText(rule, ruleSet) ?? label}`;
    default:
      return `${title}：「${label}」`;
  }
}

export function ruleTruthText(truth: Truth, isConcluding: boolean): string {
  if (isConcluding) return truth === 'true' ? '当てはまる' : 'わからない事実がどうであっても、この結論になる';
  if (truth === 'true') return '当てはまるが、結論には使われていない';
  return truth === 'false' ? '当てはまらない' : '決まらない';
}

export const metText = (met: Truth): string =>
  ({ true: '満たす', false: '満たさない', unknown: 'わからない' })[met];

/** What a rule wants of the fact that a condition looks at; the opposite of the condition where it is reversed. */
export function wantedText(leaf: Leaf, isReversed: boolean, values: Values, ruleSet: RuleSet): string {
  const { operator, operand } = leaf;
  const wanted = WANTED[operator];
  if (operator === 'isPresent') {
    const isWanted = operand.kind === 'literal' && operand.value === true;
    return wanted[isWanted === isReversed ? 1 : 0];
  }
  // Until when the contact can be asked is advice; a condition does not look at it.
  const text = operandText(operand, values, { ...ruleSet, contact: null }) + exactly(leaf, values, ruleSet);
  const phrase = wanted[isReversed ? 1 : 0].replace('○', () => text);
  return isReversed && holdsOfNothing(leaf, ruleSet) ? `${phrase}（ないときを含む）` : phrase;
}

/** Is the fact, or an instant compared with, one that may not exist? Every order comparison with it is false, so its opposite holds. */
function holdsOfNothing({ fact, operand }: Leaf, { vocabulary, deadlines }: RuleSet): boolean {
  const mayBeNone = (name: string, ...types: ValueType[]): boolean => {
    const definition = vocabulary.facts.get(name);
    return definition?.absent.kind === 'none' && types.includes(definition.type);
  };
  // On the other side, a number that does not exist counts as 0.
  return (
    mayBeNone(fact, 'instant', 'integer') ||
    factsOf(operand, deadlines).some((other) => mayBeNone(other, 'instant'))
  );
}

/** The instant that decides, where the notice gives the time only in words. */
function exactly({ operator, operand }: Leaf, values: Values, ruleSet: RuleSet): string {
  if (operand.kind !== 'deadline' || !ruleSet.deadlines.get(operand.deadline)?.text) return '';
  const period = resolveOperand(operand, values, ruleSet);
  if (typeof period !== 'object' || !('start' in period)) return '';
  return operator === 'before' || operator === 'onOrAfter'
    ? `［判定では${instantText(period.start, ruleSet.timeZone)}から］`
    : `［判定では${instantText(period.end, ruleSet.timeZone)}より前まで］`;
}
