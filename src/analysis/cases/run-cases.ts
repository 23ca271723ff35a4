import type { UnmetExpectation } from '../../engine/answer/comparisons.ts';
import type { FactProblem } from '../../engine/facts/read-facts.ts';
import { judge } from '../../engine/judge/judge.ts';
import type { Program } from '../../engine/program.ts';
import type { Rule } from '../../rulebook/rule-set.ts';
import { summaryOf, unmetExpectations } from './answer-summary.ts';
import type { CasesFile, ExampleCase } from './cases-file.ts';
import { decideCase } from './decide-case.ts';

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
  const fired = new Set<Rule>();
  const results: CaseResult[] = [];
  for (const example of cases) {
    const decided = await decideCase(program, example);
    if (decided.facts === null) {
      results.push({
        example,
        differences: [],
        factProblems: decided.problems,
        moreFactProblems: decided.moreProblems,
      });
      continue;
    }
    const { facts, decision } = decided;
    const differences = unmetExpectations(example.expect, summaryOf(decision, program.ruleSet));
    results.push({ example, differences, factProblems: [], moreFactProblems: 0 });
    const { sections } = await judge(program, facts.slots);
    const concluded =
      decision.contradictions.length > 0 ? [sections.contradictions] : Object.values(sections);
    for (const { holding } of concluded) for (const { rule } of holding) fired.add(rule);
  }
  return { results, neverFired: program.ruleSet.rules.filter((rule) => !fired.has(rule)) };
}
