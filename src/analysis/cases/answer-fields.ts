/**
 * The fields of an answer, one entry each, in the order in which an answer is read. What cases expect, what their answers are
 * compared by, what a diff searches for and how it is worded all go through this table.
 */
import { z } from 'zod';
import type { Said } from '../../rulebook/lang.ts';
import type { Rule, RuleSet, Section } from '../../rulebook/rule-set.ts';
import type { AnswerField, ComparedField, FieldPart } from './answer-field.ts';
import { asContact, asPart, asSet, exactly, setsByKey, textsByKey } from './field-comparisons.ts';
import type { ReadableAnswer } from './readable-answer.ts';

const text = z.string().min(1);
const idList = z.array(text);
const ids = idList.optional();

const sorted = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id).sort();
const labels = (items: readonly { label: string }[]): string[] => items.map(({ label }) => label);
/** A field that lists things by id and label. */
const listOf = (items: (answer: ReadableAnswer) => readonly { id: string; label: string }[]) =>
  ({
    items: (answer) => labels(items(answer)),
    read: (answer) => sorted(items(answer)),
    ...{ expect: ids, comparison: asSet, described: 'always' },
  }) as const satisfies Partial<AnswerField>;

const asParts = (ids: readonly string[]): FieldPart[] => ids.map((id) => ({ id }));
const conclusion = ({ concludes }: Rule): FieldPart[] => [{ id: concludes }];
const ruleLabel = ({ rules }: RuleSet, section: Section, concludes: string): string | undefined =>
  rules.find((rule) => rule.section === section && rule.concludes === concludes)?.label;

/** Whose next steps, deadlines and information an answer shows. */
export const GUIDING_SECTIONS: readonly Section[] = ['outcome', 'voucherState', 'claimState', 'advice'];

function amountText(amount: ReadableAnswer['amount']): string[] {
  if (amount === null) return [];
  const { yen, final } = amount;
  if (yen === null) return ['告知からは決まりません'];
  return [`${yen.toLocaleString('ja-JP')}円（${final ? '確定' : '見込み'}）`];
}

const TABLE = [
  {
    name: 'outcome',
    label: { ja: '結論', en: 'outcome' },
    items: ({ outcomeLabel }) => [outcomeLabel],
    read: ({ outcome }) => outcome,
    ...{ expect: text.optional(), comparison: exactly, described: 'always' },
    compared: {
      ...{ level: [1, 1], sections: ['outcome'], parts: conclusion },
      wordFor: ({ vocabulary }, id) => vocabulary.outcomes.get(id),
    },
  },
  {
    name: 'categories',
    label: { ja: '対象の区分', en: 'categories' },
    ...listOf(({ categories }) => categories),
    items: ({ categories }) => categories.map(({ id, label }) => `${id} ${label}`),
    compared: {
      ...{ level: [1, 2], one: 'category', sections: ['eligibility'], parts: conclusion },
      wordFor(ruleSet, id) {
        const label = ruleLabel(ruleSet, 'eligibility', id);
        return label && `${id} ${label}`;
      },
    },
  },
  {
    name: 'remedies',
    label: { ja: '補償の内容', en: 'remedies' },
    ...listOf(({ remedies }) => remedies),
    compared: {
      ...{ level: [1, 3], one: 'remedy', sections: ['remedies'], parts: conclusion },
      wordFor: (ruleSet, id) => ruleLabel(ruleSet, 'remedies', id),
    },
  },
  {
    name: 'brands',
    label: { ja: '交換先', en: 'brands' },
    items: ({ remedies }) => [...new Set(remedies.flatMap(({ brands }) => labels(brands ?? [])))],
    /** By remedy; only of those that offer any. */
    read: ({ remedies }) =>
      Object.fromEntries(remedies.flatMap(({ id, brands }) => (brands ? [[id, sorted(brands)]] : []))),
    expect: z.record(z.string(), idList).optional().meta({ description: '補償ごとの、選べる交換先' }),
    ...{ comparison: setsByKey, described: 'unless-empty' },
    compared: {
      ...{ level: [3, 4], one: 'brand', sections: ['remedies'] },
      parts: ({ id, brands }) => asParts(brands.map((brand) => `${id}/${brand}`)),
      wordFor: ({ brands }, id) => brands.items.find((brand) => brand.id === id.split('/')[1])?.label,
    },
  },
  {
    name: 'amount',
    label: { ja: '補償額', en: 'amount' },
    items: ({ amount }) => amountText(amount),
    read: ({ amount }) => amount,
    expect: z.strictObject({ yen: z.int().nullable(), final: z.boolean() }).nullable().optional(),
    ...{ comparison: exactly, described: 'always' },
  },
  {
    name: 'voucherState',
    label: { ja: 'クーポンの状態', en: 'voucher state' },
    items: ({ voucherState }) => (voucherState ? [voucherState.label] : []),
    read: ({ voucherState }) => voucherState?.id ?? null,
    ...{ expect: text.nullable().optional(), comparison: exactly, described: 'always' },
    compared: {
      ...{ level: [2, 1], sections: ['voucherState'], parts: conclusion },
      wordFor: ({ vocabulary }, id) => vocabulary.voucherStates.get(id),
    },
  },
  {
    name: 'claimState',
    label: { ja: '請求の状態', en: 'claim state' },
    items: ({ claimState }) => [claimState.label],
    read: ({ claimState }) => claimState.id,
    ...{ expect: text.optional(), comparison: exactly, described: 'always' },
    compared: {
      ...{ level: [2, 2], sections: ['claimState'], parts: conclusion },
      wordFor: ({ vocabulary }, id) => vocabulary.claimStates.get(id),
    },
  },
  {
    name: 'nextSteps',
    label: { ja: '次にすること', en: 'next steps' },
    ...listOf(({ nextSteps }) => nextSteps),
    compared: {
      ...{ level: [3, 1], one: 'next step', sections: GUIDING_SECTIONS },
      parts: ({ nextSteps }) => asParts(nextSteps),
      wordFor: ({ vocabulary }, id) => vocabulary.nextSteps.get(id),
    },
  },
  {
    name: 'deadlines',
    label: { ja: '期限', en: 'deadlines' },
    ...listOf(({ deadlines }) => deadlines),
    items: ({ deadlines }) => deadlines.map(({ label, text }) => `${label} ${text}`),
    mayInclude: true,
    compared: {
      ...{ level: [3, 2], one: 'deadline', sections: GUIDING_SECTIONS },
      parts: ({ deadlines }) => asParts(deadlines),
      wordFor: ({ deadlines }, id) => deadlines.get(id)?.label,
    },
  },
  {
    name: 'deadlineTexts',
    read: ({ deadlines }) => Object.fromEntries(deadlines.map(({ id, text }) => [id, text])),
    expect: z.record(z.string(), text).optional().meta({ description: '期限ごとの、見せる文' }),
    ...{ comparison: textsByKey, described: 'unless-empty' },
  },
  {
    name: 'requiredInformation',
    label: { ja: '用意する情報', en: 'information to provide' },
    ...listOf(({ requiredInformation }) => requiredInformation),
    compared: {
      ...{ level: [3, 3], sections: GUIDING_SECTIONS, readsFacts: true },
      parts: ({ information }, { lists }) =>
        information.flatMap(({ list, missingFrom, only }) =>
          (lists.get(list)?.items ?? [])
            .filter(({ id }) => only === null || only.includes(id))
            .map(({ id }) => ({ id, missingFrom })),
        ),
      wordFor: ({ lists }, id) =>
        [...lists.values()].flatMap(({ items }) => items).find((item) => item.id === id)?.label,
    },
  },
  {
    name: 'missingFacts',
    label: { ja: 'お知らせいただきたいこと', en: 'missing facts' },
    items: ({ missingFacts }) => labels(missingFacts),
    read: ({ missingFacts }) => missingFacts.map(({ fact }) => fact).sort(),
    ...{ expect: ids, comparison: asSet, mayInclude: true, described: 'unless-empty' },
  },
  {
    name: 'contact',
    read: ({ contact }) =>
      contact && {
        ...{ openNow: contact.openNow, nextOpenAt: contact.nextOpenAt },
        ...{ tel: contact.tel, hours: contact.hours },
      },
    expect: z
      .strictObject({
        openNow: z.boolean().nullable().optional(),
        nextOpenAt: text.nullable().optional(),
        tel: text.optional(),
        hours: text.optional(),
      })
      .nullable()
      .optional()
      .meta({ description: 'お問い合わせ先。null は、ないこと' }),
    comparison: asContact,
  },
  {
    name: 'contradictions',
    label: { ja: '食い違い', en: 'contradictions' },
    items: ({ contradictions }) => labels(contradictions),
  },
  {
    name: 'assumptions',
    label: { ja: '仮定', en: 'assumptions' },
    // Not what facts that were left out were taken to mean: that follows from which rules were looked at.
    items: ({ assumptions }) => assumptions.filter(({ fact }) => fact === undefined).map(({ text }) => text),
    /** Ids of the rules. */
    read({ assumptions }, { rules }) {
      const assumed = new Set(assumptions.flatMap(({ fact, text }) => (fact ? [] : [text])));
      return sorted(rules.filter(({ section, label }) => section === 'assumptions' && assumed.has(label)));
    },
    expect: ids.meta({ description: '示す解釈（assumptions の id）。みなした事実は含めない' }),
    ...{ comparison: asSet, described: 'always' },
    compared: {
      ...{ level: [3, 5], one: 'assumption', sections: ['assumptions'] },
      parts: ({ label }) => [{ id: label }],
      wordFor: (_, label) => label,
    },
  },
  {
    name: 'clauses',
    read: ({ citations }) => citations.map(({ clause }) => clause),
    ...{ expect: ids, comparison: asPart },
  },
] as const satisfies readonly AnswerField[];

export type FieldName = (typeof TABLE)[number]['name'];
export const ANSWER_FIELDS: readonly AnswerField<FieldName>[] = TABLE;

export const COMPARED_FIELDS: ReadonlyMap<FieldName, ComparedField & { label: Said }> = new Map(
  ANSWER_FIELDS.flatMap(({ name, label, compared }) =>
    label && compared ? [[name, { label, ...compared }]] : [],
  ),
);

export function fieldNamed(name: FieldName): ComparedField & { label: Said } {
  const field = COMPARED_FIELDS.get(name);
  if (!field) throw new Error(`${name} is not compared`);
  return field;
}
