/** The parts of a rule file as text, so that two versions can be compared. */
import { deadlineText } from '../../engine/answer/wording.ts';
import type { Position } from '../../rulebook/basics.ts';
import {
  type Condition,
  type Contact,
  type Deadline,
  type ItemList,
  type Named,
  type NamedCondition,
  type Rule,
  type RuleSet,
  SECTION_NAMES,
  type Section,
} from '../../rulebook/rule-set.ts';
import type { Path } from '../../rulebook/source.ts';
import type { FactDefinition, Vocabulary } from '../../rulebook/vocabulary.ts';
import { leavesIn, rulesOf } from '../rule-set-parts.ts';

export type EditedPart =
  | Section
  | 'title'
  | 'source'
  | 'clauses'
  | 'deadlines'
  | 'brands'
  | 'lists'
  | 'senders'
  | 'sites'
  | 'contact'
  | 'conditions'
  | 'facts'
  | 'words';

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
  const { title, source, timeZone, vocabulary, contact } = ruleSet;
  const { issuer, published, revised, url } = source;
  const sourceFields = {
    issuer,
    title: source.title,
    published,
    revised: revised.join('、'),
    url: url ?? '',
  };
  const entries = new Map<EditedPart, Entries>([
    ['title', new Map([['title', plain('', [], { title, timeZone })]])],
    ['source', new Map([['source', plain('', ['source'], sourceFields)]])],
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
    ['words', ofWords(vocabulary)],
  ]);
  for (const section of SECTION_NAMES)
    entries.set(
      section,
      new Map(rulesOf(ruleSet, section).map((rule, i) => [rule.id, ofRule(rule, [section, i])])),
    );
  return entries;
}

/** Brands and senders can be referred to like lists; they are parts of their own here. */
const ownLists = ({ lists, brands }: RuleSet): ItemList[] =>
  [...lists.values()].filter(({ id }) => id !== brands.id && id !== SENDERS);
const SENDERS = 'senders';

const plain = (label: string, path: Path, fields: Record<string, string>): Entry => ({
  ...{ label, path, fields, position: null },
});
const byId = <T extends { id: string }>(all: Iterable<T>, entry: (one: T) => Entry): Entries =>
  new Map([...all].map((one) => [one.id, entry(one)]));
const ofItems = ({ items, path }: ItemList, prefix: string): Entries =>
  new Map(items.map(({ id, label }) => [prefix + id, plain(label, [...path, id], { label })]));
const ofNamed = (
  { id, label, clauses, nextSteps }: Named & { id: string },
  group: string,
  fields: Record<string, string>,
): Entry =>
  plain(label, [group, id], {
    label,
    clause: clauses.join('、'),
    nextSteps: nextSteps.join('、'),
    ...fields,
  });

const ofCondition = ({ name, label, clauses, condition, position }: NamedCondition): Entry => ({
  ...{ label: label ?? '', path: ['conditions', name], position, when: condition },
  fields: { label: label ?? '', clause: clauses.join('、'), wording: wordingOf(condition) },
});

function ofDeadline(deadline: Deadline, ruleSet: RuleSet): Entry {
  const { id, label, clauses, position, approximate } = deadline;
  const dates = deadlineText(deadline, { get: () => undefined }, ruleSet);
  const fields = { label, clause: clauses.join('、'), approximate: String(approximate), dates };
  return { label, path: ['deadlines', id], position, fields };
}

const ofContact = ({ name, tel, hoursText, hours, clauses }: Contact): Entry =>
  plain(name, ['contact'], {
    ...{ name, tel, hoursText, hours: JSON.stringify(hours), clause: clauses.join('、') },
  });

function ofRule(rule: Rule, path: Path): Entry {
  const { label, position, when, amount } = rule;
  const information = rule.information.map(({ list, missingFrom, only }) =>
    [list, missingFrom && `missingFrom: ${missingFrom}`, only && `only: ${only.join('、')}`]
      .filter(Boolean)
      .join(' '),
  );
  const fields = {
    ...{ label, concludes: rule.concludes, clause: rule.clauses.join('、') },
    ...{ nextSteps: rule.nextSteps.join('、'), deadlines: rule.deadlines.join('、') },
    ...{ requiredInformation: information.join('、'), brands: rule.brands.join('、') },
    ...{ amount: amount ? JSON.stringify(amount) : '', facts: rule.facts.join('、') },
    ...{ excludes: rule.excludes.join('、'), wording: wordingOf(when) },
  };
  return { label, path, position, fields, when };
}

const ofFact = ({
  label,
  question,
  type,
  unit,
  values,
  pattern,
  absent,
  position,
}: FactDefinition): Entry => ({
  ...{ label, path: [], position },
  fields: {
    ...{ label, question, type, unit: unit ?? '', pattern: pattern ?? '' },
    ...{ values: (values ?? []).map((value) => `${value.id} ${value.label}`).join('、') },
    absent: JSON.stringify(absent),
  },
});

function ofWords(vocabulary: Vocabulary): Entries {
  const { outcomes, voucherStates, claimStates, nextSteps } = vocabulary;
  const groups = Object.entries({ outcomes, voucherStates, claimStates, nextSteps });
  return new Map(
    groups.flatMap(([group, words]) =>
      [...words].map(([id, label]): [string, Entry] => [`${group}/${id}`, plain(label, [], { label })]),
    ),
  );
}

/** How its comparisons are worded, and what they cite. */
const wordingOf = (condition: Condition | null): string =>
  leavesIn(condition)
    .map(({ label, clauses }) => [label ?? '', ...clauses].filter(Boolean).join(' '))
    .filter(Boolean)
    .join('、');
