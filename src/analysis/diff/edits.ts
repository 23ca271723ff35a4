/** What was changed in a rule file, part by part, whatever it does. */
import { deadlineWords, factLabel } from '../../engine/answer/wording.ts';
import type { Position } from '../../rulebook/basics.ts';
import { shortExpressionText } from '../../rulebook/expression-text.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import {
  type Claim,
  type Condition,
  type Contact,
  type Deadline,
  type DerivedNumber,
  type Expression,
  type ItemList,
  type Named,
  type NamedCondition,
  type NamedValue,
  type Rule,
  type RuleSet,
  YEN,
} from '../../rulebook/rule-set.ts';
import { type Section, sectionsOfKind } from '../../rulebook/sections.ts';
import type { Path } from '../../rulebook/source.ts';
import type { FactDefinition } from '../../rulebook/vocabulary.ts';
import { leavesIn, rulesOf } from '../rule-set-parts.ts';

const PARTS = {
  title: { ja: 'ルール', en: 'rule set' },
  source: { ja: '告知', en: 'notice' },
  clauses: { ja: '告知の条項', en: 'clause' },
  deadlines: { ja: '期限', en: 'deadline' },
  brands: { ja: '交換先', en: 'brand' },
  lists: { ja: '一覧の項目', en: 'list item' },
  senders: { ja: '送信元', en: 'sender' },
  sites: { ja: 'サイト', en: 'site' },
  contact: { ja: 'お問い合わせ先', en: 'contact' },
  values: { ja: '数', en: 'value' },
  numbers: { ja: '計算した数', en: 'derived number' },
  conditions: { ja: '条件', en: 'condition' },
  states: { ja: '状態', en: 'state' },
  claims: { ja: '請求', en: 'claim' },
  facts: { ja: '事実', en: 'fact' },
  words: { ja: '言葉', en: 'word' },
} satisfies Record<string, LocalizedText>;
/** One of `PARTS`, or the name of a section. */
type EditedPart = string;

/** What a changed condition does: it holds of fewer cases, of more, of others, or of the same. */
export type Effect = 'tightened' | 'loosened' | 'shifted' | 'same' | 'undecided';

export interface Edit {
  part: EditedPart;
  /** What the part is called. */
  partLabel: LocalizedText;
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

export function editsBetween(before: RuleSet, after: RuleSet): Edit[] {
  const [was, is] = [entriesOf(before), entriesOf(after)];
  const labels: ReadonlyMap<string, LocalizedText> = new Map([
    ...Object.entries(PARTS),
    ...[...before.sections, ...after.sections].map(({ name, label }): [string, LocalizedText] => [
      name,
      label,
    ]),
  ]);
  const parts = [...new Set([...is.keys(), ...was.keys()])];
  const edits = parts.flatMap((part) => compare(part, was.get(part) ?? NONE, is.get(part) ?? NONE));
  for (const { name, takes } of after.sections)
    if (takes === 'first') edits.push(...reordered(name, before, after));
  return edits.map((edit) => ({
    ...edit,
    partLabel: labels.get(edit.part) ?? { ja: edit.part, en: edit.part },
  }));
}

type Unlabelled = Omit<Edit, 'partLabel'>;
const NONE: Entries = new Map();

function compare(part: EditedPart, was: Entries, is: Entries): Unlabelled[] {
  const edit = (id: string, { label, path, position }: Entry, change: Partial<Unlabelled>): Unlabelled => ({
    ...{ part, id, label, kind: 'changed', field: null, before: null, after: null, effect: null },
    ...{ path, position, ...change },
  });
  const edits: Unlabelled[] = [];
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
const KEYS: Record<string, string> = { amount: 'yen', quantity: 'value', wording: 'when', dates: 'until' };

/** The first comparison, or name, that the condition did not have before. */
function changedLeaf(before: Condition | null, after: Condition | null): Position | null {
  const known = new Set(leavesIn(before).map(meaningOf));
  return leavesIn(after).find((leaf) => !known.has(meaningOf(leaf)))?.position ?? null;
}

/** Rules that overtook another which both files have. */
function reordered(section: string, before: RuleSet, after: RuleSet): Unlabelled[] {
  const was = rulesOf(before, section).map(({ id }) => id);
  const both = rulesOf(after, section).filter(({ id }) => was.includes(id));
  return both.flatMap((rule, i): Unlabelled[] => {
    const overtaken = both.slice(i + 1).filter(({ id }) => was.indexOf(id) < was.indexOf(rule.id));
    if (overtaken.length === 0) return [];
    const { id, label, position } = rule;
    const after = overtaken.map((other) => other.id).join('、');
    const moved = { kind: 'order', field: null, before: null, after, effect: null } as const;
    return [{ part: section, id, label, ...moved, path: [], position }];
  });
}

/** What is compared, without where it is written and how it is worded. */
const meaningOf = (condition: Condition | null): string =>
  JSON.stringify(condition, (key, value) =>
    key === 'position' || key === 'label' || key === 'clauses' || key === 'text' || key === 'is'
      ? undefined
      : value,
  );

/** A part of a rule file: what it is called, and what can be changed of it, as text. */
interface Entry extends Pick<Edit, 'label' | 'path' | 'position'> {
  fields: Record<string, string>;
  when: Condition | null;
}
type Entries = ReadonlyMap<string, Entry>;

function entriesOf(ruleSet: RuleSet): Map<EditedPart, Entries> {
  const { isDraft, title, timeZone, source, lists, brands, contact, vocabulary } = ruleSet;
  const status = isDraft ? '下書き' : '使用中';
  const { issuer, published, revised, url } = source;
  const { outcomes, voucherStates, claimStates, nextSteps } = vocabulary;
  const notice = { issuer, title: source.title, published, revised, url };
  // Brands and senders can be referred to like lists; they are parts of their own here.
  const ownLists = [...lists.values()].filter(({ id }) => id !== brands.id && id !== 'senders');
  const words = Object.entries({ outcomes, voucherStates, claimStates, nextSteps });
  return new Map<EditedPart, Entries>([
    ['title', new Map([['title', entry('', ['status'], { status, title, timeZone })]])],
    ['source', new Map([['source', entry('', ['source'], notice)]])],
    ['clauses', each(ruleSet.clauses, ({ text, lines }, id) => entry('', ['clauses', id], { text, lines }))],
    ['deadlines', each(ruleSet.deadlines, (deadline, id) => ofDeadline(deadline, id, ruleSet))],
    ['brands', ofItems(brands, '')],
    ['lists', new Map(ownLists.flatMap((list) => [...ofItems(list, `${list.id}/`)]))],
    ['senders', ofNamed(ruleSet.senders, 'senders', ({ address }) => ({ address }))],
    ['sites', ofNamed(ruleSet.sites, 'sites', ({ url }) => ({ url }))],
    ['contact', new Map(contact ? [['contact', ofContact(contact)]] : [])],
    ['values', each(ruleSet.values, ofValue)],
    ['numbers', each(ruleSet.numbers, (number, id) => ofNumber(number, id, ruleSet))],
    ['conditions', each(ruleSet.conditions, ofCondition)],
    ['facts', each(vocabulary.facts, ofFact)],
    [
      'words',
      new Map(
        words.flatMap(([group, labels]) =>
          [...labels].map(([id, label]) => [`${group}/${id}`, entry(label, [], { label })]),
        ),
      ),
    ],
    ['states', new Map(sectionsOfKind(ruleSet, 'state').flatMap(ofState))],
    ['claims', new Map(ruleSet.claims.flatMap(ofClaim))],
    ...ruleSet.sections.map(({ name, path }): [EditedPart, Entries] => {
      const rules = rulesOf(ruleSet, name);
      return [name, new Map(rules.map((rule, i) => [rule.id, ofRule(rule, [...path, i], ruleSet)]))];
    }),
  ]);
}

/** Lists in one line, nothing for what is not there, and what has parts as JSON. */
function entry(
  label: string,
  path: Path,
  written: Record<string, unknown>,
  more: Partial<Entry> = {},
): Entry {
  const fields = Object.entries(written).map(([key, value]) => [key, fieldText(value)]);
  return { label, path, position: null, when: null, fields: Object.fromEntries(fields), ...more };
}

function fieldText(value: unknown): string {
  if (Array.isArray(value)) return value.join('、');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

const each = <T>(all: ReadonlyMap<string, T>, entryOf: (one: T, id: string) => Entry): Entries =>
  new Map([...all].map(([id, one]) => [id, entryOf(one, id)]));
const ofItems = ({ items, path }: ItemList, prefix: string): Entries =>
  new Map(items.map(({ id, label }) => [prefix + id, entry(label, [...path, id], { label })]));
const ofNamed = <T extends Named>(all: readonly T[], group: string, more: (one: T) => object): Entries =>
  new Map(
    all.map((one) => {
      const { id, label, clauses, nextSteps } = one;
      return [id, entry(label, [group, id], { label, clause: clauses, nextSteps, ...more(one) })];
    }),
  );

const ofCondition = ({ label, clauses, condition }: NamedCondition, name: string): Entry =>
  entry(
    label ?? '',
    ['conditions', name],
    { label, clause: clauses, wording: wordingOf(condition) },
    { when: condition },
  );

const ofValue = ({ label, value, unit, clauses }: NamedValue, id: string): Entry =>
  entry(label, ['values', id], { label, value, unit, clause: clauses });

const ofNumber = ({ label, unit, clauses, expression }: DerivedNumber, id: string, ruleSet: RuleSet): Entry =>
  entry(label, ['numbers', id], {
    label,
    unit,
    clause: clauses,
    is: wordsFor(expression, ruleSet, unit ?? ''),
  });

const wordsFor = (expression: Expression, ruleSet: RuleSet, unit: string): string =>
  shortExpressionText(expression, {
    unit,
    factLabel: (fact) => factLabel(fact, ruleSet),
    factUnit: (fact) => ruleSet.vocabulary.facts.get(fact)?.unit,
  });

function ofDeadline(deadline: Deadline, id: string, ruleSet: RuleSet): Entry {
  const { label, clauses, approximate } = deadline;
  const dates = deadlineWords(deadline, { get: () => undefined }, ruleSet);
  return entry(label, ['deadlines', id], { label, clause: clauses, approximate, dates });
}

const ofContact = ({ name, tel, hoursText, hours, clauses }: Contact): Entry =>
  entry(name, ['contact'], { name, tel, hoursText, hours: JSON.stringify(hours), clause: clauses });

function ofRule(rule: Rule, path: Path, ruleSet: RuleSet): Entry {
  const { label, when, concludes, clauses, nextSteps, deadlines, brands, facts, excludes } = rule;
  const words = amountWords(rule.amount, ruleSet);
  const quantity = rule.amount && rule.amount.unit !== YEN ? { quantity: words } : { amount: words };
  const requiredInformation = rule.information.map(({ list, missingFrom, only }) =>
    [list, missingFrom && `missingFrom: ${missingFrom}`, only && `only: ${only.join('、')}`]
      .filter(Boolean)
      .join(' '),
  );
  const written = {
    ...{ label, concludes, clause: clauses, nextSteps, deadlines, requiredInformation, brands, ...quantity },
    ...{ facts, excludes, wording: wordingOf(when) },
  };
  return entry(label, path, written, { when });
}

/** Of a state that the rule file names; others are words of the vocabulary. */
function ofState({ name, path, label, words }: Section): [string, Entry][] {
  if (path[0] !== 'states') return [];
  const values = [...(words ?? [])].map(([id, word]) => `${id} ${word}`);
  return [[name, entry(label.ja, path.slice(0, 2), { label: label.ja, values })]];
}

function ofClaim({ id, label, clauses, remedies, section }: Claim): [string, Entry][] {
  if (section === id) return [];
  return [[id, entry(label, ['claims', id], { label, clause: clauses, remedies })]];
}

function ofFact({ label, question, type, unit, values, pattern, absent, position }: FactDefinition): Entry {
  const named = values?.map((value) => `${value.id} ${value.label}`);
  return entry(label, [], { label, question, type, unit, pattern, values: named, absent }, { position });
}

/** 運賃の30%（10円未満は切り捨て）、確定 */
function amountWords(amount: Rule['amount'], ruleSet: RuleSet): string {
  if (amount === null) return '';
  const { value, unit } = amount;
  const of = unit === YEN ? '円' : unit;
  const much = value === null ? '決まらない' : wordsFor(value, ruleSet, of);
  return `${much}、${amount.final ? '確定' : '見込み'}`;
}

/** How its comparisons are worded, and what they cite. */
const wordingOf = (condition: Condition | null): string =>
  leavesIn(condition)
    .map(({ label, clauses }) => [label ?? '', ...clauses].filter(Boolean).join(' '))
    .filter(Boolean)
    .join('、');
