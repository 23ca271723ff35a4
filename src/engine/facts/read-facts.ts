/** The boundary: a caller's untyped facts in, typed values or every problem out. */
import { isObject } from '../../rulebook/basics.ts';
import { BoundedList, quoted } from '../../rulebook/bounded-list.ts';
import { isMidnight, lastMinuteOf, parseInstant } from '../../rulebook/calendar.ts';
import { comparableText } from '../../rulebook/compared-texts.ts';
import { nearest } from '../../rulebook/problems.ts';
import { type TextPattern, textPattern } from '../../rulebook/text-pattern.ts';
import type { FactDefinition, Vocabulary } from '../../rulebook/vocabulary.ts';
import { loggedFacts, SAID_LISTS, type SaidList, type SaidOfFacts } from './said-facts.ts';
import { type Layout, layoutOf, NONE, type Slots, UNKNOWN, type Value, type Values } from './values.ts';

export interface FactProblem {
  /** JSON Pointer (RFC 6901) within the facts, or within the list. */
  pointer: string;
  /** Where it is no fact that is wrong, but what was said of one. */
  list?: SaidList;
  code: 'unknown-fact' | 'wrong-type' | 'not-allowed' | 'no-offset';
  detail: string;
  detailJa: string;
  suggestion: string | null;
}

/** The facts of one case: a value for every fact of the vocabulary, and the instant judged. */
export interface CaseFacts {
  slots: Slots;
  values: Values;
  /**
   * Bits of the slots whose fact was left out although its absence means something, 32 to a word; and of those that are unknown
   * although something was given, which does not say what is meant.
   */
  assumedBits: readonly number[];
  isAssumed(fact: string): boolean;
  /** Given, but not clear: the midnight of a fact that is the end of a day. It is unknown. */
  isUnclear(fact: string): boolean;
  /** Unknown facts that are not to be asked: who was asked cannot tell. In the order of the vocabulary. */
  cannotTell: readonly string[];
}

export const TEXT_LIMIT = 1000;
/** U+0000 and half characters, which no database takes as text. */
export const UNSTORABLE = /\0|\p{Cs}/u;

/** A fact of the vocabulary, and what judging its values needs. */
export interface KnownFact {
  definition: FactDefinition;
  slot: number;
  ids: ReadonlySet<string> | null;
  pattern: TextPattern | null;
  /** Of a date without a time; null where none is taken. */
  timeZone: string | null;
}

/** What reading needs to know of a vocabulary, worked out once. */
export interface FactReader {
  layout: Layout;
  groups: ReadonlyMap<string, ReadonlyMap<string, KnownFact>>;
  /** What stands in each slot where nothing is given. */
  absent: Slots;
  absentBits: readonly number[];
}

const readers = new WeakMap<Vocabulary, FactReader>();

export function factReader(vocabulary: Vocabulary): FactReader {
  const known = readers.get(vocabulary);
  if (known) return known;
  const layout = layoutOf(vocabulary);
  const groups = new Map<string, Map<string, KnownFact>>();
  const absent: Value[] = [UNKNOWN];
  const absentBits: number[] = Array.from({ length: (layout.facts.length >> 5) + 1 }, () => 0);
  for (const definition of vocabulary.facts.values()) {
    const [group = '', member = ''] = definition.name.split('.');
    const slot = layout.slotOf(definition.name);
    const members = groups.get(group) ?? new Map<string, KnownFact>();
    const ids = definition.values && new Set(definition.values.map((v) => v.id));
    const pattern = definition.pattern === null ? null : textPattern(definition.pattern);
    const timeZone = definition.dateMeans === null ? null : vocabulary.timeZone;
    groups.set(group, members.set(member, { definition, slot, ids, pattern, timeZone }));
    absent[slot] = absentValue(definition);
    if (definition.absent.kind !== 'unknown')
      absentBits[slot >> 5] = (absentBits[slot >> 5] ?? 0) | (1 << (slot & 31));
  }
  const reader = { layout, groups, absent, absentBits };
  readers.set(vocabulary, reader);
  return reader;
}

/**
 * `asOf` in epoch milliseconds. `facts` is grouped: { group: { name: value } }. Of the problems the first are listed, and the rest
 * counted; there are none where there are facts.
 */
export function readFacts(
  vocabulary: Vocabulary,
  facts: unknown,
  asOf: number,
  said: SaidOfFacts = {},
): { facts: CaseFacts | null; problems: FactProblem[]; moreProblems: number } {
  const reader = factReader(vocabulary);
  const { groups, absent, absentBits } = reader;
  if (!isObject(facts)) {
    const words: Words = ['facts must be an object', 'facts は { } で書いてください'];
    return { facts: null, problems: [problem('', 'wrong-type', words)], moreProblems: 0 };
  }
  const problems = new BoundedList<FactProblem>();
  const slots = absent.slice();
  const assumedBits = absentBits.slice();
  slots[0] = asOf;
  for (const group of Object.keys(facts)) {
    const members = facts[group];
    const known = groups.get(group);
    // null is what is left out.
    if (known && members === null) continue;
    if (!known || !isObject(members)) {
      problems.add(() => wrongGroup(vocabulary, group, known !== undefined));
      continue;
    }
    for (const member of Object.keys(members)) {
      const fact = known.get(member);
      if (!fact) {
        problems.add(() => unknownFact(vocabulary, group, member));
        continue;
      }
      if (members[member] === null) continue;
      const value = readValue(fact, members[member], problems);
      if (value === null) continue;
      const { slot } = fact;
      const others = (assumedBits[slot >> 5] ?? 0) & ~(1 << (slot & 31));
      slots[slot] = value;
      assumedBits[slot >> 5] = value === UNKNOWN ? others | (1 << (slot & 31)) : others;
    }
  }
  const cannotTell = addSaid(reader, said, { slots, assumedBits, problems });
  const { listed, more } = problems;
  const read = listed.length > 0 ? null : toCaseFacts(reader, slots, assumedBits, cannotTell);
  return { facts: read, problems: listed, moreProblems: more };
}

/** Facts as they were logged, with what was said of others. */
export function readLoggedFacts(vocabulary: Vocabulary, logged: unknown, asOf: number) {
  const { facts, said } = loggedFacts(logged);
  return readFacts(vocabulary, facts, asOf, said);
}

/** The facts that nobody can tell, in the order of the vocabulary. */
function addSaid(
  { layout, groups }: FactReader,
  said: SaidOfFacts,
  read: { slots: Value[]; assumedBits: number[]; problems: BoundedList<FactProblem> },
): readonly string[] {
  if (said.cannotTell === undefined && said.none === undefined) return NOBODY_ASKED;
  const { slots, assumedBits, problems } = read;
  const listOf = new Map<string, SaidList>();
  for (const list of SAID_LISTS) {
    for (const [place, name] of (said[list] ?? []).entries()) {
      const [group = '', member = '', ...rest] = name.split('.');
      const fact = rest.length === 0 ? groups.get(group)?.get(member) : undefined;
      const before = listOf.get(name);
      if (before === list) continue;
      const at = { list, pointer: `/${place}` };
      if (!fact) problems.add(() => ({ ...unknownSaid(layout, name), ...at }));
      else if (before !== undefined || !isOpen(fact, slots, assumedBits))
        problems.add(() => ({ ...problemOf(fact.definition, 'not-allowed', SAID_TWICE), ...at }));
      else if (list === 'none' && fact.definition.absent.kind !== 'none')
        problems.add(() => ({ ...problemOf(fact.definition, 'not-allowed', NEVER_NONE), ...at }));
      listOf.set(name, before ?? list);
    }
  }
  for (const [name, list] of listOf) {
    if (!layout.facts.includes(name)) continue;
    const slot = layout.slotOf(name);
    slots[slot] = list === 'none' ? NONE : UNKNOWN;
    assumedBits[slot >> 5] = (assumedBits[slot >> 5] ?? 0) & ~(1 << (slot & 31));
  }
  return layout.facts.filter((name) => listOf.get(name) === 'cannotTell');
}

/** Unknown or assumed, and not both: no value was given. */
const isOpen = ({ slot }: KnownFact, slots: Slots, assumedBits: readonly number[]): boolean =>
  (slots[slot] === UNKNOWN) !== isMarked(assumedBits, slot);

const isMarked = (bits: readonly number[], slot: number): boolean =>
  ((bits[slot >> 5] ?? 0) & (1 << (slot & 31))) !== 0;

function unknownSaid({ facts }: Layout, name: string): FactProblem {
  const shown = quoted(name);
  const words: Words = [`there is no fact "${shown}"`, `「${shown}」という事実はありません`];
  return problem('', 'unknown-fact', words, nearest(name, facts.slice(1)));
}

const SAID_TWICE: Words = [
  'is given a value as well, or is in both lists',
  'には値も書かれているか、二つの並びの両方にあります',
];
const NEVER_NONE: Words = [
  'is not a fact of which there may be none: give its value',
  'は「ない」とは言えない事実です。値を書いてください',
];

const NOBODY_ASKED: readonly string[] = [];

/** The facts that stand in slots, `asOf` among them. They are read where they stand, not copied. */
export function toCaseFacts(
  { layout }: FactReader,
  slots: Slots,
  assumedBits: readonly number[],
  cannotTell: readonly string[] = NOBODY_ASKED,
): CaseFacts {
  const isAssumed = (fact: string): boolean => {
    const slot = layout.slotOf(fact);
    return isMarked(assumedBits, slot) && slots[slot] !== UNKNOWN;
  };
  const isUnclear = (fact: string): boolean => {
    const slot = layout.slotOf(fact);
    return isMarked(assumedBits, slot) && slots[slot] === UNKNOWN;
  };
  return { slots, values: layout.valuesOf(slots), assumedBits, isAssumed, isUnclear, cannotTell };
}

export function absentValue({ absent }: FactDefinition): Value {
  switch (absent.kind) {
    case 'unknown':
      return UNKNOWN;
    case 'none':
      return NONE;
    case 'value':
      return typeof absent.value === 'object' ? new Set(absent.value) : absent.value;
  }
}

/** JSON Pointer (RFC 6901). */
export const pointerTo = (path: readonly (string | number)[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
export const pointerOf = (factName: string): string => pointerTo(factName.split('.'));

type Words = readonly [en: string, ja: string];

const problem = (
  pointer: string,
  code: FactProblem['code'],
  [detail, detailJa]: Words,
  suggestion: string | null = null,
): FactProblem => ({ pointer, code, detail, detailJa, suggestion });

function wrongGroup(vocabulary: Vocabulary, group: string, isKnown: boolean): FactProblem {
  const shown = quoted(group);
  const pointer = pointerTo([shown]);
  if (isKnown)
    return problem(pointer, 'wrong-type', [
      `"${group}" must be an object of facts`,
      `「${group}」は { } で書いてください`,
    ]);
  const [of = '', member = ''] = group.split('.');
  if (vocabulary.facts.has(group))
    return problem(pointer, 'unknown-fact', [
      `facts are grouped: { "${of}": { "${member}": … } }, not "${group}"`,
      `事実はまとまりごとに書きます：「${group}」ではなく { "${of}": { "${member}": … } }`,
    ]);
  const names = [...vocabulary.facts.keys()];
  const groups = new Set(names.map((name) => name.split('.')[0] ?? name));
  const words: Words = [
    `no group of facts is called "${shown}"`,
    `「${shown}」という事実のまとまりはありません`,
  ];
  return problem(pointer, 'unknown-fact', words, nearest(group, [...groups, ...names]));
}

function unknownFact(vocabulary: Vocabulary, group: string, member: string): FactProblem {
  const shown = quoted(member);
  const name = `${group}.${shown}`;
  const words: Words = [`there is no fact "${name}"`, `「${name}」という事実はありません`];
  const suggestion = nearest(`${group}.${member}`, vocabulary.facts.keys());
  return problem(pointerTo([group, shown]), 'unknown-fact', words, suggestion);
}

/** null, with a problem added, where the value does not fit the fact; UNKNOWN where it fits, but does not say what is meant. */
export function readValue(fact: KnownFact, value: unknown, problems: BoundedList<FactProblem>): Value | null {
  const { definition } = fact;
  switch (definition.type) {
    case 'boolean':
      if (typeof value === 'boolean') return value;
      break;
    case 'integer':
      if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
      break;
    case 'instant': {
      const instant = typeof value === 'string' ? readMoment(value, fact.timeZone) : null;
      if (instant !== null) return instant;
      break;
    }
    case 'enum':
    case 'text':
      if (typeof value === 'string') return checkText(fact, value, problems);
      break;
    case 'set':
      if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
        const good = value.flatMap((item) => checkText(fact, item, problems) ?? []);
        return good.length === value.length ? new Set(good) : null;
      }
  }
  const code = definition.type === 'instant' ? 'no-offset' : 'wrong-type';
  problems.add(() => problemOf(definition, code, wantedValue(definition)));
  return null;
}

/**
 * `endOfDayIn`: the zone of a fact that is the end of a day. Who means a day by its midnight may mean the day that begins, as
 * columns of dates are sent, or the one that ends, as exclusive ends are: it is not for us to say which.
 */
function readMoment(text: string, endOfDayIn: string | null): Value | null {
  const instant = parseInstant(text);
  if (endOfDayIn === null) return instant;
  if (instant === null) return lastMinuteOf(text, endOfDayIn);
  return isMidnight(text, instant, endOfDayIn) ? UNKNOWN : instant;
}

function wantedValue({ type, unit, dateMeans }: FactDefinition): Words {
  switch (type) {
    case 'boolean':
      return ['must be true or false', 'は true か false です'];
    case 'integer':
      return [`must be a whole number, 0 or more (${unit ?? ''})`, `は 0 以上の整数（${unit ?? ''}）です`];
    case 'instant':
      if (dateMeans !== null)
        return [
          'must be a date such as 2030-01-31 (until the end of that day), or a datetime with an offset, such as 2030-01-31T23:59:00+09:00',
          'は 2030-01-31 のような日付（その日の終わりまで）か、2030-01-31T23:59:00+09:00 のように時差まで書いた日時です',
        ];
      return [
        'must be a datetime with an offset, such as 2030-01-31T12:00:00+09:00',
        'は 2030-01-31T12:00:00+09:00 のように時差まで書いた日時です',
      ];
    case 'enum':
    case 'text':
      return ['must be a string', 'は文字（"…"）です'];
    case 'set':
      return ['must be an array of strings', 'は文字の並び（[ ]）です'];
  }
}

/** `words` follow the name of the fact. */
const problemOf = (
  { name, label }: FactDefinition,
  code: FactProblem['code'],
  [en, ja]: Words,
  suggestion: string | null = null,
): FactProblem => problem(pointerOf(name), code, [`${name} ${en}`, `${label}（${name}）${ja}`], suggestion);

function checkText(
  { definition, ids, pattern }: KnownFact,
  value: string,
  problems: BoundedList<FactProblem>,
): string | null {
  // Before the pattern: what it is looked for in is never long.
  const isText = isShort(value) && !UNSTORABLE.test(value);
  if (ids && !ids.has(value)) problems.add(() => notAmong(definition, [...ids], value));
  else if (!isText) problems.add(() => problemOf(definition, 'not-allowed', NOT_TEXT));
  else if (ids) return value;
  else {
    const text = comparableText(value, definition.comparedAs);
    if (pattern === null || pattern.test(text)) return text;
    problems.add(() => outOfPattern(definition));
  }
  return null;
}

/** Counted in characters, as JSON Schema does: an emoji is one. */
const isShort = (value: string): boolean =>
  value.length <= TEXT_LIMIT || (value.length <= 2 * TEXT_LIMIT && [...value].length <= TEXT_LIMIT);

function notAmong(definition: FactDefinition, ids: readonly string[], value: string): FactProblem {
  const shown = quoted(value);
  const words: Words = [
    `must be one of ${ids.join(', ')}, not "${shown}"`,
    `に「${shown}」は使えません。使えるのは ${ids.join('、')} です`,
  ];
  return problemOf(definition, 'not-allowed', words, nearest(value, ids));
}

const outOfPattern = (definition: FactDefinition): FactProblem => {
  const { pattern } = definition;
  return problemOf(definition, 'not-allowed', [
    `must match ${pattern}`,
    `は ${pattern} の形で書いてください`,
  ]);
};

const NOT_TEXT: Words = [
  `must be at most ${TEXT_LIMIT} characters of Unicode, without U+0000`,
  `は ${TEXT_LIMIT} 文字までです。U+0000 や壊れた文字は使えません`,
];
