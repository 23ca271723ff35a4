/** From any case that shows something to a small and natural one that still does, decided by the engine. */

import type { Decision } from '../../engine/answer/fields.ts';
import { valueJson } from '../../engine/answer/wording.ts';
import { NONE, type Value } from '../../engine/facts/values.ts';
import { compile, type Program } from '../../engine/program.ts';
import { AS_OF } from '../../rulebook/basics.ts';
import { localDate, parseMoment, startsDay, toOffsetDateTime } from '../../rulebook/calendar.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { sectionOfClaim } from '../../rulebook/sections.ts';
import { decideCase } from '../cases/decide-case.ts';
import { type CaseEvaluation, evaluateCase, isSettled, type PartialCase } from '../cases/evaluate-case.ts';
import { remembered } from '../remembered.ts';
import type { CaseSpace, FullCase } from '../solver/case-space.ts';
import { atMost, number, or, type Term, within } from '../solver/terms.ts';
import type { Property } from './properties.ts';

export interface Example {
  /** RFC 3339 with the offset of the rule set's time zone. */
  asOf: string;
  /** As a caller sends them: { group: { name: value } }. */
  facts: Record<string, Record<string, unknown>>;
  /** The engine's answer by each rule set asked about. */
  decisions: Decision[];
}

/** An example with what it was made from, evaluated by each rule set. */
export type TracedExample = Awaited<ReturnType<typeof exampleOf>>;

const DAY = 86_400_000;
const SMALL = 100_000;

/** Terms that make a case natural, the most wanted first: dates near the notice's, small amounts, facts left out. */
export function softConstraintsOf({ facts }: CaseSpace, ruleSets: readonly RuleSet[]): Term[] {
  const bounds = ruleSets.flatMap(fixedInstants);
  const [first, last] = [Math.min(...bounds) - 30 * DAY, Math.max(...bounds) + 60 * DAY];
  const leftOut = [...facts.values()].flatMap(({ isLeftOut }) => isLeftOut ?? []);
  const near = [...facts].flatMap(([name, fact]) => {
    if (fact.kind !== 'number') return [];
    const isInstant =
      name === AS_OF || ruleSets.some((r) => r.vocabulary.facts.get(name)?.type === 'instant');
    const range = isInstant
      ? within(number(first), fact.value, number(last))
      : atMost(fact.value, number(SMALL));
    return [or([fact.isNone, range])];
  });
  return [...near, ...leftOut];
}

export async function exampleOf(ruleSets: readonly RuleSet[], property: Property, values: PartialCase) {
  const evaluate = (given: PartialCase): CaseEvaluation[] =>
    ruleSets.map((ruleSet) => evaluateCase(ruleSet, given));
  const shows = (given: PartialCase): boolean => {
    const evaluations = evaluate(given);
    return property.truthIn(evaluations) === 'true' && evaluations.every(isSettled);
  };
  const given = simplest(new Map([...values].filter(([, value]) => value !== NONE)), ruleSets, shows);
  const example = await answered(ruleSets, given);
  const evaluations = evaluate(given);
  for (const [i, evaluation] of evaluations.entries()) checkAgreement(evaluation, example.decisions[i]);
  return { example, given, evaluations };
}

function simplest(
  found: FullCase,
  ruleSets: readonly RuleSet[],
  shows: (given: PartialCase) => boolean,
): PartialCase {
  if (!shows(found)) throw new Error('the case does not show what it was found for');
  let given = found;
  // Twice, because what is simple for one depends on the others.
  for (let round = 0; round < 2; round++) {
    leaveOut(given);
    for (const [name, value] of given) {
      const values = simplerValues(name, value, ruleSets);
      const simpler = values.find((one) => shows(new Map(given).set(name, one)));
      if (simpler !== undefined) given.set(name, simpler);
    }
    given = fewerFacts(given);
  }
  return given;

  function leaveOut(from: FullCase): void {
    for (const name of [...from.keys()].reverse()) {
      if (name === AS_OF) continue;
      const less = new Map(from);
      less.delete(name);
      if (shows(less)) from.delete(name);
    }
  }

  /** Another value of one fact may make others needless: with a balance of 0 yen no rule looks further. */
  function fewerFacts(from: FullCase): FullCase {
    for (const [name, value] of from) {
      const isAmount = ruleSets.some(({ vocabulary }) => vocabulary.facts.get(name)?.type === 'integer');
      const other = typeof value === 'boolean' ? !value : isAmount ? 0 : undefined;
      if (other === undefined || other === value) continue;
      const turned = new Map(from).set(name, other);
      if (!shows(turned)) continue;
      leaveOut(turned);
      if (turned.size < from.size) return fewerFacts(turned);
    }
    return from;
  }
}

const programs = new WeakMap<RuleSet, Program>();

/** The case written down, read back and decided, as for a caller. */
export async function answered(ruleSets: readonly RuleSet[], given: PartialCase): Promise<Example> {
  const example = await answeredIfRead(ruleSets, given);
  if (example === null) throw new Error(`an example is refused: ${JSON.stringify(written(given, ruleSets))}`);
  return example;
}

/** null where one of the rule sets refuses the facts. */
export async function answeredIfRead(
  ruleSets: readonly RuleSet[],
  given: PartialCase,
): Promise<Example | null> {
  const timeZone = ruleSets[0]?.timeZone ?? 'UTC';
  const asOf = Number(given.get(AS_OF));
  const decisions: Decision[] = [];
  for (const ruleSet of ruleSets) {
    const program = remembered(programs, ruleSet, () => compile(ruleSet));
    const decided = await decideCase(program, { facts: written(given, [ruleSet]), asOf });
    if (decided.facts === null) return null;
    decisions.push(decided.decision);
  }
  return { asOf: toOffsetDateTime(asOf, timeZone), facts: written(given, ruleSets), decisions };
}

/** The facts that any of the rule sets knows, in the order of the vocabulary. */
function written(given: PartialCase, ruleSets: readonly RuleSet[]): Example['facts'] {
  const facts: Example['facts'] = {};
  for (const ruleSet of ruleSets) {
    for (const name of ruleSet.vocabulary.facts.keys()) {
      const value = given.get(name);
      if (value === undefined || value === NONE) continue;
      const [group = '', member = ''] = name.split('.');
      facts[group] = { ...facts[group], [member]: valueJson(name, clear(name, value, ruleSet), ruleSet) };
    }
  }
  return facts;
}

/** A midnight that does not say which day it ends is written as the second after it, which no comparison of days tells apart. */
function clear(name: string, value: Value, { vocabulary, timeZone }: RuleSet): Value {
  const isEndOfDay = vocabulary.facts.get(name)?.dateMeans != null;
  return isEndOfDay && typeof value === 'number' && startsDay(value, timeZone) ? value + 1000 : value;
}

/** What the search takes to be concluded, the engine has concluded. */
function checkAgreement({ contradictory, takenRules }: CaseEvaluation, decision: Decision | undefined): void {
  if (!decision) throw new Error('an example has no answer');
  const { contradictions, categories, remedies, claimState, voucherState, states, claims, outcome } =
    decision;
  const isContradictory = contradictory === 'true';
  const decided: [string, string[]][] = [
    ['eligibility', categories.map(({ id }) => id)],
    ['remedies', remedies.map(({ id }) => id)],
    ['claimState', claimState ? [claimState.id] : []],
    ['voucherState', voucherState ? [voucherState.id] : []],
    ...states.map(({ id, value }): [string, string[]] => [
      id === 'voucherState' ? id : `states.${id}`,
      [value.id],
    ]),
    ...claims.map(({ id, state }): [string, string[]] => [sectionOfClaim(id), [state.id]]),
    ['outcome', [outcome]],
  ];
  const isAgreed = decided.every(([section, ids]) => {
    const found = takenRules(section).map(({ concludes }) => concludes);
    return ids.sort().join() === found.sort().join();
  });
  if (isContradictory !== contradictions.length > 0 || !(isContradictory || isAgreed))
    throw new Error(`an example is decided otherwise than it was found: ${JSON.stringify(decision)}`);
}

const MINUTE = 60_000;
const NOON = { hour: 12 };
const YEN = [1000, 2000, 1500, 3000, 500, 5000, 10_000, 100, 1, 0, 2];
const COUNTS = [1, 2, 3, 5, 10, 24, 30, 48, 72, 100, 0];

/** Every fixed instant that the rule set names: where something begins or ends. */
export function fixedInstants({ deadlines, timeZone, source }: RuleSet): number[] {
  const fixed = [...deadlines.values()].flatMap(({ from, until }) =>
    [from, until].flatMap((moment) =>
      moment?.kind === 'fixed' ? [moment.interval.start, moment.interval.end] : [],
    ),
  );
  const published = parseMoment(source.published, timeZone);
  if (published) fixed.push(published.start);
  return [...new Set(fixed)].sort((a, b) => a - b);
}

const noonOf = (instant: number, timeZone: string): number =>
  localDate(instant, timeZone).toZonedDateTime({ timeZone, plainTime: NOON }).epochMilliseconds;

/** The simplest first; none of them may do. */
function simplerValues(name: string, value: Value | undefined, ruleSets: readonly RuleSet[]): Value[] {
  const definition = ruleSets.flatMap(({ vocabulary }) => vocabulary.facts.get(name) ?? [])[0];
  if (value instanceof Set) {
    const ids = [...value];
    return [
      new Set(),
      ...ids.map((id) => new Set([id])),
      ...ids.map((id) => new Set(ids.filter((other) => other !== id))),
    ];
  }
  if (typeof value !== 'number') return [];
  if (name !== AS_OF && definition?.type !== 'instant')
    return (definition?.unit === '円' ? YEN : COUNTS).filter((number) => number !== value);
  return instants(value, ruleSets);
}

/** Noon near a date that the notice names, a date's own first minute, or at least a round minute. */
function instants(value: number, ruleSets: readonly RuleSet[]): number[] {
  return ruleSets.flatMap((ruleSet) => {
    const { timeZone } = ruleSet;
    const bounds = fixedInstants(ruleSet);
    const noons = bounds.flatMap((bound) => [noonOf(bound - 1, timeZone), noonOf(bound, timeZone)]);
    const edges = bounds.flatMap((bound) => [bound - MINUTE, bound]);
    const rounded = [60 * MINUTE, MINUTE, 1000].map((unit) => Math.floor(value / unit) * unit);
    return [...new Set([noonOf(value, timeZone), ...noons, ...edges, ...rounded])];
  });
}
