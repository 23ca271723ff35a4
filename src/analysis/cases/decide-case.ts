/** The engine's answers to cases, without their explanations. */

import type { Decision } from '../../engine/answer/fields.ts';
import { decide } from '../../engine/decide.ts';
import { type CaseFacts, type FactProblem, readFacts } from '../../engine/facts/read-facts.ts';
import type { Program } from '../../engine/program.ts';
import type { WrittenCase } from './evaluate-case.ts';

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
