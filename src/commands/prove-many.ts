/** The findings of many rule sets, on all processors. */
import { Tinypool } from 'tinypool';
import type { Finding } from '../analysis/findings/finding.ts';
import type { KnownCase } from '../analysis/study.ts';
import { findingsOf } from './prove-task.ts';

/** A rule set in the texts that it is read from: a solver has to be started in each thread, and reads for itself. */
export interface ProveTask {
  file: string;
  ruleText: string;
  vocabularyText: string;
  /** Cases that are known already. */
  cases: readonly KnownCase[];
  /** How long one question may take, in milliseconds. */
  limitMs: number;
  isBrief: boolean;
}

/** Fewer are done before the threads have started. */
const WORTH_THREADS = 4;

/** In the order of the tasks. `onDone` after each, in any order. */
export async function proveMany(
  tasks: readonly ProveTask[],
  processors: number,
  onDone: () => void,
): Promise<Finding[]> {
  if (tasks.length < WORTH_THREADS) {
    const findings = await findingsOf(tasks, onDone);
    return findings.flat();
  }
  const filename = new URL('./prove-task.js', import.meta.url).href;
  const pool = new Tinypool({ filename, runtime: 'worker_threads', minThreads: 1, maxThreads: processors });
  try {
    const findings = await Promise.all(
      tasks.map(async (task): Promise<Finding[]> => {
        const found: Finding[] = await pool.run(task);
        onDone();
        return found;
      }),
    );
    return findings.flat();
  } finally {
    await pool.destroy();
  }
}
