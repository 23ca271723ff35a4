/** Questions about one rule set, or two: which of them does some case show, and a small example of it. */
import { factsOfMoment, resolveDeadline, resolveMoment, type Values } from '../../engine/facts/values.ts';
import { passing } from '../../engine/unknowns/candidate-values.ts';
import { AS_OF, type Interval } from '../../rulebook/basics.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { CaseEvaluation, PartialCase, WrittenCase } from '../cases/evaluate-case.ts';
import { evaluateCase, readPartialCase } from '../cases/evaluate-case.ts';
import { comparisons } from '../rule-set-parts.ts';
import type { Solver } from '../solver/solver.ts';
import type { Translation } from '../solver/translate.ts';
import { caseSearch, type SearchResult } from './case-search.ts';
import { type Example, exampleOf, softConstraintsOf, type TracedExample } from './example.ts';
import { type Property, propertiesOf } from './properties.ts';

/** How long one question may take by default. */
const DEFAULT_LIMIT_MS = 5000;

export interface AnalysisOptions {
  /** How long one question to the solver may take, in milliseconds. */
  limitMs?: number;
  /** Of the time for all of them together, what is left, in milliseconds: a question that might take longer is not asked. */
  leftMs?(): number;
  /** After each question of a search that is settled: so many of so many. */
  onAnswer?: ((settled: number, of: number) => void) | undefined;
}

/** An analysis for as long as the work takes. */
export async function withAnalysis<T>(
  solver: Solver,
  ruleSets: readonly RuleSet[],
  options: AnalysisOptions,
  work: (analysis: Analysis) => Promise<T>,
): Promise<T> {
  const analysis = openAnalysis(solver, ruleSets, options);
  try {
    return await work(analysis);
  } finally {
    analysis.end();
  }
}

/** One of the rule sets asked about; `index` is its place among the evaluations of a case. */
const analyzed = (translation: Translation, index: number) => ({
  ruleSet: translation.ruleSet,
  translation,
  properties: propertiesOf(translation, index),
  index,
});
export type AnalyzedRuleSet = ReturnType<typeof analyzed>;

/** Before and after. */
export type RuleSetPair = readonly [AnalyzedRuleSet, AnalyzedRuleSet];

/** By neither of the two do the facts contradict each other. */
export const consistentInBoth = ([before, after]: RuleSetPair, property: Property): Property =>
  before.properties.consistent(after.properties.consistent(property));

interface EvaluatedCase {
  values: PartialCase;
  /** By each rule set. */
  evaluations: CaseEvaluation[];
}

type Answers = Map<Property, SearchResult>;

export type Analysis = ReturnType<typeof openAnalysis>;

function openAnalysis(
  solver: Solver,
  ruleSets: readonly RuleSet[],
  { limitMs = DEFAULT_LIMIT_MS, leftMs, onAnswer }: AnalysisOptions,
) {
  const { space, sides, translated, find, findPreferring, end } = caseSearch(solver, ruleSets, {
    ...{ limitMs, isTimeUp: () => leftMs !== undefined && leftMs() < limitMs },
  });
  const [one, other] = sides.map(analyzed);
  /** Every case met so far. Most questions are answered by one of them. */
  const evaluated: EvaluatedCase[] = [];
  const examples: TracedExample[] = [];
  return {
    only,
    pair,
    withMoved,
    addKnownCases,
    find,
    search,
    searchOne,
    searchAny,
    holdingPeriod,
    anyExample,
    example,
    end,
  };

  /** Of an analysis of one rule set. */
  function only(): AnalyzedRuleSet {
    if (!one) throw new Error('an analysis is of one rule set or two');
    return one;
  }

  /** Of an analysis of two. */
  function pair(): RuleSetPair {
    if (!other) throw new Error('this is no analysis of two rule sets');
    return [only(), other];
  }

  /** The only rule set, with a deadline that may lie anywhere. What is asked of it can be proved, but not evaluated in a case. */
  function withMoved(deadline: string): AnalyzedRuleSet {
    return analyzed(translated(only().ruleSet, deadline), 0);
  }

  /** Cases that are known already: what they show need not be asked. Of an analysis of one rule set. */
  function addKnownCases(cases: readonly WrittenCase[]): void {
    const { ruleSet } = only();
    for (const known of cases) {
      const values = readPartialCase(ruleSet, known);
      if (values === null) continue;
      const evaluation = evaluateCase(ruleSet, values);
      // With facts left out it may still turn out to be no case at all.
      if (evaluation.contradictory === 'false') evaluated.push({ values, evaluations: [evaluation] });
    }
  }

  /** All properties at once: one case often shows many, and one proof often settles all that are left. */
  async function search(properties: readonly Property[]): Promise<(property: Property) => SearchResult> {
    const answers: Answers = new Map();
    for (const known of evaluated) note(answers, properties, known);
    for (;;) {
      const open = properties.filter((property) => !answers.has(property));
      if (properties.length > 1) onAnswer?.(properties.length - open.length, properties.length);
      const [first, ...others] = open;
      if (!first) return (property) => answers.get(property) ?? { kind: 'undecided', isTimeUp: false };
      const found = await find(open.map(({ term }) => term));
      if (found.kind === 'shown') record(found.values, answers, properties, open);
      else if (found.kind === 'none' || others.length === 0)
        for (const property of open) answers.set(property, found);
      else
        for (const property of open) {
          answers.set(property, await searchOne(property));
          onAnswer?.(answers.size, properties.length);
        }
    }
  }

  async function searchOne(property: Property): Promise<SearchResult> {
    return (await search([property]))(property);
  }

  /** Is there a case that shows any of the properties? One that it shows. */
  async function searchAny(
    properties: readonly Property[],
  ): Promise<{ kind: 'shown'; property: Property } | { kind: 'none' | 'undecided' }> {
    const found = await find(properties.map(({ term }) => term));
    if (found.kind !== 'shown') return found;
    const answers: Answers = new Map();
    record(found.values, answers, properties);
    const [property] = answers.keys();
    return property ? { kind: 'shown', property } : { kind: 'undecided' };
  }

  /** When else the case of an example, judged then, would show the property. Of an analysis of one rule set. */
  function holdingPeriod(shown: Example, property: Property): HoldingPeriod {
    const traced = examples.find(({ example }) => example === shown);
    return traced ? holdingPeriodOf(only().ruleSet, property, traced.given) : { start: null, end: null };
  }

  /** One of the examples given before, where it shows this property too. */
  async function anyExample(property: Property): Promise<Example | null> {
    const known = examples.find(({ evaluations }) => property.truthIn(evaluations) === 'true');
    return known?.example ?? example(property);
  }

  /** A small and natural case that shows the property; null where the time was up. Decided by the engine. */
  async function example(property: Property): Promise<Example | null> {
    const found = await findPreferring(property.term, softConstraintsOf(space, ruleSets));
    if (found.kind === 'none') throw new Error('an example was asked for of what no case shows');
    if (found.kind !== 'shown') return null;
    const traced = await exampleOf(ruleSets, property, found.values);
    examples.push(traced);
    return traced.example;
  }

  /** Notes what a case shows that was found because it would show one of `open`. */
  function record(
    values: PartialCase,
    answers: Answers,
    properties: readonly Property[],
    open = properties,
  ): void {
    const found = { values, evaluations: ruleSets.map((ruleSet) => evaluateCase(ruleSet, values)) };
    evaluated.push(found);
    note(answers, properties, found);
    if (open.every((property) => !answers.has(property)))
      throw new Error(`the solver and the engine disagree about ${JSON.stringify([...values], replacer)}`);
  }
}

const replacer = (_: string, value: unknown): unknown =>
  value instanceof Set ? [...value] : typeof value === 'symbol' ? String(value) : value;

function note(answers: Answers, properties: readonly Property[], known: EvaluatedCase): void {
  for (const property of properties)
    if (!answers.has(property) && property.truthIn(known.evaluations) === 'true')
      answers.set(property, { kind: 'shown', values: known.values });
}

export type HoldingPeriod = ReturnType<typeof holdingPeriodOf>;

/**
 * Judged earlier or later, when would the same case still show the same? The instants around that of the case, to the
 * exclusive end; null on the side where it never changes.
 */
function holdingPeriodOf(ruleSet: RuleSet, property: Property, given: PartialCase) {
  const asOf = Number(given.get(AS_OF));
  const bounds = [...new Set(boundsFor(ruleSet, given))].sort((a, b) => a - b);
  const showsAt = (instant: number): boolean =>
    property.truthIn([evaluateCase(ruleSet, new Map(given).set(AS_OF, instant))]) === 'true';
  // Between two bounds nothing changes, so one instant stands for all.
  return {
    start: bounds.findLast((bound) => bound <= asOf && !showsAt(bound - 1)) ?? null,
    end: bounds.find((bound) => bound > asOf && !showsAt(bound)) ?? null,
  };
}

/** Every instant at which a comparison with the instant judged may change. */
function boundsFor(ruleSet: RuleSet, given: PartialCase): number[] {
  const { values } = evaluateCase(ruleSet, given);
  const edges = ({ start, end }: Interval): number[] => [start, end];
  return [
    ...[...ruleSet.deadlines.values()].flatMap((deadline) => {
      const period = resolveDeadline(deadline, values, ruleSet);
      return typeof period === 'object' ? edges(period) : [];
    }),
    ...comparisons(ruleSet).flatMap(({ fact, operand }) => {
      if (operand.kind === 'interval') return edges(operand.interval);
      if (operand.kind !== 'moment') return [];
      const { moment } = operand;
      const left = values.get(fact);
      if (factsOfMoment(moment, ruleSet.deadlines).includes(AS_OF))
        return typeof left === 'number'
          ? passing((at) => resolveMoment(moment, judgedAt(values, at), ruleSet), left)
          : [];
      const period = resolveMoment(moment, values, ruleSet);
      return typeof period === 'object' ? edges(period) : [];
    }),
    ...[...given].flatMap(([fact, value]) =>
      ruleSet.vocabulary.facts.get(fact)?.type === 'instant' && typeof value === 'number'
        ? [value, value + 1]
        : [],
    ),
  ];
}

const judgedAt = (values: Values, instant: number): Values => ({
  get: (fact) => (fact === AS_OF ? instant : values.get(fact)),
});
