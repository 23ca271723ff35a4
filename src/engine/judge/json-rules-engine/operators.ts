/**
 * What json-rules-engine has to be taught to run exported rules: published as `hosho/json-rules-engine-operators`.
 *
 * Facts are given under the names of the vocabulary: instants as epoch milliseconds, sets as arrays. A fact that is known
 * not to exist is left out (a set is empty), so the engine needs `allowUndefinedFacts`.
 */
import type { Engine } from 'json-rules-engine';
import type { Operator } from '../../../rulebook/operators.ts';
import { isConclusions, NONE, UNKNOWN, type Value } from '../../facts/values.ts';
import { type KnownValue, type KnownWanted, readingsOf, TESTS } from '../operators.ts';
import type { ExportedRules, ExportedSection } from './export-rules.ts';
import { derivedValue, factsOfDerived } from './section-rules.ts';

export type { ExportedRules, ExportedSection };
export { UNKNOWN };

/** The operators that the library does not have. */
const OURS: readonly Operator[] = [
  'includesText',
  'containsAll',
  'containsAny',
  'subsetOf',
  'countGreaterThan',
  'isPresent',
];

/** Teaches an engine the operators of exported rules. */
export function addOperators(engine: Engine): void {
  for (const operator of OURS) {
    const test = TESTS[operator];
    engine.addOperator(operator, (left: unknown, right: KnownWanted) => test(fromLibrary(left), right));
  }
}

/**
 * Adds what a section reads beside the facts of a case: what is the same for every case, what is worked out of the facts, and
 * what facts come to that are left out of a run, where the vocabulary says so.
 */
export function addFacts(engine: Engine, exported: ExportedRules, section: ExportedSection): void {
  const { facts, deadlines, timeZone } = exported;
  const calendar = { deadlines: new Map(Object.entries(deadlines)), timeZone };
  for (const [name, { type, absent }] of Object.entries(facts)) {
    if (absent.kind === 'value') engine.addFact(name, absent.value);
    else if (absent.kind === 'none' && type === 'set') engine.addFact(name, []);
  }
  for (const [name, value] of Object.entries(section.constants)) engine.addFact(name, value);
  for (const [name, how] of Object.entries(section.derived)) {
    const read = factsOfDerived(how, calendar.deadlines);
    engine.addFact(name, async (_, almanac) => {
      const values = await Promise.all(read.map((fact) => almanac.factValue<unknown>(fact)));
      const byName = new Map(read.map((fact, place): [string, Value] => [fact, toValue(values[place])]));
      return toLibrary(derivedValue(how, byName, calendar));
    });
  }
}

/**
 * `known:equal`: as `equal`, but only where both sides are known (`UNKNOWN` stands for a fact that is not), and where the left
 * side is an open conclusion, only if it holds whatever that turns out to be.
 */
export function addKnown(engine: Engine): void {
  engine.addOperatorDecorator(
    'known',
    (left: unknown, right: unknown, next: (left: unknown, right: unknown) => boolean) => {
      if (left === UNKNOWN || right === UNKNOWN) return false;
      if (!isConclusions(left)) return next(left, right);
      return readingsOf(left).every((reading) => next(toLibrary(reading), right));
    },
  );
}

/** A value as the library's operators take it. */
export function toLibrary(value: Value): unknown {
  if (value === NONE) return undefined;
  return value instanceof Set ? [...value] : value;
}

const toValue = (value: unknown): Value => (value === UNKNOWN ? UNKNOWN : fromLibrary(value));

function fromLibrary(value: unknown): KnownValue {
  if (Array.isArray(value)) return new Set(value.map(String));
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : NONE;
}
