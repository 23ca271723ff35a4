/**
 * The one table of what an answer contains, in its order. The object, its JSON text and JSON Schema, what is told of two
 * answers that differ, and how an answer reads in a terminal, on a page and in a line of CSV are read off it: a new field is
 * an entry here.
 */
import { z } from 'zod';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { InformationRequest, Rule, RuleSet } from '../../rulebook/rule-set.ts';
import type { CaseFacts } from '../facts/read-facts.ts';
import {
  factsOfDeadline,
  factsOfExpression,
  resolveExpression,
  UNKNOWN,
  type Values,
} from '../facts/values.ts';
import type { Conclusion } from './conclusion.ts';
import * as shapes from './decision.ts';
import { answerDeadline, stepDetails } from './parts.ts';
import { valueText } from './wording.ts';

/** What a field is made from: of the facts only what `varies` says. */
export interface MadeFrom {
  conclusion: Conclusion;
  facts: CaseFacts;
  /** The contact as at an instant, in epoch milliseconds. */
  contactAt(asOf: number): shapes.ContactAnswer | null;
}

/** Something that an answer says, item by item, as a person reads it; no items where it is not said. */
export interface Statement<Value> {
  label: LocalizedText;
  items(value: Value): string[];
  /** It follows from the rest, as long as the program is the same: of two answers that differ it is not told. */
  follows?: true;
}

/** A column of the list of decisions of a bulk run. */
export interface CsvColumn<Value> {
  header: string;
  cell(value: Value): string;
}

export interface AnswerField<Value> {
  schema: z.ZodType<Value>;
  make(from: MadeFrom): NoInfer<Value>;
  /** Does it depend on the values of facts, and not only on how comparisons turn out? */
  varies?(conclusion: Conclusion): boolean;
  says: readonly Statement<NoInfer<Value>>[];
  columns?: readonly CsvColumn<NoInfer<Value>>[];
}

const field = <Value>(entry: AnswerField<Value>): AnswerField<Value> => entry;

/** Between the items of one cell. */
export const AND = '／';
const labelCell = (items: readonly { label: string }[]): string => labels(items).join(AND);
const labels = (items: readonly { label: string }[]): string[] => items.map(({ label }) => label);
const clauseOf = ({ clauses }: Rule): string | null => clauses[0] ?? null;
const word = (words: ReadonlyMap<string, string>, id: string): shapes.Labelled => ({
  id,
  label: words.get(id) ?? id,
});

export const ANSWER_FIELDS = {
  outcome: field({
    schema: z.string(),
    make: ({ conclusion }) => conclusion.outcome,
    says: [],
  }),
  outcomeLabel: field({
    schema: z.string(),
    make: ({ conclusion: { outcome, ruleSet } }) => ruleSet.vocabulary.outcomes.get(outcome) ?? outcome,
    says: [{ label: { ja: '結論', en: 'outcome' }, items: (label) => [label] }],
    columns: [{ header: '結論', cell: (label) => label }],
  }),
  categories: field({
    schema: z.array(shapes.cited),
    make: ({ conclusion }) => conclusion.categories.map(citedRule),
    says: [
      {
        label: { ja: '対象の区分', en: 'categories' },
        items: (categories) => categories.map(({ id, label }) => `${id} ${label}`),
      },
    ],
    columns: [{ header: '区分', cell: labelCell }],
  }),
  remedies: field<shapes.Remedy[]>({
    schema: z.array(shapes.remedy),
    make: ({ conclusion: { remedies, ruleSet } }) =>
      remedies.map((rule) => {
        const brands = ruleSet.brands.items.filter((item) => rule.brands.includes(item.id));
        return brands.length > 0 ? { ...citedRule(rule), brands } : citedRule(rule);
      }),
    says: [
      { label: { ja: '補償の内容', en: 'remedies' }, items: labels },
      {
        label: { ja: '交換先', en: 'brands' },
        items: (remedies) => [...new Set(remedies.flatMap(({ brands }) => labels(brands ?? [])))],
      },
    ],
    columns: [{ header: '補償の内容', cell: labelCell }],
  }),
  amount: field({
    schema: shapes.amount,
    make: ({ conclusion, facts }) => answerAmount(conclusion.amount, facts.values),
    varies: ({ amount }) =>
      amount !== null && amount.yen !== null && factsOfExpression(amount.yen).length > 0,
    says: [{ label: { ja: '補償額', en: 'amount' }, items: amountItems }],
    columns: [
      { header: '補償額（円）', cell: (amount) => String(amount?.yen ?? '') },
      { header: '確定', cell: (amount) => (amount === null ? '' : amountStatus(amount)) },
    ],
  }),
  voucherState: field({
    schema: shapes.labelled.nullable(),
    make: ({ conclusion: { voucherState, ruleSet } }) =>
      voucherState === null ? null : word(ruleSet.vocabulary.voucherStates, voucherState),
    says: [
      {
        label: { ja: 'クーポンの状態', en: 'voucher state' },
        items: (state) => labels(state ? [state] : []),
      },
    ],
    columns: [{ header: 'クーポンの状態', cell: (state) => state?.label ?? '' }],
  }),
  claimState: field({
    schema: shapes.labelled,
    make: ({ conclusion: { claimState, ruleSet } }) => word(ruleSet.vocabulary.claimStates, claimState),
    says: [{ label: { ja: '請求の状態', en: 'claim state' }, items: (state) => [state.label] }],
    columns: [{ header: '請求の状態', cell: ({ label }) => label }],
  }),
  nextSteps: field<shapes.NextStep[]>({
    schema: z.array(shapes.nextStep),
    // In the vocabulary's order.
    make: ({ conclusion: { nextSteps, ruleSet } }) =>
      [...ruleSet.vocabulary.nextSteps].flatMap(([id, label]) => {
        const clause = nextSteps.get(id);
        return clause === undefined ? [] : [{ id, label, clause, ...stepDetails(ruleSet, id) }];
      }),
    says: [{ label: { ja: '次にすること', en: 'next steps' }, items: labels }],
    columns: [{ header: '次にすること', cell: labelCell }],
  }),
  deadlines: field({
    schema: z.array(shapes.deadline),
    make: ({ conclusion: { deadlines, ruleSet }, facts }) =>
      deadlines.map((deadline) => answerDeadline(deadline, facts.values, ruleSet)),
    varies: ({ deadlines, ruleSet }) =>
      deadlines.some(({ id }) => factsOfDeadline(id, ruleSet.deadlines).length > 0),
    says: [
      {
        label: { ja: '期限', en: 'deadlines' },
        items: deadlineItems,
      },
    ],
    columns: [{ header: '期限', cell: (deadlines) => deadlineItems(deadlines).join(AND) }],
  }),
  requiredInformation: field({
    schema: z.array(shapes.labelled),
    make: ({ conclusion: { information, ruleSet }, facts }) =>
      answerInformation(ruleSet, facts.values, information),
    varies: ({ information }) => information.some(({ missingFrom }) => missingFrom !== null),
    says: [{ label: { ja: '用意する情報', en: 'information to provide' }, items: labels }],
    columns: [{ header: '用意する情報', cell: labelCell }],
  }),
  missingFacts: field({
    schema: z.array(shapes.missingFact),
    // In the order to ask: that of the vocabulary.
    make: ({ conclusion: { missing, ruleSet } }) =>
      [...ruleSet.vocabulary.facts.values()]
        .filter(({ name }) => missing.has(name))
        .map(({ name, label, question }) => ({ fact: name, label, question })),
    says: [{ label: { ja: 'お知らせいただきたいこと', en: 'missing facts' }, items: labels }],
    columns: [{ header: '足りない事実', cell: labelCell }],
  }),
  contradictions: field({
    schema: z.array(shapes.contradiction),
    make: ({ conclusion }) =>
      conclusion.contradicting.map((rule) => ({
        label: rule.label,
        clause: clauseOf(rule),
        facts: rule.facts,
      })),
    says: [{ label: { ja: '食い違い', en: 'contradictions' }, items: labels }],
    columns: [{ header: '食い違い', cell: labelCell }],
  }),
  contact: field({
    schema: shapes.contact.nullable(),
    make: ({ facts, contactAt }) => contactAt(Number(facts.slots[0])),
    varies: ({ ruleSet }) => ruleSet.contact !== null,
    says: [],
  }),
  citations: field({
    schema: z.array(shapes.citation),
    // Each once, in the order of the notice.
    make: ({ conclusion: { cited, ruleSet } }) =>
      [...ruleSet.clauses.values()]
        .filter(({ id }) => cited.includes(id))
        .map(({ id, text }) => ({ clause: id, text })),
    says: [
      {
        label: { ja: '引用した条項', en: 'clauses cited' },
        items: (citations) => citations.map(({ clause }) => clause),
        follows: true,
      },
    ],
  }),
  assumptions: field<shapes.Assumption[]>({
    schema: z.array(shapes.assumption),
    make: ({ conclusion: { assumed, assumptions, ruleSet } }) => [
      ...assumed.map(({ name, label, value }) => ({
        fact: name,
        text: `「${label}」は申告がないため「${valueText(name, value, ruleSet)}」として判定しました。`,
      })),
      ...assumptions.map(({ label }) => ({ text: label })),
    ],
    says: [
      {
        label: { ja: '仮定', en: 'assumptions' },
        items: (assumptions) => assumptions.filter(({ fact }) => fact === undefined).map(({ text }) => text),
      },
      {
        label: { ja: '申告がなく、みなした事実', en: 'facts left out, and assumed' },
        items: (assumptions) => assumptions.filter(({ fact }) => fact !== undefined).map(({ text }) => text),
        follows: true,
      },
    ],
  }),
  reasons: field({
    schema: z.array(shapes.reason),
    make: ({ conclusion }) =>
      conclusion.reasons.map(({ rule, concludes }) => ({
        rule: `${rule.section}/${rule.id}`,
        label: rule.label,
        clause: clauseOf(rule),
        concludes,
      })),
    says: [
      {
        label: { ja: '結論を導いた規則', en: 'rules that concluded it' },
        items: (reasons) => reasons.map(({ rule }) => rule),
        follows: true,
      },
    ],
    columns: [{ header: '理由', cell: (reasons) => reasons.map(({ rule }) => rule).join('、') }],
  }),
};

type Fields = typeof ANSWER_FIELDS;
export type FieldName = keyof Fields;
export const FIELD_NAMES = Object.keys(ANSWER_FIELDS) as FieldName[];

type Answered = { [Name in FieldName]: ReturnType<Fields[Name]['make']> };

/** What is decided of a case: `asOf`, the fields of the table, and, on request, why. */
export interface Decision extends Answered {
  asOf: string;
  explanation?: shapes.RuleExplanation[] | undefined;
}

const schemas = Object.fromEntries(FIELD_NAMES.map((name) => [name, ANSWER_FIELDS[name].schema])) as {
  [Name in FieldName]: Fields[Name]['schema'];
};

/** A decision as it was logged; what stands around it is let through. A newer field has a default for older logs. */
export const decisionSchema = z.looseObject({
  asOf: z.string(),
  ...schemas,
  explanation: z.array(shapes.ruleExplanation).optional(),
});

const citedRule = (rule: Rule): shapes.Cited => ({
  id: rule.concludes,
  label: rule.label,
  clause: clauseOf(rule),
});

/** null where there is none, or where a fact that it needs is unknown. */
function answerAmount(amount: Rule['amount'], values: Values): shapes.Amount {
  if (amount === null) return null;
  if (amount.yen === null) return { yen: null, final: amount.final };
  const yen = resolveExpression(amount.yen, values);
  return yen === UNKNOWN ? null : { yen, final: amount.final };
}

function deadlineItems(deadlines: readonly shapes.DeadlineAnswer[]): string[] {
  return deadlines.map(({ label, text }) => `${label} ${text}`);
}

function amountStatus({ yen, final }: NonNullable<shapes.Amount>): string {
  if (yen === null) return '告知からは決まらない';
  return final ? '確定' : '見込み';
}

function amountItems(amount: shapes.Amount): string[] {
  if (amount === null) return [];
  const { yen, final } = amount;
  if (yen === null) return ['告知からは決まりません'];
  return [`${yen.toLocaleString('ja-JP')}円（${final ? '確定' : '見込み'}）`];
}

/** Each once, less what a fact of the case holds already. */
function answerInformation(
  ruleSet: RuleSet,
  values: Values,
  requests: readonly InformationRequest[],
): shapes.Labelled[] {
  const items = new Map<string, shapes.Labelled>();
  for (const { list, missingFrom, only } of requests) {
    const held = missingFrom === null ? undefined : values.get(missingFrom);
    for (const item of ruleSet.lists.get(list)?.items ?? []) {
      const wanted = only === null || only.includes(item.id);
      if (wanted && !(held instanceof Set && held.has(item.id)) && !items.has(item.id))
        items.set(item.id, item);
    }
  }
  return [...items.values()];
}
