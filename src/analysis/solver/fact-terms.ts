/** One fact as constants of the solver. Values that no comparison tells apart from each other are one value here. */
import { TEXT_LIMIT, UNSTORABLE } from '../../engine/facts/read-facts.ts';
import { NONE, type Value } from '../../engine/facts/values.ts';
import { type ComparedAs, comparableText } from '../../rulebook/compared-texts.ts';
import type { TextPattern } from '../../rulebook/text-pattern.ts';
import type { FactDefinition } from '../../rulebook/vocabulary.ts';
import { pairs } from '../rule-set-parts.ts';
import type { SolverSession } from './solver.ts';
import {
  and,
  atMost,
  booleanVariable,
  equal,
  FALSE,
  implies,
  integerVariable,
  not,
  number,
  oneIf,
  or,
  sum,
  type Term,
  TRUE,
} from './terms.ts';

/** What rule sets compare a fact with. */
export interface FactUsage {
  /** Ids and texts that the fact is compared with as a whole, in the order met. */
  literals: Set<string>;
  /** Texts that are looked for inside it. */
  parts: Set<string>;
}

/** A fact as all the rule sets together have it. */
export interface JointFact {
  name: string;
  type: FactDefinition['type'];
  /** Ids that all allow; null where any is allowed. */
  values: string[] | null;
  patterns: TextPattern[];
  /** How each rule set reads a text: what fits is read as it stands by all of them. */
  comparedAs: readonly (ComparedAs | null)[];
  /** null where they differ in what its absence means. */
  absent: FactDefinition['absent'] | null;
}

export type FactTerms = {
  /** What the vocabulary says of the values. */
  axioms: Term[];
  /** That there is no such thing. */
  isNone: Term;
  /** That the fact is as if it had been left out; null where leaving it out means nothing. */
  isLeftOut: Term | null;
  /** That the value is one the rule set or the vocabulary names: where `read` cannot make one up. */
  isNamed: Term;
  /** The value in the case that the solver found; null where no fitting text could be made up. */
  read(found: SolverSession): Value | null;
} & (
  | { kind: 'boolean'; holds: Term }
  | { kind: 'choice'; is(text: string): Term; includes(part: string): Term }
  | { kind: 'number'; value: Term }
  | { kind: 'set'; has(id: string): Term; size: Term }
);

export function factTerms(fact: JointFact, usage: FactUsage): FactTerms {
  switch (fact.type) {
    case 'boolean':
      return booleanFact(fact);
    case 'set':
      return setFact(fact, usage.literals);
    case 'enum':
    case 'text':
      return choiceFact(fact, usage);
    default:
      return numberFact(fact);
  }
}

const noneOf = ({ name, absent }: JointFact): Term =>
  absent?.kind === 'none' ? booleanVariable(`${name} none`) : FALSE;

/** That the fact is as if it had been left out; null where leaving it out means nothing. */
function leftOut(
  { absent }: JointFact,
  isNone: Term,
  isUsual: (usual: boolean | number | string | readonly string[]) => Term,
): Term | null {
  if (absent?.kind === 'none') return isNone;
  return absent?.kind === 'value' ? isUsual(absent.value) : null;
}

function booleanFact(fact: JointFact): FactTerms {
  const holds = booleanVariable(fact.name);
  const isNone = noneOf(fact);
  return {
    kind: 'boolean',
    holds,
    isNone,
    isLeftOut: leftOut(fact, isNone, (usual) => (usual ? holds : not(holds))),
    axioms: [],
    isNamed: TRUE,
    read: (found) => (found.isTrue(isNone) ? NONE : found.isTrue(holds)),
  };
}

const YEAR_1 = new Date(0).setUTCFullYear(1, 0, 2);
const YEAR_9999 = Date.UTC(9999, 11, 30);

/** Whole numbers from 0, and instants of the years 1 to 9999 as epoch milliseconds. */
function numberFact(fact: JointFact): FactTerms {
  const value = integerVariable(fact.name);
  const isNone = noneOf(fact);
  const [least, most] = fact.type === 'instant' ? [YEAR_1, YEAR_9999] : [0, Number.MAX_SAFE_INTEGER];
  return {
    kind: 'number',
    value,
    isNone,
    isLeftOut: leftOut(fact, isNone, (usual) => equal(value, number(Number(usual)))),
    axioms: [atMost(number(least), value), atMost(value, number(most))],
    isNamed: TRUE,
    read: (found) => (found.isTrue(isNone) ? NONE : found.integer(value)),
  };
}

const fits = ({ patterns, comparedAs }: JointFact, text: string): boolean =>
  comparedAs.every((way) => comparableText(text, way) === text) &&
  text.length <= TEXT_LIMIT &&
  !UNSTORABLE.test(text) &&
  patterns.every((pattern) => pattern.test(text));

/** Of the values compared with, those that the fact can have; and the others that it can have, null where any text may be. */
function namedAndOthers(fact: JointFact, compared: Iterable<string>) {
  const { values: allowed } = fact;
  const named = [...compared].filter((text) => (allowed ? allowed.includes(text) : fits(fact, text)));
  return { named, others: allowed?.filter((id) => !named.includes(id)) ?? null };
}

/** Enums and texts: one of those compared with, or another one. */
function choiceFact(fact: JointFact, { literals, parts: lookedFor }: FactUsage): FactTerms {
  const usually = fact.absent?.kind === 'value' ? [String(fact.absent.value)] : [];
  const { named, others } = namedAndOthers(fact, new Set([...literals, ...usually]));
  const parts = others ? [] : [...lookedFor].filter((part) => part !== '');
  const isNone = noneOf(fact);
  const variables = new Map(named.map((text) => [text, booleanVariable(`${fact.name} is ${text}`)]));
  const inOther = new Map(parts.map((part) => [part, booleanVariable(`${fact.name} includes ${part}`)]));
  const is = (text: string): Term => variables.get(text) ?? FALSE;
  const partOfOther = (part: string): Term => inOther.get(part) ?? FALSE;
  const exclusive = [...variables.values(), isNone];
  const isOther = and(exclusive.map(not));
  return {
    kind: 'choice',
    is,
    includes: (part) =>
      part === ''
        ? not(isNone)
        : or([...named.filter((text) => text.includes(part)).map(is), and([isOther, partOfOther(part)])]),
    isNone,
    isLeftOut: leftOut(fact, isNone, (usual) => is(String(usual))),
    axioms: [
      ...pairs(exclusive).map(([a, b]) => or([not(a), not(b)])),
      ...parts.flatMap((whole) =>
        parts
          .filter((part) => part !== whole && whole.includes(part))
          .map((part) => implies(partOfOther(whole), partOfOther(part))),
      ),
      ...(others?.length === 0 ? [or(exclusive)] : []),
    ],
    isNamed: others ? TRUE : or(exclusive),
    read(found) {
      if (found.isTrue(isNone)) return NONE;
      const text = named.find((one) => found.isTrue(is(one)));
      if (text !== undefined) return text;
      if (others) return others[0] ?? null;
      const wanted = parts.filter((part) => found.isTrue(partOfOther(part)));
      const unwanted = parts.filter((part) => !wanted.includes(part));
      return unnamedText(fact, named, wanted, unwanted);
    },
  };
}

/** As many unnamed members as an example may list. */
const MOST_OTHERS = 100;

function setFact(fact: JointFact, compared: ReadonlySet<string>): FactTerms {
  const { named, others } = namedAndOthers(fact, compared);
  const variables = new Map(named.map((id) => [id, booleanVariable(`${fact.name} has ${id}`)]));
  const has = (id: string): Term => variables.get(id) ?? FALSE;
  const count = others?.length === 0 ? number(0) : integerVariable(`${fact.name} others`);
  const isEmpty = and([...[...variables.values()].map(not), equal(count, number(0))]);
  const isUsual = (ids: readonly string[]): Term => {
    const unnamed = ids.filter((id) => others?.includes(id) ?? !named.includes(id));
    const members = named.map((id) => (ids.includes(id) ? has(id) : not(has(id))));
    return and([...members, equal(count, number(unnamed.length))]);
  };
  return {
    kind: 'set',
    has,
    size: sum([...[...variables.values()].map(oneIf), count]),
    isNone: isEmpty,
    isLeftOut: leftOut(fact, isEmpty, (usual) => isUsual([usual].flat().map(String))),
    axioms: [atMost(number(0), count), ...(others ? [atMost(count, number(others.length))] : [])],
    isNamed: others ? TRUE : equal(count, number(0)),
    read(found) {
      const members = named.filter((id) => found.isTrue(has(id)));
      const more = found.integer(count);
      const unnamed = others ? others.slice(0, more) : madeUp(fact, named, more);
      const ids = unnamed && [...members, ...unnamed];
      return ids && new Set(fact.values?.filter((id) => ids.includes(id)) ?? ids);
    },
  };
}

function madeUp(fact: JointFact, named: readonly string[], count: number): string[] | null {
  if (count > MOST_OTHERS) return null;
  const made: string[] = [];
  while (made.length < count) {
    const next = unnamedText(fact, [...named, ...made]);
    if (next === null) return null;
    made.push(next);
  }
  return made;
}

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';
const JOINTS = ['', ' ', '-', '・', '\u{10FFFD}'];
const MAX_NUMBER = 2000;

/**
 * A text that stands for all those which the rule set does not name, with what is `wanted` in it and nothing `unwanted`. null
 * where none was found: with a pattern there may be one that is not thought of here.
 */
function unnamedText(
  fact: JointFact,
  taken: readonly string[],
  wanted: readonly string[] = [],
  unwanted: readonly string[] = [],
): string | null {
  const isOther = (text: string): boolean =>
    !taken.includes(text) &&
    wanted.every((part) => text.includes(part)) &&
    !unwanted.some((part) => text.includes(part)) &&
    fits(fact, text);
  for (const text of candidates(wanted, taken)) if (isOther(text)) return text;
  return null;
}

function* candidates(wanted: readonly string[], taken: readonly string[]): Iterable<string> {
  if (wanted.length === 0) yield 'another';
  for (const joint of JOINTS) {
    yield ['another', ...wanted, 'example'].join(joint);
    for (const ending of ['', 'x', '1', joint]) yield [...wanted, ending].join(joint);
  }
  for (let i = 1; i <= MAX_NUMBER; i++) yield ['another', ...wanted, i].join('-');
  // Where there is a pattern, something like the texts that fit it.
  for (const text of taken) {
    for (const [i] of [...text].entries())
      for (const letter of LETTERS) yield text.slice(0, i) + letter + text.slice(i + 1);
  }
  for (let i = 0; i <= MAX_NUMBER; i++)
    for (let width = 1; width <= 8; width++) yield String(i).padStart(width, '0');
}
