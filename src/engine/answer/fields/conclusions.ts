/** What is concluded: who is compensated for what, by how much, and in which state that is. */
import { z } from 'zod';
import { type Rule, type RuleSet, type Section, wordsOf } from '../../../rulebook/rule-set.ts';
import { factsOfExpression, resolveAmount, UNKNOWN, type Values } from '../../facts/values.ts';
import { setsByKey } from '../comparisons.ts';
import * as shapes from '../decision.ts';
import {
  asParts,
  type ComparedAspect,
  citing,
  clauseOf,
  concludedPart,
  expectedIds,
  expectedWord,
  field,
  idList,
  labelCell,
  labels,
  type Pen,
  sortedIds,
  text,
} from '../field.ts';

/** A section that takes the first rule, which concludes a word of the vocabulary. */
const comparedState = (
  level: ComparedAspect['level'],
  section: 'outcome' | 'voucherState' | 'claimState',
): ComparedAspect => ({
  ...{ level, sections: [section], parts: concludedPart },
  wordFor: ({ vocabulary }, id) => wordsOf(section, vocabulary).get(id),
});

const OUTCOME = { ja: '結論', en: 'outcome' };

export const CONCLUSIONS = {
  outcome: field({
    schema: z.string(),
    make: ({ conclusion }) => conclusion.outcome,
    says: [
      {
        label: OUTCOME,
        expect: expectedWord(text, (outcome) => outcome),
        compared: comparedState([1, 1], 'outcome'),
      },
    ],
  }),
  outcomeLabel: field({
    schema: z.string(),
    make: ({ conclusion: { outcome, ruleSet } }) => ruleSet.vocabulary.outcomes.get(outcome) ?? outcome,
    says: [{ label: OUTCOME, items: (label) => [label], expect: null }],
    columns: [{ header: '結論', cell: (label) => label }],
    terminal: { lines: (label, { bold }) => [bold(label)] },
  }),
  categories: field({
    schema: z.array(shapes.cited),
    make: ({ conclusion }) => conclusion.categories.map(citedRule),
    says: [
      {
        label: { ja: '対象の区分', en: 'categories' },
        items: (categories) => categories.map(({ id, label }) => `${id} ${label}`),
        expect: expectedIds,
        compared: {
          ...{ level: [1, 2], one: 'category', sections: ['eligibility'], parts: concludedPart },
          wordFor(ruleSet, id) {
            const label = ruleLabel(ruleSet, 'eligibility', id);
            return label && `${id} ${label}`;
          },
        },
      },
    ],
    columns: [{ header: '区分', cell: labelCell }],
    terminal: {
      lines: (categories, pen) =>
        categories.map(({ id, label, clause }) => `${id}  ${label}${citing(pen, clause)}`),
    },
  }),
  remedies: field<shapes.Remedy[]>({
    schema: z.array(shapes.remedy),
    make: ({ conclusion: { remedies, ruleSet } }) =>
      remedies.map((rule) => {
        const brands = ruleSet.brands.items.filter((item) => rule.brands.includes(item.id));
        return brands.length > 0 ? { ...citedRule(rule), brands } : citedRule(rule);
      }),
    says: [
      {
        label: { ja: '補償の内容', en: 'remedies' },
        ...{ items: labels, expect: expectedIds },
        compared: {
          ...{ level: [1, 3], one: 'remedy', sections: ['remedies'], parts: concludedPart },
          wordFor: (ruleSet, id) => ruleLabel(ruleSet, 'remedies', id),
        },
      },
      {
        name: 'brands',
        label: { ja: '交換先', en: 'brands' },
        items: (remedies) => [...new Set(remedies.flatMap(({ brands }) => labels(brands ?? [])))],
        expect: {
          schema: z.record(z.string(), idList),
          description: '補償ごとの、選べる交換先',
          /** By remedy; only of those that offer any. */
          read: (remedies) =>
            Object.fromEntries(
              remedies.flatMap(({ id, brands }) => (brands ? [[id, sortedIds(brands)]] : [])),
            ),
          ...{ comparison: setsByKey, described: 'unless-empty' },
        },
        compared: {
          ...{ level: [3, 4], one: 'brand', sections: ['remedies'] },
          parts: ({ id, brands }) => asParts(brands.map((brand) => `${id}/${brand}`)),
          wordFor: ({ brands }, id) => brands.items.find((brand) => brand.id === id.split('/')[1])?.label,
        },
      },
    ],
    columns: [{ header: '補償の内容', cell: labelCell }],
    terminal: {
      lines: (remedies, pen) =>
        remedies.flatMap(({ label, clause, brands }) => [
          label + citing(pen, clause),
          ...(brands ? [`  ${TO_CHOOSE[pen.lang]}${pen.series(labels(brands))}`] : []),
        ]),
    },
  }),
  amount: field({
    schema: shapes.amount,
    make: ({ conclusion, facts }) => answerAmount(conclusion.amount, facts.values),
    varies: ({ amount }) =>
      amount !== null && amount.yen !== null && factsOfExpression(amount.yen).length > 0,
    says: [
      {
        label: { ja: '補償額', en: 'amount' },
        items: amountItems,
        expect: expectedWord(
          z.strictObject({ yen: z.int().nullable(), final: z.boolean() }).nullable(),
          (amount) => amount,
        ),
      },
    ],
    columns: [
      { header: '補償額（円）', cell: (amount) => String(amount?.yen ?? '') },
      { header: '確定', cell: amountStatus },
    ],
    terminal: { lines: amountLines },
  }),
  voucherState: field({
    schema: shapes.labelled.nullable(),
    make: ({ conclusion: { voucherState, ruleSet } }) =>
      voucherState === null ? null : word(ruleSet.vocabulary.voucherStates, voucherState),
    says: [
      {
        label: { ja: 'クーポンの状態', en: 'voucher state' },
        items: (state) => labels(state ? [state] : []),
        expect: expectedWord<shapes.Labelled | null>(text.nullable(), (state) => state?.id ?? null),
        compared: comparedState([2, 1], 'voucherState'),
      },
    ],
    columns: [{ header: 'クーポンの状態', cell: (state) => state?.label ?? '' }],
  }),
  claimState: field({
    schema: shapes.labelled,
    make: ({ conclusion: { claimState, ruleSet } }) => word(ruleSet.vocabulary.claimStates, claimState),
    says: [
      {
        label: { ja: '請求の状態', en: 'claim state' },
        items: ({ label }) => [label],
        expect: expectedWord<shapes.Labelled>(text, ({ id }) => id),
        compared: comparedState([2, 2], 'claimState'),
      },
    ],
    columns: [{ header: '請求の状態', cell: ({ label }) => label }],
  }),
};

const TO_CHOOSE = { ja: '選べるもの：', en: 'to choose from: ' };
const UNDECIDED = { ja: '告知からは決まりません', en: 'not decided by the notice' };
const FINAL = { ja: '確定', en: 'final' };
const EXPECTED = { ja: '見込み', en: 'not final' };
const YEN = { ja: '円', en: ' yen' };

const ruleLabel = ({ rules }: RuleSet, section: Section, concludes: string): string | undefined =>
  rules.find((rule) => rule.section === section && rule.concludes === concludes)?.label;

const word = (words: ReadonlyMap<string, string>, id: string): shapes.Labelled => ({
  id,
  label: words.get(id) ?? id,
});

const citedRule = (rule: Rule): shapes.Cited => ({
  id: rule.concludes,
  label: rule.label,
  clause: clauseOf(rule),
});

/** null where there is none, or where a fact that it needs is unknown. What is negative is not decided by the notice. */
function answerAmount(amount: Rule['amount'], values: Values): shapes.Amount {
  if (amount === null) return null;
  if (amount.yen === null) return { yen: null, final: amount.final };
  const yen = resolveAmount(amount.yen, values);
  return yen === UNKNOWN ? null : { yen, final: amount.final && yen !== null };
}

function amountStatus(amount: shapes.Amount): string {
  if (amount === null) return '';
  if (amount.yen === null) return '告知からは決まらない';
  return (amount.final ? FINAL : EXPECTED).ja;
}

function amountLines(amount: shapes.Amount, { lang, aside }: Pick<Pen, 'lang' | 'aside'>): string[] {
  if (amount === null) return [];
  const { yen, final } = amount;
  if (yen === null) return [UNDECIDED[lang]];
  return [yen.toLocaleString('ja-JP') + YEN[lang] + aside((final ? FINAL : EXPECTED)[lang])];
}

function amountItems(amount: shapes.Amount): string[] {
  return amountLines(amount, { lang: 'ja', aside: (text) => `（${text}）` });
}
