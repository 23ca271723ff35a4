/** Questions about one rule set, or two: which of them does some case show, and a small example of it. */
import { readFacts } from '../../engine/facts/read-facts.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { type Given, givenOf, type Seen, see } from '../cases/evaluate-case.ts';
import type { FullCase } from '../solver/case-space.ts';
import type { Solver } from '../solver/solver.ts';
import type { Translation } from '../solver/translate.ts';
import { openWorld, type World } from './case-search.ts';
import { type Example, exampleOf, type Told, wishesOf } from './example.ts';
import { type Span, spanOf } from './holding-period.ts';
import type { Goal } from './properties.ts';
import { Sayings } from './properties.ts';

/** As a cases file has it; `asOf` in epoch milliseconds. */
export interface KnownCase {
  facts: unknown;
  asOf: number;
}

/** How long one question may take where nobody says otherwise. */
export const LIMIT_MS = 5000;

/** `shown` by that case, and perhaps others; by `none` at all, which is proved; or not decided in time. */
export type Reached = { kind: 'shown'; values: Given } | { kind: 'none' } | { kind: 'undecided' };

/** One of the rule sets asked about. */
export interface Side {
  ruleSet: RuleSet;
  translation: Translation;
  sayings: Sayings;
  /** Which of what is seen is its. */
  index: number;
}

export class Study {
  readonly world: World;
  readonly ruleSets: readonly RuleSet[];
  private readonly sides: readonly Side[];
  /** Every case met so far. Most questions are answered by one of them. */
  private readonly given: Told[] = [];
  private readonly met: { values: Given; seen: Seen[] }[] = [];

  constructor(solver: Solver, ruleSets: readonly RuleSet[], limitMs: number) {
    this.ruleSets = ruleSets;
    this.world = openWorld(solver, ruleSets, limitMs);
    this.sides = this.world.sides.map((translation, index) => sideOf(translation, index));
  }

  /** Of a study of one rule set. */
  only(): Side {
    const [side] = this.sides;
    if (!side) throw new Error('a study is of one rule set or two');
    return side;
  }

  /** Of a study of two. */
  pair(): [Side, Side] {
    const [before, after] = this.sides;
    if (!before || !after) throw new Error('this is no study of two rule sets');
    return [before, after];
  }

  /** The only rule set, with a deadline that may lie anywhere. What is said of it can be proved, but not seen in a case. */
  withMoved(deadline: string): Side {
    return sideOf(this.world.withMovable(this.only().ruleSet, deadline), 0);
  }

  /** Cases that are known already: what they show need not be asked. Of a study of one rule set. */
  know(cases: readonly KnownCase[]): void {
    const { ruleSet } = this.only();
    for (const { facts, asOf } of cases) {
      const read = readFacts(ruleSet.vocabulary, facts, asOf).facts;
      if (read === null) continue;
      const values = givenOf(read, ruleSet);
      const seen = see(ruleSet, values);
      // With facts left out it may still turn out to be no case at all.
      if (seen.contradictory === 'false') this.met.push({ values, seen: [seen] });
    }
  }

  /** All goals at once: one case often shows many, and one proof often settles all that are left. */
  async reach(goals: readonly Goal[]): Promise<Map<Goal, Reached>> {
    const answers = new Map<Goal, Reached>();
    for (const { values, seen } of this.met) note(answers, goals, values, seen);
    for (;;) {
      const open = goals.filter((goal) => !answers.has(goal));
      if (open.length === 0) return answers;
      const found = await this.world.find(open.map(({ term }) => term));
      if (found.kind === 'case') {
        this.meet(found.values, answers, goals, open);
        continue;
      }
      const only = open.length === 1 ? open[0] : undefined;
      if (found.kind === 'none') for (const goal of open) answers.set(goal, found);
      else if (only) answers.set(only, found);
      else for (const goal of open) answers.set(goal, await this.reachOne(goal));
    }
  }

  async reachOne(goal: Goal): Promise<Reached> {
    return (await this.reach([goal])).get(goal) ?? { kind: 'undecided' };
  }

  /** Is there a case that shows any of the goals? One that it shows. */
  async reachAny(
    goals: readonly Goal[],
  ): Promise<{ kind: 'shown'; goal: Goal } | { kind: 'none' } | { kind: 'undecided' }> {
    const found = await this.world.find(goals.map(({ term }) => term));
    if (found.kind !== 'case') return found;
    const answers = new Map<Goal, Reached>();
    this.meet(found.values, answers, goals, goals);
    const [goal] = answers.keys();
    return goal ? { kind: 'shown', goal } : { kind: 'undecided' };
  }

  /** When else the case of an example, judged then, would show the goal. Of a study of one rule set. */
  spanOf(example: Example, goal: Goal): Span {
    const told = this.given.find((one) => one.example === example);
    return told ? spanOf(this.only().ruleSet, goal, told.given) : { start: null, end: null };
  }

  /** One of the examples given before, where it shows this goal too. */
  async anyExample(goal: Goal): Promise<Example | null> {
    const known = this.given.find(({ seen }) => goal.shown(seen) === 'true');
    return known?.example ?? this.example(goal);
  }

  /** A small and natural case that shows the goal; null where the time was up. Decided by the engine. */
  async example(goal: Goal): Promise<Example | null> {
    const found = await this.world.findLike(goal.term, wishesOf(this.world.space, this.ruleSets));
    if (found.kind === 'none') throw new Error('an example was asked for of what no case shows');
    if (found.kind === 'undecided') return null;
    const told = await exampleOf(this.ruleSets, goal, found.values);
    this.given.push(told);
    return told.example;
  }

  end(): void {
    this.world.end();
  }

  private meet(
    values: FullCase,
    answers: Map<Goal, Reached>,
    goals: readonly Goal[],
    open: readonly Goal[],
  ): void {
    const seen = this.ruleSets.map((ruleSet) => see(ruleSet, values));
    this.met.push({ values, seen });
    note(answers, goals, values, seen);
    if (open.every((goal) => !answers.has(goal)))
      throw new Error(`the solver and the engine disagree about ${JSON.stringify([...values], replacer)}`);
  }
}

const sideOf = (translation: Translation, index: number): Side => ({
  ruleSet: translation.ruleSet,
  translation,
  sayings: new Sayings(translation, index),
  index,
});

const replacer = (_: string, value: unknown): unknown =>
  value instanceof Set ? [...value] : typeof value === 'symbol' ? String(value) : value;

function note(
  answers: Map<Goal, Reached>,
  goals: readonly Goal[],
  values: Given,
  seen: readonly Seen[],
): void {
  for (const goal of goals) {
    if (!answers.has(goal) && goal.shown(seen) === 'true') answers.set(goal, { kind: 'shown', values });
  }
}
