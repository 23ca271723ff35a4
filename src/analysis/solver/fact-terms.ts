/** One fact as constants of the solver. Values that no comparison tells apart from each other are one value here. */
import { TEXT_LIMIT, UNSTORABLE } from '../../engine/facts/read-facts.ts';
import { NONE, type Value } from '../../engine/facts/values.ts';
import type { TextPattern } from '../../rulebook/text-pattern.ts';
import type { FactDefinition } from '../../rulebook/vocabulary.ts';
import type { FactUsage } from './fact-usage.ts';
import type { SolverSession } from './solver.ts';
import {
  and,
  atMost,
  booleanVariable,
  choose,
  equal,
  FALSE,
  implies,
  integerVariable,
  not,
  number,
  or,
  sum,
  type Term,
  TRUE,
} from './terms.ts';
import { unnamedText } from './unnamed-text.ts';

/** A fact as all the rule sets together have it. */
export interface JointFact {
  name: string;
  type: FactDefinition['type'];
  /** Ids that all allow; null where any is allowed. */
  values: string[] | null;
  patterns: TextPattern[];
  /** null where they differ in what its absence means. */
  absent: FactDefinition['absent'] | null;
}

interface FactTermsBase {
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
}
export interface BooleanTerms extends FactTermsBase {
  kind: 'boolean';
  holds: Term;
}
export interface ChoiceTerms extends FactTermsBase {
  kind: 'choice';
  is(text: string): Term;
  includes(part: string): Term;
}
export interface NumberTerms extends FactTermsBase {
  kind: 'number';
  value: Term;
}
export interface SetTerms extends FactTermsBase {
  kind: 'set';
  has(id: string): Term;
  size: Term;
}
export type FactTerms = BooleanTerms | ChoiceTerms | NumberTerms | SetTerms;

const noneOf = ({ name, absent }: JointFact): Term =>
  absent?.kind === 'none' ? booleanVariable(`${name} none`) : FALSE;
const defaultOf = ({ absent }: JointFact): unknown => (absent?.kind === 'value' ? absent.value : undefined);

export function booleanFact(fact: JointFact): BooleanTerms {
  const holds = booleanVariable(fact.name);
  const isNone = noneOf(fact);
  const usual = defaultOf(fact);
  return {
    kind: 'boolean',
    holds,
    isNone,
    isLeftOut: typeof usual === 'boolean' ? (usual ? holds : not(holds)) : orNull(isNone),
    axioms: [],
    isNamed: TRUE,
    read: (found) => (found.isTrue(isNone) ? NONE : found.isTrue(holds)),
  };
}

const orNull = (isNone: Term): Term | null => (isNone === FALSE ? null : isNone);

const YEAR_1 = new Date(0).setUTCFullYear(1, 0, 2);
const YEAR_9999 = Date.UTC(9999, 11, 30);

/** Whole numbers from 0, and instants of the years 1 to 9999 as epoch milliseconds. */
export function numberFact(fact: JointFact): NumberTerms {
  const value = integerVariable(fact.name);
  const isNone = noneOf(fact);
  const usual = defaultOf(fact);
  const [least, most] = fact.type === 'instant' ? [YEAR_1, YEAR_9999] : [0, Number.MAX_SAFE_INTEGER];
  return {
    kind: 'number',
    value,
    isNone,
    isLeftOut: typeof usual === 'number' ? equal(value, number(usual)) : orNull(isNone),
    axioms: [atMost(number(least), value), atMost(value, number(most))],
    isNamed: TRUE,
    read: (found) => (found.isTrue(isNone) ? NONE : found.integer(value)),
  };
}

const fits = ({ patterns }: JointFact, text: string): boolean =>
  text.length <= TEXT_LIMIT && !UNSTORABLE.test(text) && patterns.every((pattern) => pattern.test(text));

/** Enums and texts: one of those compared with, or another one. */
export function choiceFact(fact: JointFact, use: FactUsage): ChoiceTerms {
  const allowed = fact.values;
  const usual = defaultOf(fact);
  const compared = new Set(use.literals);
  if (typeof usual === 'string') compared.add(usual);
  const named = [...compared].filter((text) => (allowed ? allowed.includes(text) : fits(fact, text)));
  const others = allowed?.filter((id) => !named.includes(id)) ?? null;
  const parts = allowed ? [] : [...use.parts].filter((part) => part !== '');

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
    isLeftOut: typeof usual === 'string' ? is(usual) : orNull(isNone),
    axioms: [
      ...exclusive.flatMap((a, i) => exclusive.slice(i + 1).map((b) => or([not(a), not(b)]))),
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
      return unnamedText({ wanted, unwanted, taken: named, fits: (one) => fits(fact, one) });
    },
  };
}

/** As many unnamed members as an example may list. */
const MOST_OTHERS = 100;

export function setFact(fact: JointFact, use: FactUsage): SetTerms {
  const allowed = fact.values;
  const usual = defaultOf(fact);
  const named = [...use.literals].filter((id) => (allowed ? allowed.includes(id) : fits(fact, id)));
  const others = allowed?.filter((id) => !named.includes(id)) ?? null;
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
    size: sum([...[...variables.values()].map((one) => choose(one, number(1), number(0))), count]),
    isNone: isEmpty,
    isLeftOut: Array.isArray(usual) ? isUsual(usual) : fact.absent?.kind === 'none' ? isEmpty : null,
    axioms: [atMost(number(0), count), ...(others ? [atMost(count, number(others.length))] : [])],
    isNamed: others ? TRUE : equal(count, number(0)),
    read(found) {
      const members = named.filter((id) => found.isTrue(has(id)));
      const more = found.integer(count);
      const unnamed = others ? others.slice(0, more) : madeUp(fact, named, more);
      return unnamed && new Set(inOrder(allowed, [...members, ...unnamed]));
    },
  };
}

const inOrder = (order: readonly string[] | null, ids: string[]): string[] =>
  order ? order.filter((id) => ids.includes(id)) : ids;

function madeUp(fact: JointFact, named: readonly string[], count: number): string[] | null {
  if (count > MOST_OTHERS) return null;
  const made: string[] = [];
  while (made.length < count) {
    const taken = [...named, ...made];
    const next = unnamedText({ wanted: [], unwanted: [], taken, fits: (text) => fits(fact, text) });
    if (next === null) return null;
    made.push(next);
  }
  return made;
}
