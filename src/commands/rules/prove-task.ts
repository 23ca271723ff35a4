/** What runs in a thread of `proveMany`: a rule set cannot cross threads, so it is read again from its texts. */
import type { Finding } from '../../analysis/findings/finding.ts';
import { type ProveOptions, prove } from '../../analysis/findings/prove.ts';
import { type Solver, startSolver } from '../../analysis/solver/solver.ts';
import { VOCABULARY_FILE } from '../../rule-files/load.ts';
import { readRuleSet } from '../../rulebook/read-rule-set.ts';
import { readVocabulary } from '../../rulebook/vocabulary.ts';

export interface ProveTask {
  file: string;
  ruleText: string;
  vocabularyText: string;
  options: ProveOptions;
}

/** It ends with the thread. */
let solver: Promise<Solver> | undefined;

export default async function proveTask(task: ProveTask): Promise<Finding[]> {
  const { file, ruleText, vocabularyText, options } = task;
  const { vocabulary } = readVocabulary(VOCABULARY_FILE, vocabularyText);
  const { ruleSet } = vocabulary ? readRuleSet(file, ruleText, vocabulary) : { ruleSet: null };
  if (!ruleSet) throw new Error(`${file} was sound a moment ago`);
  solver ??= startSolver();
  return prove(ruleSet, await solver, options);
}
