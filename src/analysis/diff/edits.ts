/** What was changed in a rule file, part by part, whatever it does. */

import { deadlineText } from '../../engine/answer/wording.ts';
import type { Position } from '../../rulebook/basics.ts';
import {
  type Condition,
  type Contact,
  type Deadline,
  type ItemList,
  type Leaf,
  type Named,
  type NamedCondition,
  type Rule,
  type RuleSet,
  SECTION_NAMES,
  SECTIONS,
  type Section,
} from '../../rulebook/rule-set.ts';
import type { Path } from '../../rulebook/source.ts';
import type { FactDefinition, Vocabulary } from '../../rulebook/vocabulary.ts';

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

/** What a changed condition does: it holds of fewer cases, of more, of others, or of the same. */
export type Effect = 'tightened' | 'loosened' | 'shifted' | 'same' | 'undecided';

export interface Edit {
  part: EditedPart;
  id: string;
  /** As the rule file words it; empty where it has no words of its own. */
  label: string;
  /** `order`: stands elsewhere among the rules of which the first that holds is taken. */
  kind: 'added' | 'removed' | 'changed' | 'order';
  /** What of it was changed, by the name of its key. */
  field: string | null;
  before: string | null;
  after: string | null;
  /** Of a changed condition. */
  effect: Effect | null;
  /** Where it is written: in the file after the change; in the one before for what was removed. */
  position: Position | null;
  /** The way there in the rule file, where there is no position. Empty for words, which stand in the vocabulary. */
  path: Path;
}

/** A part of a rule file: what it is called, and what can be changed of it, as text. */
interface Entry {
  label: string;
  path: Path;
  position: Position | null;
  fields: Record<string, string>;
  when?: Condition | null;
}
type Entries = ReadonlyMap<string, Entry>;

export function editsBetween(before: RuleSet, after: RuleSet): Edit[] {
  const [was, is] = [entriesOf(before), entriesOf(after)];
  const edits = [...is].flatMap(([part, entries]) => compare(part, was.get(part) ?? new Map(), entries));
  for (const section of SECTION_NAMES)
    if (SECTIONS[section] === 'first') edits.push(...reordered(section, before, after));
  return edits;
}

function compare(part: EditedPart, was: Entries, is: Entries): Edit[] {
  const edit = (id: string, { label, path, position }: Entry, change: Partial<Edit>): Edit => ({
    ...{ part, id, label, kind: 'changed', field: null, before: null, after: null, effect: null },
    ...{ path, position: path.length === 0 ? position : null },
    ...change,
  });
  const edits: Edit[] = [];
  for (const [id, entry] of was) if (!is.has(id)) edits.push(edit(id, entry, { kind: 'removed' }));
  for (const [id, entry] of is) {
    const old = was.get(id);
    if (!old) {
      edits.push(edit(id, entry, { kind: 'added' }));
      continue;
    }
    if (meaningOf(old.when) !== meaningOf(entry.when)) {
      const position = changedLeaf(old.when, entry.when);
      const path = [...entry.path, 'when'];
      edits.push(edit(id, entry, { field: 'when', effect: 'undecided', path, position }));
    }
    for (const field of new Set([...Object.keys(old.fields), ...Object.keys(entry.fields)])) {
      const [before, after] = [old.fields[field] ?? '', entry.fields[field] ?? ''];
      const path = entry.path.length === 0 ? entry.path : [...entry.path, KEYS[field] ?? field];
      if (before !== after) edits.push(edit(id, entry, { field, before, after, path }));
    }
  }
  return edits;
}

/** Fields that have another name in the file. */
const KEYS: Record<string, string> = { amount: 'yen', wording: 'when', dates: 'until' };

/** The first comparison, or name, that the condition did not have before. */
function changedLeaf(
  before: Condition | null | undefined,
  after: Condition | null | undefined,
): Position | null {
  const known = new Set(leaves(before).map(meaningOf));
  return leaves(after).find((leaf) => !known.has(meaningOf(leaf)))?.position ?? null;
}

function leaves(condition: Condition | null | undefined): Leaf[] {
  if (!condition || condition.kind === 'named') return [];
  if (condition.kind === 'leaf') return [condition];
  return condition.kind === 'not' ? leaves(condition.of) : condition.of.flatMap(leaves);
}

/** Rules that overtook another which both files have. */
function reordered(section: Section, before: RuleSet, after: RuleSet): Edit[] {
  const order = ({ rules }: RuleSet): Rule[] => rules.filter((rule) => rule.section === section);
  const [was, is] = [order(before).map(({ id }) => id), order(after)];
  const both = is.filter(({ id }) => was.includes(id));
  return both.flatMap((rule, i): Edit[] => {
    const overtaken = both.slice(i + 1).filter(({ id }) => was.indexOf(id) < was.indexOf(rule.id));
    if (overtaken.length === 0) return [];
    const { id, label, position } = rule;
    const after = overtaken.map((other) => other.id).join('、');
    const moved = { kind: 'order', field: null, before: null, after, effect: null } as const;
    return [{ part: section, id, label, ...moved, path: [], position }];
  });
}

function entriesOf(ruleSet: RuleSet): Map<EditedPart, Entries> {
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
  for (const section of SECTION_NAMES) {
    const rules = ruleSet.rules.filter((rule) => rule.section === section);
    entries.set(section, new Map(rules.map((rule, i) => [rule.id, ofRule(rule, [section, i])])));
  }
  return entries;
}

/** Brands and senders can be referred to like lists; they are told by themselves. */
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

/** What is compared, without where it is written and how it is worded. */
const meaningOf = (condition: Condition | null | undefined): string =>
  JSON.stringify(condition ?? null, (key, value) =>
    key === 'position' || key === 'label' || key === 'clauses' || key === 'text' ? undefined : value,
  );

/** How its comparisons are worded, and what they cite. */
function wordingOf(condition: Condition | null): string {
  if (condition === null || condition.kind === 'named') return '';
  if (condition.kind === 'leaf')
    return [condition.label ?? '', ...condition.clauses].filter(Boolean).join(' ');
  if (condition.kind === 'not') return wordingOf(condition.of);
  return condition.of.map(wordingOf).filter(Boolean).join('、');
}
