/** Does a case notice a mutant: does what it expects no longer come? */
import { compile } from '../../engine/program.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { distinguishingExpectation, summaryOf, unmetExpectations } from '../cases/answer-summary.ts';
import type { Expectation } from '../cases/cases-file.ts';
import { answerTo } from '../cases/decide-case.ts';
import type { KnownAnswer } from '../cases/known-answers.ts';

/** A case whose answer is another, and that does not ask about it: `add` is what it would have to expect. */
export interface UncheckedDifference {
  known: KnownAnswer;
  add: Expectation;
}

export interface Detection {
  by: KnownAnswer | null;
  /** Only where nothing notices it. */
  unasked: UncheckedDifference | null;
}

export async function detectMutant(mutant: RuleSet, cases: readonly KnownAnswer[]): Promise<Detection> {
  const program = compile(mutant);
  let unasked: UncheckedDifference | null = null;
  for (const known of cases) {
    const summary = summaryOf(await answerTo(program, known.facts), mutant);
    const before = unmetExpectations(known.example.expect, known.summary).length;
    if (unmetExpectations(known.example.expect, summary).length > before) return { by: known, unasked: null };
    if (unasked !== null) continue;
    const add = distinguishingExpectation(known.summary, summary);
    if (Object.keys(add).length > 0) unasked = { known, add };
  }
  return { by: null, unasked };
}
