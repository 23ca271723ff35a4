/** What becomes of every mutant of a rule file. */
import type { Program } from '../../engine/program.ts';
import type { Acceptance, RuleSet } from '../../rulebook/rule-set.ts';
import type { Source } from '../../rulebook/source.ts';
import type { Vocabulary } from '../../rulebook/vocabulary.ts';
import type { CasesFile, ExampleCase } from '../cases/cases-file.ts';
import { type KnownAnswer, knownAnswers } from '../cases/decide-case.ts';
import { distinguish } from '../diff/diff.ts';
import { MUTANT } from '../findings/prove.ts';
import type { AnalysisOptions } from '../search/analysis.ts';
import type { Example } from '../search/example.ts';
import type { Solver } from '../solver/solver.ts';
import { contactExample } from './contact-example.ts';
import { affectedCases, comparableTexts, detectMutant, type UncheckedDifference } from './detect.ts';
import { type Mutant, mutantsOf, readMutant } from './mutants.ts';

export type Fate =
  /** No sound rule file any more. */
  | { kind: 'found-by-check' }
  | { kind: 'noticed'; by: ExampleCase }
  /** Proved to answer every case as the original does. */
  | { kind: 'same' }
  | { kind: 'accepted'; reason: string }
  /** `unasked`: a case has another answer and does not ask about it. `example`: a case that would notice it. */
  | { kind: 'alive'; unasked: UncheckedDifference | null; example: Example | null };

export interface Mutated {
  mutant: Mutant;
  /** null where it does not read. */
  ruleSet: RuleSet | null;
  fate: Fate;
}

export interface MutateOptions extends AnalysisOptions {
  /** After each mutant: how many are done, of how many. */
  progress?(done: number, total: number): void;
}

export interface MutationReport {
  known: KnownAnswer[];
  mutated: Mutated[];
  /** Acceptances of mutants that do not live. */
  needless: Acceptance[];
}

export interface Mutable {
  program: Program;
  /** The rule file that it was compiled from, and the vocabulary that all rule files share. */
  source: Source;
  vocabulary: Vocabulary;
}

/** `solver` is asked only about mutants that no case notices. */
export async function mutate(
  { program, source, vocabulary }: Mutable,
  { cases }: CasesFile,
  solver: () => Promise<Solver>,
  options: MutateOptions = {},
): Promise<MutationReport> {
  const { ruleSet } = program;
  const known = await knownAnswers(program, cases);
  const texts = comparableTexts(ruleSet);
  const acceptances = ruleSet.accepted.filter(({ finding }) => finding === MUTANT);
  const used = new Set<Acceptance>();
  const mutants = mutantsOf(source, ruleSet);
  const mutated: Mutated[] = [];
  for (const mutant of mutants) {
    const other = readMutant(source, mutant, vocabulary);
    const fate: Fate = other === null ? { kind: 'found-by-check' } : await fateOf(mutant, other);
    mutated.push({ mutant, ruleSet: other, fate });
    options.progress?.(mutated.length, mutants.length);
  }
  return { known, mutated, needless: acceptances.filter((one) => !used.has(one)) };

  async function fateOf(mutant: Mutant, other: RuleSet): Promise<Fate> {
    const { by, unasked } = await detectMutant(other, affectedCases(texts, other, known));
    if (by) return { kind: 'noticed', by: by.example };
    if (unasked) return { kind: 'alive', unasked, example: null };
    const acceptance = acceptances.find(({ about }) => about.includes(mutant.id));
    if (acceptance) {
      used.add(acceptance);
      return { kind: 'accepted', reason: acceptance.reason };
    }
    const inHours = await contactExample(ruleSet, other);
    if (inHours) return { kind: 'alive', unasked: null, example: inHours };
    const answer = await distinguish(ruleSet, other, await solver(), options);
    // Of the contact only what was tried is known.
    const isContact = mutant.path[0] === 'contact';
    if (answer.kind === 'same' && !isContact) return { kind: 'same' };
    return { kind: 'alive', unasked: null, example: answer.kind === 'shown' ? answer.example : null };
  }
}
