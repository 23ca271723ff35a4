/** Two answers to one case: what of them differs, as a person reads it. */
import type { Decision } from '../../engine/answer/fields.ts';
import type { Said } from '../../rulebook/lang.ts';

/** Of one field of the answer: what it no longer says, and what it newly says. */
export interface AnswerChange {
  field: Said;
  removed: string[];
  added: string[];
}

const labels = (items: readonly { label: string }[]): string[] => items.map(({ label }) => label);

function amountText(amount: Decision['amount']): string[] {
  if (amount === null) return [];
  const { yen, final } = amount;
  if (yen === null) return ['告知からは決まりません'];
  return [`${yen.toLocaleString('ja-JP')}円（${final ? '確定' : '見込み'}）`];
}

/** What an answer says, field by field. Its citations, reasons and contact follow from the rest, or are the same for all. */
export const ANSWER_FIELDS: readonly { field: Said; items(decision: Decision): string[] }[] = [
  { field: { ja: '結論', en: 'outcome' }, items: ({ outcomeLabel }) => [outcomeLabel] },
  {
    field: { ja: '対象の区分', en: 'categories' },
    items: ({ categories }) => categories.map(({ id, label }) => `${id} ${label}`),
  },
  { field: { ja: '補償の内容', en: 'remedies' }, items: ({ remedies }) => labels(remedies) },
  {
    field: { ja: '交換先', en: 'brands' },
    items: ({ remedies }) => [...new Set(remedies.flatMap(({ brands }) => labels(brands ?? [])))],
  },
  { field: { ja: '補償額', en: 'amount' }, items: ({ amount }) => amountText(amount) },
  {
    field: { ja: 'クーポンの状態', en: 'voucher state' },
    items: ({ voucherState }) => (voucherState ? [voucherState.label] : []),
  },
  { field: { ja: '請求の状態', en: 'claim state' }, items: ({ claimState }) => [claimState.label] },
  { field: { ja: '次にすること', en: 'next steps' }, items: ({ nextSteps }) => labels(nextSteps) },
  {
    field: { ja: '期限', en: 'deadlines' },
    items: ({ deadlines }) => deadlines.map(({ label, text }) => `${label} ${text}`),
  },
  {
    field: { ja: '用意する情報', en: 'information to provide' },
    items: ({ requiredInformation }) => labels(requiredInformation),
  },
  {
    field: { ja: 'お知らせいただきたいこと', en: 'missing facts' },
    items: ({ missingFacts }) => labels(missingFacts),
  },
  { field: { ja: '食い違い', en: 'contradictions' }, items: ({ contradictions }) => labels(contradictions) },
  {
    field: { ja: '仮定', en: 'assumptions' },
    // Not what facts that were left out were taken to mean: that follows from which rules were looked at.
    items: ({ assumptions }) => assumptions.filter(({ fact }) => fact === undefined).map(({ text }) => text),
  },
];

/** In the order of an answer; empty where a person reads the same. */
export function answerChanges(before: Decision, after: Decision): AnswerChange[] {
  return ANSWER_FIELDS.flatMap(({ field, items }) => {
    const [was, is] = [items(before), items(after)];
    const removed = was.filter((item) => !is.includes(item));
    const added = is.filter((item) => !was.includes(item));
    return removed.length + added.length > 0 ? [{ field, removed, added }] : [];
  });
}
