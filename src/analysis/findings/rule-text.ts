/** How findings name the parts of a rule file. */

import type { Said } from '../../rulebook/lang.ts';
import type { Rule, RuleSet, Section } from '../../rulebook/rule-set.ts';

export const SECTION_WORDS: Record<Section, Said> = {
  contradictions: { ja: '同時に成り立たない事実', en: 'contradiction' },
  eligibility: { ja: '対象の区分', en: 'category' },
  voucherState: { ja: 'クーポンの状態', en: 'voucher state' },
  claimState: { ja: '請求の状態', en: 'claim state' },
  outcome: { ja: '結論', en: 'outcome' },
  remedies: { ja: '補償の内容', en: 'remedy' },
  advice: { ja: '付け加える案内', en: 'advice' },
  amount: { ja: '補償額', en: 'amount' },
  assumptions: { ja: '告知にないことへの解釈', en: 'assumption' },
};

export const aboutRule = ({ section, id }: Rule): string => `${section}/${id}`;
export const ruleJa = ({ section, id }: Rule): string => `${SECTION_WORDS[section].ja}「${id}」`;
export const ruleEn = ({ section, id }: Rule): string => `${SECTION_WORDS[section].en} "${id}"`;
export const listJa = (ids: readonly string[]): string => ids.map((id) => `「${id}」`).join('、');
export const listEn = (ids: readonly string[]): string => ids.map((id) => `"${id}"`).join(', ');

export const rulesOf = ({ rules }: RuleSet, section: Section): Rule[] =>
  rules.filter((rule) => rule.section === section);
