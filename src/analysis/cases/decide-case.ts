/** The engine's answers to cases, without their explanations. */
import type { UnmetExpectation } from '../../engine/answer/comparisons.ts';
import type { Decision } from '../../engine/answer/fields.ts';
import { decide } from '../../engine/decide.ts';
import { type CaseFacts, type FactProblem, readFacts } from '../../engine/facts/read-facts.ts';
import { judge } from '../../engine/judge/judge.ts';
import type { Program } from '../../engine/program.ts';
import type { Rule } from '../../rulebook/rule-set.ts';
import { type AnswerSummary, summaryOf, unmetExpectations } from './answer-summary.ts';
import type { CasesFile, ExampleCase } from './cases-file.ts';
import { type CaseEvaluation, evaluateCase, partialCaseOf, type WrittenCase } from './evaluate-case.ts';

export const answerTo = (program: Program, facts: CaseFacts): Promise<Decision> =>
  decide(program, facts, { explanation: false });

export type DecidedCase =
  | { facts: CaseFacts; decision: Decision }
  /** The facts cannot be read; `problems` is not empty. */
  | { facts: null; problems: FactProblem[]; moreProblems: number };

export async function decideCase(program: Program, { facts, asOf }: WrittenCase): Promise<DecidedCase> {
  const read = readFacts(program.ruleSet.vocabulary, facts, asOf);
  if (read.facts === null) return { facts: null, problems: read.problems, moreProblems: read.moreProblems };
  return { facts: read.facts, decision: await answerTo(program, read.facts) };
}

/** What the checks of the cases themselves start from. */
export interface KnownAnswer {
  example: ExampleCase;
  facts: CaseFacts;
  evaluation: CaseEvaluation;
  summary: AnswerSummary;
}

/** Cases whose facts cannot be read are left out. */
export async function knownAnswers(program: Program, cases: readonly ExampleCase[]): Promise<KnownAnswer[]> {
  const { ruleSet } = program;
  const known: KnownAnswer[] = [];
  for (const example of cases) {
    const decided = await decideCase(program, example);
    if (decided.facts === null) continue;
    const { facts, decision } = decided;
    const evaluation = evaluateCase(ruleSet, partialCaseOf(facts, ruleSet));
    known.push({ example, facts, evaluation, summary: summaryOf(decision, ruleSet) });
  }
  return known;
}

export interface CaseResult {
  example: ExampleCase;
  /** Empty where the case holds. */
  differences: UnmetExpectation[];
  factProblems: FactProblem[];
  /** How many there are beyond those. */
  moreFactProblems: number;
}

export interface CasesResult {
  results: CaseResult[];
  /** Rules that hold in no case. */
  neverFired: Rule[];
}

export async function runCases(program: Program, { cases }: CasesFile): Promise<CasesResult> {
  const { ruleSet } = program;
  const fired = new Set<Rule>();
  const results: CaseResult[] = [];
  for (const example of cases) {
    const result: CaseResult = { example, differences: [], factProblems: [], moreFactProblems: 0 };
    results.push(result);
    const decided = await decideCase(program, example);
    if (decided.facts === null) {
      result.factProblems = decided.problems;
      result.moreFactProblems = decided.moreProblems;
      continue;
    }
    const { facts, decision } = decided;
    result.differences = unmetExpectations(example.expect, summaryOf(decision, ruleSet));
    const { sections } = await judge(program, facts.slots);
    const concluded =
      decision.contradictions.length > 0 ? [sections.contradictions] : Object.values(sections);
    for (const { holding } of concluded) for (const { rule } of holding) fired.add(rule);
  }
  return { results, neverFired: ruleSet.rules.filter((rule) => !fired.has(rule)) };
}
