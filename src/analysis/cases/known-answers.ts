/** The cases of a file with the engine's answer to each: what the checks of the cases themselves start from. */
import { decide } from '../../engine/decide.ts';
import type { Program } from '../../engine/program.ts';
import { type CaseFacts, readFacts } from '../../engine/facts/read-facts.ts';
import { type Said, saidOf } from './answer-summary.ts';
import type { ExampleCase } from './cases-file.ts';
import { givenOf, type Seen, see } from './evaluate-case.ts';

export interface KnownAnswer {
  example: ExampleCase;
  facts: CaseFacts;
  seen: Seen;
  said: Said;
}

/** Cases whose facts cannot be read are left out. */
export async function knownAnswers(program: Program, cases: readonly ExampleCase[]): Promise<KnownAnswer[]> {
  const known: KnownAnswer[] = [];
  for (const example of cases) {
    const { facts } = readFacts(program.ruleSet.vocabulary, example.facts, example.asOf);
    if (facts === null) continue;
    const said = saidOf(await decide(program, facts, { explanation: false }), program.ruleSet);
    known.push({ example, facts, seen: see(program.ruleSet, givenOf(facts, program.ruleSet)), said });
  }
  return known;
}
