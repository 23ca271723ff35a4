/** One rule set's findings. Also what runs in a thread of `proveMany`, which calls the default. */
import type { Finding } from '../analysis/findings/finding.ts';
import { prove } from '../analysis/prove.ts';
import { type Solver, startSolver } from '../analysis/solver.ts';
import { VOCABULARY_FILE } from '../rule-files/load.ts';
import { readRuleSet } from '../rulebook/read-rule-set.ts';
import { readVocabulary } from '../rulebook/vocabulary.ts';
import type { ProveTask } from './prove-many.ts';

let shared: Promise<Solver> | undefined;

/** The thread's solver ends with the thread. */
export default async function proveTask(task: ProveTask): Promise<Finding[]> {
  shared ??= startSolver();
  return findings(task, await shared);
}

/** One after the other, in this process. */
export async function findingsOf(tasks: readonly ProveTask[], onDone: () => void): Promise<Finding[][]> {
  if (tasks.length === 0) return [];
  const solver = await startSolver();
  try {
    const found: Finding[][] = [];
    for (const task of tasks) {
      found.push(await findings(task, solver));
      onDone();
    }
    return found;
  } finally {
    await solver.end();
  }
}

async function findings(task: ProveTask, solver: Solver): Promise<Finding[]> {
  const { file, ruleText, vocabularyText, limitMs, cases, isBrief } = task;
  const { vocabulary } = readVocabulary(VOCABULARY_FILE, vocabularyText);
  const { ruleSet } = vocabulary ? readRuleSet(file, ruleText, vocabulary) : { ruleSet: null };
  if (!ruleSet) throw new Error(`${file} was sound a moment ago`);
  return (await prove(ruleSet, solver, { limitMs, cases, isBrief })).findings;
}
