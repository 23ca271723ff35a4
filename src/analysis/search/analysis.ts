/** Questions about one rule set, or two: which of them does some case show, and a small example of it. */
import type { RuleSet } from '../../rulebook/rule-set.ts';
import {
  type CaseEvaluation,
  evaluateCase,
  type PartialCase,
  readPartialCase,
  type WrittenCase,
} from '../cases/evaluate-case.ts';
import type { FullCase } from '../solver/case-space.ts';
import type { Solver } from '../solver/solver.ts';
import type { Translation } from '../solver/translate.ts';
import { CaseSearch } from './case-search.ts';
import { type Example, exampleOf, softConstraintsOf, type TracedExample } from './example.ts';
import { type HoldingPeriod, holdingPeriodOf } from './holding-period.ts';
import { type Property, RuleSetProperties } from './properties.ts';

/** How long one question may take by default. */
const DEFAULT_LIMIT_MS = 5000;

export interface AnalysisOptions {
  /** How long one question to the solver may take, in milliseconds. */
  limitMs?: number;
}

/** An analysis for as long as the work takes. */
export async function withAnalysis<T>(
  solver: Solver,
  ruleSets: readonly RuleSet[],
  { limitMs = DEFAULT_LIMIT_MS }: AnalysisOptions,
  work: (analysis: Analysis) => Promise<T>,
): Promise<T> {
  const analysis = new Analysis(solver, ruleSets, limitMs);
  try {
    return await work(analysis);
  } finally {
    analysis.end();
  }
}

/** `shown` by that case, and perhaps others; by `none` at all, which is proved; or not decided in time. */
export type SearchResult = { kind: 'shown'; values: PartialCase } | { kind: 'none' } | { kind: 'undecided' };

/** One of the rule sets asked about. */
export interface AnalyzedRuleSet {
  ruleSet: RuleSet;
  translation: Translation;
  properties: RuleSetProperties;
  /** Its place among the evaluations of a case. */
  index: number;
}

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

export class Analysis {
  readonly caseSearch: CaseSearch;
  readonly ruleSets: readonly RuleSet[];
  private readonly sides: readonly AnalyzedRuleSet[];
  /** Every case met so far. Most questions are answered by one of them. */
  private readonly examples: TracedExample[] = [];
  private readonly evaluated: EvaluatedCase[] = [];

  constructor(solver: Solver, ruleSets: readonly RuleSet[], limitMs: number) {
    this.ruleSets = ruleSets;
    this.caseSearch = new CaseSearch(solver, ruleSets, limitMs);
    this.sides = this.caseSearch.sides.map(analyzed);
  }

  /** Of an analysis of one rule set. */
  only(): AnalyzedRuleSet {
    const [side] = this.sides;
    if (!side) throw new Error('an analysis is of one rule set or two');
    return side;
  }

  /** Of an analysis of two. */
  pair(): RuleSetPair {
    const [before, after] = this.sides;
    if (!before || !after) throw new Error('this is no analysis of two rule sets');
    return [before, after];
  }

  /** The only rule set, with a deadline that may lie anywhere. What is asked of it can be proved, but not evaluated in a case. */
  withMoved(deadline: string): AnalyzedRuleSet {
    return analyzed(this.caseSearch.translate(this.only().ruleSet, deadline), 0);
  }

  /** Cases that are known already: what they show need not be asked. Of an analysis of one rule set. */
  addKnownCases(cases: readonly WrittenCase[]): void {
    const { ruleSet } = this.only();
    for (const example of cases) {
      const values = readPartialCase(ruleSet, example);
      if (values === null) continue;
      const evaluation = evaluateCase(ruleSet, values);
      // With facts left out it may still turn out to be no case at all.
      if (evaluation.contradictory === 'false') this.evaluated.push({ values, evaluations: [evaluation] });
    }
  }

  /** All properties at once: one case often shows many, and one proof often settles all that are left. */
  async search(properties: readonly Property[]): Promise<Answers> {
    const answers: Answers = new Map();
    for (const known of this.evaluated) note(answers, properties, known);
    for (;;) {
      const open = properties.filter((property) => !answers.has(property));
      if (open.length === 0) return answers;
      const found = await this.caseSearch.find(open.map(({ term }) => term));
      if (found.kind === 'case') {
        this.record(found.values, answers, properties, open);
        continue;
      }
      const only = open.length === 1 ? open[0] : undefined;
      if (found.kind === 'none') for (const property of open) answers.set(property, found);
      else if (only) answers.set(only, found);
      else for (const property of open) answers.set(property, await this.searchOne(property));
    }
  }

  async searchOne(property: Property): Promise<SearchResult> {
    return (await this.search([property])).get(property) ?? { kind: 'undecided' };
  }

  /** Is there a case that shows any of the properties? One that it shows. */
  async searchAny(
    properties: readonly Property[],
  ): Promise<{ kind: 'shown'; property: Property } | { kind: 'none' } | { kind: 'undecided' }> {
    const found = await this.caseSearch.find(properties.map(({ term }) => term));
    if (found.kind !== 'case') return found;
    const answers: Answers = new Map();
    this.record(found.values, answers, properties);
    const [property] = answers.keys();
    return property ? { kind: 'shown', property } : { kind: 'undecided' };
  }

  /** When else the case of an example, judged then, would show the property. Of an analysis of one rule set. */
  holdingPeriodOf(example: Example, property: Property): HoldingPeriod {
    const traced = this.examples.find((one) => one.example === example);
    return traced ? holdingPeriodOf(this.only().ruleSet, property, traced.given) : { start: null, end: null };
  }

  /** One of the examples given before, where it shows this property too. */
  async anyExample(property: Property): Promise<Example | null> {
    const known = this.examples.find(({ evaluations }) => property.truthIn(evaluations) === 'true');
    return known?.example ?? this.example(property);
  }

  /** A small and natural case that shows the property; null where the time was up. Decided by the engine. */
  async example(property: Property): Promise<Example | null> {
    const found = await this.caseSearch.findPreferring(
      property.term,
      softConstraintsOf(this.caseSearch.space, this.ruleSets),
    );
    if (found.kind === 'none') throw new Error('an example was asked for of what no case shows');
    if (found.kind === 'undecided') return null;
    const traced = await exampleOf(this.ruleSets, property, found.values);
    this.examples.push(traced);
    return traced.example;
  }

  end(): void {
    this.caseSearch.end();
  }

  /** Notes what a case shows that was found because it would show one of `open`. */
  private record(
    values: FullCase,
    answers: Answers,
    properties: readonly Property[],
    open = properties,
  ): void {
    const found = { values, evaluations: this.ruleSets.map((ruleSet) => evaluateCase(ruleSet, values)) };
    this.evaluated.push(found);
    note(answers, properties, found);
    if (open.every((property) => !answers.has(property)))
      throw new Error(`the solver and the engine disagree about ${JSON.stringify([...values], replacer)}`);
  }
}

const analyzed = (translation: Translation, index: number): AnalyzedRuleSet => ({
  ruleSet: translation.ruleSet,
  translation,
  properties: new RuleSetProperties(translation, index),
  index,
});

const replacer = (_: string, value: unknown): unknown =>
  value instanceof Set ? [...value] : typeof value === 'symbol' ? String(value) : value;

function note(
  answers: Answers,
  properties: readonly Property[],
  { values, evaluations }: EvaluatedCase,
): void {
  for (const property of properties) {
    if (!answers.has(property) && property.truthIn(evaluations) === 'true')
      answers.set(property, { kind: 'shown', values });
  }
}
