/** What stands behind an answer: contradictions, the contact, clauses, assumptions and rules. */
import { z } from 'zod';
import { asContact, asPart, asSet } from '../comparisons.ts';
import * as shapes from '../decision.ts';
import { clauseOf, field, idList, labelCell, labels, type Pen, sortedIds, text } from '../field.ts';
import { valueText } from '../wording.ts';

export const GROUNDS = {
  contradictions: field({
    schema: z.array(shapes.contradiction),
    make: ({ conclusion }) =>
      conclusion.contradicting.map((rule) => ({
        label: rule.label,
        clause: clauseOf(rule),
        facts: rule.facts,
      })),
    says: [{ label: { ja: '食い違い', en: 'contradictions' }, items: labels, expect: null }],
    columns: [{ header: '食い違い', cell: labelCell }],
    terminal: {
      lines: (contradictions, { red, aside, series }) =>
        contradictions.map(({ label, facts }) => red(label + aside(series(facts)))),
    },
  }),
  contact: field({
    schema: shapes.contact.nullable(),
    make: ({ facts, contactAt }) => contactAt(Number(facts.slots[0])),
    varies: ({ ruleSet }) => ruleSet.contact !== null,
    says: [
      {
        label: { ja: 'お問い合わせ先', en: 'contact' },
        expect: {
          schema: z
            .strictObject({
              openNow: z.boolean().nullable().optional(),
              nextOpenAt: text.nullable().optional(),
              name: text.optional(),
              tel: text.optional(),
              hours: text.optional(),
            })
            .nullable(),
          description: 'お問い合わせ先。null は、ないこと',
          read: (contact) =>
            contact && {
              ...{ openNow: contact.openNow, nextOpenAt: contact.nextOpenAt },
              ...{ name: contact.name, tel: contact.tel, hours: contact.hours },
            },
          comparison: asContact,
        },
      },
    ],
    terminal: {
      lines: (contact, pen) =>
        contact ? [contact.name, `TEL ${contact.tel}  ${contact.hours}`, openingLine(contact, pen)] : [],
    },
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
        name: 'clauses',
        label: { ja: '引用した条項', en: 'clauses cited' },
        items: (citations) => citations.map(({ clause }) => clause),
        follows: 1,
        expect: {
          schema: idList,
          read: (citations) => citations.map(({ clause }) => clause),
          comparison: asPart,
        },
      },
    ],
    terminal: {
      label: { ja: '根拠', en: 'Grounds' },
      lines: (citations, { dim }) => citations.map(({ clause, text }) => `${dim(clause)}  ${text}`),
    },
  }),
  assumptions: field<shapes.Assumption[]>({
    schema: z.array(shapes.assumption),
    make: ({ conclusion: { assumed, unclear, assumptions, ruleSet } }) => [
      ...assumed.map(({ name, label, value }) => ({
        fact: name,
        text: `「${label}」は申告がないため「${valueText(name, value, ruleSet)}」として判定しました。`,
      })),
      ...unclear.map(({ name, label }) => ({
        fact: name,
        text: `「${label}」は 0:00 の日時で書かれています。その日の終わりか、前の日の終わりかを決められないため、わからないものとして判定しました。日付だけ（2030-01-31 の形）で書いてください。`,
      })),
      ...assumptions.map(({ label }) => ({ text: label })),
    ],
    says: [
      {
        label: { ja: '仮定', en: 'assumptions' },
        items: (assumptions) => assumptions.filter(({ fact }) => fact === undefined).map(({ text }) => text),
        expect: {
          schema: idList,
          description: '示す解釈（assumptions の id）。みなした事実は含めない',
          /** Ids of the rules. */
          read(assumptions, { rules }) {
            const assumed = new Set(assumptions.flatMap(({ fact, text }) => (fact ? [] : [text])));
            return sortedIds(
              rules.filter(({ section, label }) => section === 'assumptions' && assumed.has(label)),
            );
          },
          ...{ comparison: asSet, described: 'always' },
        },
        compared: {
          ...{ level: [3, 5], one: 'assumption', of: ({ kind }) => kind === 'assumptions' },
          parts: ({ label }) => [{ id: label }],
          wordFor: (_, label) => label,
        },
      },
      {
        // What facts that were left out were taken to mean follows from which rules were looked at.
        label: { ja: '申告がなく、みなした事実', en: 'facts left out, and assumed' },
        items: (assumptions) => assumptions.filter(({ fact }) => fact !== undefined).map(({ text }) => text),
        ...{ follows: 3, expect: null },
      },
    ],
    terminal: {
      label: { ja: '仮定したこと', en: 'Assumptions' },
      lines: (assumptions, { yellow }) => assumptions.map(({ text }) => yellow(text)),
    },
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
        ...{ follows: 2, expect: null },
      },
    ],
    columns: [{ header: '理由', cell: (reasons) => reasons.map(({ rule }) => rule).join('、') }],
    terminal: null,
  }),
};

const OPENING = {
  unknown: { ja: '判定時点の受付時間はわかりません', en: 'opening hours at that time are not known' },
  open: { ja: '判定時点で受付中', en: 'open at that time' },
  over: { ja: '受付を終了しています', en: 'no longer open' },
  closed: { ja: '判定時点では受付時間外', en: 'closed at that time' },
  opens: { ja: '次の受付 ', en: 'opens ' },
};

function openingLine({ openNow, nextOpenAt }: shapes.ContactAnswer, pen: Pen): string {
  const { lang } = pen;
  if (openNow === null) return OPENING.unknown[lang];
  if (openNow) return pen.green(OPENING.open[lang]);
  if (nextOpenAt === null) return OPENING.over[lang];
  const opens = lang === 'ja' ? japaneseMinute(nextOpenAt) : nextOpenAt;
  return OPENING.closed[lang] + pen.aside(OPENING.opens[lang] + opens);
}

/** 2030-01-31T10:00:00+09:00 as 2030年1月31日 10:00. */
function japaneseMinute(datetime: string): string {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(datetime) ?? [];
  return `${Number(year)}年${Number(month)}月${Number(day)}日 ${time}`;
}
