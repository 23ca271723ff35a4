/** The cases of a file with the engine's answer to each: what the checks of the cases themselves start from. */

import type { CaseFacts } from '../../engine/facts/read-facts.ts';
import type { Program } from '../../engine/program.ts';
import { type AnswerSummary, summaryOf } from './answer-summary.ts';
import type { ExampleCase } from './cases-file.ts';
import { decideCase } from './decide-case.ts';
import { type CaseEvaluation, evaluateCase, partialCaseOf } from './evaluate-case.ts';

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
