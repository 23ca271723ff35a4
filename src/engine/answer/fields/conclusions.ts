/** What is concluded: who is compensated for what, by how much, and in which state that is. */
import { z } from 'zod';
import { type Rule, type RuleSet, YEN } from '../../../rulebook/rule-set.ts';
import { sectionsOfKind } from '../../../rulebook/sections.ts';
import { amountsByRemedy, quantityOf, readsFacts, wholeAmount } from '../amounts.ts';
import { asWritten, quantitiesByKey, setsByKey } from '../comparisons.ts';
import * as shapes from '../decision.ts';
import {
  AND,
  asParts,
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

const quantityPart = z.strictObject(shapes.quantity.shape).partial();

const OUTCOME = { ja: '結論', en: 'outcome' };

export const CONCLUSIONS = {
  outcome: field({
    schema: z.string(),
    make: ({ conclusion }) => conclusion.outcome,
    says: [
      {
        label: OUTCOME,
        expect: expectedWord(text, (outcome) => outcome),
        compared: {
          ...{ level: [1, 1], isWord: true, of: ({ kind }) => kind === 'outcome', parts: concludedPart },
          wordFor: ({ vocabulary }, id) => vocabulary.outcomes.get(id),
        },
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
          ...{
            level: [1, 2],
            one: 'category',
            of: ({ kind }) => kind === 'eligibility',
            parts: concludedPart,
          },
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
    make: ({ conclusion, facts }) => {
      const { remedies, ruleSet } = conclusion;
      const amounts = amountsByRemedy(conclusion);
      const withAmount = sectionsOfKind(ruleSet, 'amount').map(({ remedy }) => remedy);
      return remedies.map((rule) => {
        const brands = ruleSet.brands.items.filter((item) => rule.brands.includes(item.id));
        const of = amounts.get(rule.concludes)?.amount;
        const amount = of ? quantityOf(of, facts.values) : null;
        return {
          ...citedRule(rule),
          ...(brands.length > 0 && { brands }),
          ...(withAmount.includes(rule.concludes) && { amount }),
        };
      });
    },
    varies: (conclusion) => [...amountsByRemedy(conclusion).values()].some(readsFacts),
    says: [
      {
        label: { ja: '補償の内容', en: 'remedies' },
        ...{ items: labels, expect: expectedIds },
        compared: {
          ...{ level: [1, 3], one: 'remedy', of: ({ kind }) => kind === 'remedies', parts: concludedPart },
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
          ...{ level: [3, 4], one: 'brand', of: ({ kind }) => kind === 'remedies' },
          parts: ({ id, brands }) => asParts(brands.map((brand) => `${id}/${brand}`)),
          wordFor: ({ brands }, id) => brands.items.find((brand) => brand.id === id.split('/')[1])?.label,
        },
      },
      {
        name: 'amounts',
        label: { ja: '補償ごとの額', en: 'amounts of remedies' },
        items: (remedies) =>
          remedies.flatMap(({ label, amount }) =>
            amount === undefined ? [] : [`${label} ${amountText(amount, JAPANESE)}`],
          ),
        expect: {
          schema: z.record(z.string(), z.union([z.int().nullable(), quantityPart])),
          description:
            '補償ごとの額。数だけなら、その量。null は、まだ決まらないこと。{ value: 量, unit: 単位, final: 確定か } の一部でもよい',
          /** By remedy; only of those that have one of their own. */
          read: (remedies) =>
            Object.fromEntries(
              remedies.flatMap(({ id, amount }) => (amount === undefined ? [] : [[id, amount]])),
            ),
          ...{ comparison: quantitiesByKey, described: 'unless-empty' },
        },
      },
    ],
    columns: [{ header: '補償の内容', cell: (remedies) => remedies.map(remedyText).join(AND) }],
    terminal: {
      lines: (remedies, pen) =>
        remedies.flatMap(({ label, clause, brands, amount }) => [
          label + citing(pen, clause),
          ...(amount === undefined ? [] : [`  ${amountText(amount, pen)}`]),
          ...(brands ? [`  ${TO_CHOOSE[pen.lang]}${pen.series(labels(brands))}`] : []),
        ]),
    },
  }),
  amount: field({
    schema: shapes.amount,
    make: ({ conclusion, facts }) => wholeAmount(conclusion, facts.values),
    varies: ({ amounts }) => amounts.some(readsFacts),
    says: [
      {
        label: { ja: '補償額', en: 'amount' },
        items: amountItems,
        expect: {
          ...expectedWord(
            z.strictObject({ yen: z.int().nullable(), final: z.boolean().optional() }).nullable(),
            (amount) => amount,
          ),
          comparison: asWritten,
        },
      },
    ],
    columns: [
      { header: '補償額（円）', cell: (amount) => String(amount?.yen ?? '') },
      { header: '確定', cell: amountStatus },
    ],
    terminal: { lines: amountLines },
  }),
};

const TO_CHOOSE = { ja: '選べるもの：', en: 'to choose from: ' };
const UNDECIDED = { ja: '告知からは決まりません', en: 'not decided by the notice' };
const NOT_YET = { ja: '額はまだ決まりません', en: 'amount not known yet' };
const FINAL = { ja: '確定', en: 'final' };
const EXPECTED = { ja: '見込み', en: 'not final' };
const UNIT = { ja: '円', en: ' yen' };

export const JAPANESE: Pick<Pen, 'lang' | 'aside'> = { lang: 'ja', aside: (text) => `（${text}）` };

/** 1,500円（確定）, 1GB（確定）, or that the notice does not decide it. */
export function quantityText(
  { value, unit, final }: shapes.Quantity,
  { lang, aside }: Pick<Pen, 'lang' | 'aside'>,
): string {
  if (value === null) return UNDECIDED[lang];
  const of = unit === YEN ? UNIT[lang] : unit;
  return value.toLocaleString('ja-JP') + of + aside((final ? FINAL : EXPECTED)[lang]);
}

/** Of a remedy that has an amount of its own. */
const amountText = (amount: shapes.Quantity | null, pen: Pick<Pen, 'lang' | 'aside'>): string =>
  amount ? quantityText(amount, pen) : NOT_YET[pen.lang];

const ruleLabel = ({ rules }: RuleSet, section: string, concludes: string): string | undefined =>
  rules.find((rule) => rule.section === section && rule.concludes === concludes)?.label;

const citedRule = (rule: Rule): shapes.Cited => ({
  id: rule.concludes,
  label: rule.label,
  clause: clauseOf(rule),
});

function amountStatus(amount: shapes.Amount): string {
  if (amount === null) return '';
  if (amount.yen === null) return '告知からは決まらない';
  return (amount.final ? FINAL : EXPECTED).ja;
}

function amountLines(amount: shapes.Amount, pen: Pick<Pen, 'lang' | 'aside'>): string[] {
  return amount === null ? [] : [quantityText({ value: amount.yen, unit: YEN, final: amount.final }, pen)];
}

function amountItems(amount: shapes.Amount): string[] {
  return amountLines(amount, JAPANESE);
}

const remedyText = ({ label, amount }: shapes.Remedy): string =>
  amount ? `${label} ${quantityText(amount, JAPANESE)}` : label;
