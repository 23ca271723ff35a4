/** The parts of a rule file as text, so that two versions can be compared. */
import { deadlineText } from '../../engine/answer/wording.ts';
import type { Position } from '../../rulebook/basics.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import {
  type Condition,
  type Deadline,
  type ItemList,
  type Named,
  type NamedCondition,
  type Rule,
  type RuleSet,
  SECTION_NAMES,
} from '../../rulebook/rule-set.ts';
import type { Path } from '../../rulebook/source.ts';
import type { FactDefinition } from '../../rulebook/vocabulary.ts';
import { leavesIn, rulesOf, SECTION_LABELS } from '../rule-set-parts.ts';

export const PARTS = {
  title: { ja: 'ルール', en: 'rule set' },
  source: { ja: '告知', en: 'notice' },
  clauses: { ja: '告知の条項', en: 'clause' },
  deadlines: { ja: '期限', en: 'deadline' },
  brands: { ja: '交換先', en: 'brand' },
  lists: { ja: '一覧の項目', en: 'list item' },
  senders: { ja: '送信元', en: 'sender' },
  sites: { ja: 'サイト', en: 'site' },
  contact: { ja: 'お問い合わせ先', en: 'contact' },
  conditions: { ja: '条件', en: 'condition' },
  facts: { ja: '事実', en: 'fact' },
  words: { ja: '言葉', en: 'word' },
  ...SECTION_LABELS,
} satisfies Record<string, LocalizedText>;
export type EditedPart = keyof typeof PARTS;

/** A part of a rule file: what it is called, and what can be changed of it, as text. */
export interface Entry {
  label: string;
  path: Path;
  position: Position | null;
  fields: Record<string, string>;
  when?: Condition | null;
}
export type Entries = ReadonlyMap<string, Entry>;

export function entriesOf(ruleSet: RuleSet): Map<EditedPart, Entries> {
  const { title, timeZone, vocabulary, contact } = ruleSet;
  const { outcomes, voucherStates, claimStates, nextSteps } = vocabulary;
  const { issuer, title: noticeTitle, published, revised, url } = ruleSet.source;
  const source = fieldsOf({ issuer, title: noticeTitle, published, revised, url });
  return new Map<EditedPart, Entries>([
    ['title', new Map([['title', plain('', [], fieldsOf({ title, timeZone }))]])],
    ['source', new Map([['source', plain('', ['source'], source)]])],
    [
      'clauses',
      byId(ruleSet.clauses.values(), ({ id, text, lines }) => plain('', ['clauses', id], { text, lines })),
    ],
    ['deadlines', byId(ruleSet.deadlines.values(), (deadline) => ofDeadline(deadline, ruleSet))],
    ['brands', ofItems(ruleSet.brands, '')],
    ['lists', new Map(ownLists(ruleSet).flatMap((list) => [...ofItems(list, `${list.id}/`)]))],
    ['senders', byId(ruleSet.senders, (sender) => ofNamed(sender, 'senders', { address: sender.address }))],
    ['sites', byId(ruleSet.sites, (site) => ofNamed(site, 'sites', { url: site.url }))],
    ['contact', new Map(contact ? [['contact', ofContact(contact)]] : [])],
    ['conditions', new Map([...ruleSet.conditions].map(([name, one]) => [name, ofCondition(one)]))],
    ['facts', new Map([...vocabulary.facts].map(([name, fact]) => [name, ofFact(fact)]))],
    ['words', ofWords({ outcomes, voucherStates, claimStates, nextSteps })],
    ...SECTION_NAMES.map((section): [EditedPart, Entries] => {
      const rules = rulesOf(ruleSet, section);
      return [section, new Map(rules.map((rule, i) => [rule.id, ofRule(rule, [section, i])]))];
    }),
  ]);
}

/** Brands and senders can be referred to like lists; they are parts of their own here. */
const ownLists = ({ lists, brands }: RuleSet): ItemList[] =>
  [...lists.values()].filter(({ id }) => id !== brands.id && id !== 'senders');

/** Lists in one line, nothing for what is not there, and what has parts as JSON. */
const fieldsOf = (written: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(written).map(([key, value]) => [key, fieldText(value)]));

function fieldText(value: unknown): string {
  if (Array.isArray(value)) return value.join('、');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

const plain = (label: string, path: Path, fields: Record<string, string>): Entry => ({
  ...{ label, path, fields, position: null },
});
const byId = <T extends { id: string }>(all: Iterable<T>, entry: (one: T) => Entry): Entries =>
  new Map([...all].map((one) => [one.id, entry(one)]));
const ofItems = ({ items, path }: ItemList, prefix: string): Entries =>
  new Map(items.map(({ id, label }) => [prefix + id, plain(label, [...path, id], { label })]));
const ofNamed = (
  { id, label, clauses, nextSteps }: Named,
  group: string,
  fields: Record<string, string>,
): Entry => plain(label, [group, id], fieldsOf({ label, clause: clauses, nextSteps, ...fields }));

const ofCondition = ({ name, label, clauses, condition, position }: NamedCondition): Entry => ({
  ...{ label: label ?? '', path: ['conditions', name], position, when: condition },
  fields: fieldsOf({ label, clause: clauses, wording: wordingOf(condition) }),
});

function ofDeadline(deadline: Deadline, ruleSet: RuleSet): Entry {
  const { id, label, clauses, position, approximate } = deadline;
  const dates = deadlineText(deadline, { get: () => undefined }, ruleSet);
  const fields = fieldsOf({ label, clause: clauses, approximate, dates });
  return { label, path: ['deadlines', id], position, fields };
}

const ofContact = ({ name, tel, hoursText, hours, clauses }: NonNullable<RuleSet['contact']>): Entry =>
  plain(name, ['contact'], fieldsOf({ name, tel, hoursText, hours: JSON.stringify(hours), clause: clauses }));

function ofRule(rule: Rule, path: Path): Entry {
  const { label, position, when, concludes, nextSteps, deadlines, brands, amount, facts, excludes } = rule;
  const requiredInformation = rule.information.map(({ list, missingFrom, only }) =>
    [list, missingFrom && `missingFrom: ${missingFrom}`, only && `only: ${only.join('、')}`]
      .filter(Boolean)
      .join(' '),
  );
  const fields = fieldsOf({
    ...{ label, concludes, clause: rule.clauses, nextSteps, deadlines, requiredInformation, brands, amount },
    ...{ facts, excludes, wording: wordingOf(when) },
  });
  return { label, path, position, fields, when };
}

function ofFact({ label, question, type, unit, values, pattern, absent, position }: FactDefinition): Entry {
  const named = values?.map((value) => `${value.id} ${value.label}`);
  const fields = fieldsOf({ label, question, type, unit, pattern, values: named, absent });
  return { label, path: [], position, fields };
}

const ofWords = (groups: Record<string, ReadonlyMap<string, string>>): Entries =>
  new Map(
    Object.entries(groups).flatMap(([group, words]) =>
      [...words].map(([id, label]): [string, Entry] => [`${group}/${id}`, plain(label, [], { label })]),
    ),
  );

/** How its comparisons are worded, and what they cite. */
const wordingOf = (condition: Condition | null): string =>
  leavesIn(condition)
    .map(({ label, clauses }) => [label ?? '', ...clauses].filter(Boolean).join(' '))
    .filter(Boolean)
    .join('、');
