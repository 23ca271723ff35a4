/** The cases of a file with the engine's answer to each: what the checks of the cases themselves start from. */
import { decide } from '../../engine/decide.ts';
import type { Program } from '../../engine/program.ts';
import { type CaseFacts, readFacts } from '../../engine/facts/read-facts.ts';
import { type AnswerSummary, summaryOf } from './answer-summary.ts';
import type { ExampleCase } from './cases-file.ts';
import { type CaseEvaluation, evaluateCase, partialCaseOf } from './evaluate-case.ts';

export interface KnownAnswer {
  example: ExampleCase;
  facts: CaseFacts;
  evaluation: CaseEvaluation;
  summary: AnswerSummary;
}

/** Cases whose facts cannot be read are left out. */
export async function knownAnswers(program: Program, cases: readonly ExampleCase[]): Promise<KnownAnswer[]> {
  const known: KnownAnswer[] = [];
  for (const example of cases) {
    const { facts } = readFacts(program.ruleSet.vocabulary, example.facts, example.asOf);
    if (facts === null) continue;
    const summary = summaryOf(await decide(program, facts, { explanation: false }), program.ruleSet);
    known.push({
      example,
      facts,
      evaluation: evaluateCase(program.ruleSet, partialCaseOf(facts, program.ruleSet)),
      summary,
    });
  }
  return known;
}
