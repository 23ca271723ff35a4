/** Does a case notice a mutant: does what it expects no longer come? */
import { decide } from '../../engine/decide.ts';
import { compile } from '../../engine/program.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { compare, saidOf, tellingApart } from '../cases/answer-summary.ts';
import type { Expectation } from '../cases/cases-file.ts';
import type { KnownAnswer } from '../cases/known-answers.ts';

/** A case whose answer is another, and that does not ask about it: `add` is what it would have to expect. */
export interface Unasked {
  known: KnownAnswer;
  add: Expectation;
}

export interface Noticed {
  by: KnownAnswer | null;
  /** Only where nothing notices it. */
  unasked: Unasked | null;
}

export async function notice(mutant: RuleSet, cases: readonly KnownAnswer[]): Promise<Noticed> {
  const program = compile(mutant);
  let unasked: Unasked | null = null;
  for (const known of cases) {
    const said = saidOf(await decide(program, known.facts, { explanation: false }), mutant);
    const before = compare(known.example.expect, known.said).length;
    if (compare(known.example.expect, said).length > before) return { by: known, unasked: null };
    if (unasked !== null) continue;
    const add = tellingApart(known.said, said);
    if (Object.keys(add).length > 0) unasked = { known, add };
  }
  return { by: null, unasked };
}
