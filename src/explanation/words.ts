/** Sections, conclusions and conditions in Japanese. */

import { factLabel, instantText, operandText } from '../engine/answer/wording.ts';
import { factsOf, resolveOperand, type Values } from '../engine/facts/values.ts';
import type { Truth } from '../engine/judge/operators.ts';
import { amountText } from '../notice/amount-text.ts';
import type { Operator, ValueType } from '../rulebook/operators.ts';
import type { Leaf, Rule, RuleSet, Section } from '../rulebook/rule-set.ts';

export function sectionTitle(section: Section, ruleSet: RuleSet): string {
  switch (section) {
    case 'contradictions':
      return '事実の食い違い';
    case 'eligibility':
      return factLabel('category', ruleSet);
    case 'remedies':
      return factLabel('remedy', ruleSet);
    case 'advice':
      return 'あわせてお知らせすること';
    case 'amount':
      return '補償額';
    case 'assumptions':
      return '告知に書かれていないことの扱い';
    default:
      return factLabel(section, ruleSet);
  }
}

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
  return { true: '当てはまるが、結論には使われていない', false: '当てはまらない', unknown: '決まらない' }[
    truth
  ];
}

export const metText = (met: Truth): string =>
  ({ true: '満たす', false: '満たさない', unknown: 'わからない' })[met];

type Phrase = (value: string) => string;

/** What is wanted of a fact, and what a condition wants that is reversed. */
const WANTED: Record<Exclude<Operator, 'isPresent'>, [wanted: Phrase, opposite: Phrase]> = {
  equal: [(value) => `「${value}」であること`, (value) => `「${value}」ではないこと`],
  notEqual: [(value) => `「${value}」ではないこと`, (value) => `「${value}」であること`],
  in: [(value) => `「${value}」のいずれかであること`, (value) => `「${value}」のいずれでもないこと`],
  notIn: [(value) => `「${value}」のいずれでもないこと`, (value) => `「${value}」のいずれかであること`],
  includesText: [(value) => `「${value}」の文字を含むこと`, (value) => `「${value}」の文字を含まないこと`],
  lessThan: [(value) => `${value}より小さいこと`, (value) => `${value}以上であること`],
  lessThanInclusive: [(value) => `${value}以下であること`, (value) => `${value}より大きいこと`],
  greaterThan: [(value) => `${value}より大きいこと`, (value) => `${value}以下であること`],
  greaterThanInclusive: [(value) => `${value}以上であること`, (value) => `${value}より小さいこと`],
  before: [(value) => `${value}より前であること`, (value) => `${value}以後であること`],
  onOrBefore: [(value) => `${value}を過ぎていないこと`, (value) => `${value}を過ぎていること`],
  after: [(value) => `${value}を過ぎていること`, (value) => `${value}を過ぎていないこと`],
  onOrAfter: [(value) => `${value}以後であること`, (value) => `${value}より前であること`],
  sameInstant: [(value) => `${value}と同じ日時であること`, (value) => `${value}と同じ日時ではないこと`],
  contains: [(value) => `「${value}」を含むこと`, (value) => `「${value}」を含まないこと`],
  doesNotContain: [(value) => `「${value}」を含まないこと`, (value) => `「${value}」を含むこと`],
  containsAll: [
    (value) => `「${value}」がすべてそろうこと`,
    (value) => `「${value}」のうち欠けるものがあること`,
  ],
  containsAny: [
    (value) => `「${value}」のいずれかを含むこと`,
    (value) => `「${value}」のいずれも含まないこと`,
  ],
  subsetOf: [(value) => `「${value}」の中に収まること`, (value) => `「${value}」の中に収まらないこと`],
  countGreaterThan: [(value) => `件数が${value}より多いこと`, (value) => `件数が${value}以下であること`],
};

/** What a rule wants of the fact that a condition looks at; the opposite of the condition where it is reversed. */
export function wantedText(leaf: Leaf, isReversed: boolean, values: Values, ruleSet: RuleSet): string {
  const { operator, operand } = leaf;
  if (operator === 'isPresent') {
    const isWanted = operand.kind === 'literal' && operand.value === true;
    return isWanted === isReversed ? 'ないこと' : 'あること';
  }
  // Until when the contact can be asked is advice; a condition does not look at it.
  const text = operandText(operand, values, { ...ruleSet, contact: null }) + exactly(leaf, values, ruleSet);
  const [wanted, opposite] = WANTED[operator];
  if (!isReversed) return wanted(text);
  return `${opposite(text)}${holdsOfNothing(leaf, ruleSet) ? '（ないときを含む）' : ''}`;
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
