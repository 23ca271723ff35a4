/** The findings of many rule sets, on all processors. */
import { Tinypool } from 'tinypool';
import type { Finding } from '../../analysis/findings/finding.ts';
import { type ProveOptions, prove } from '../../analysis/findings/prove.ts';
import { type Solver, startSolver } from '../../analysis/solver/solver.ts';
import type { LoadedRuleSet } from '../../rule-files/load.ts';
import type { ProveTask } from './prove-task.ts';

interface ToProve {
  loaded: LoadedRuleSet;
  options: ProveOptions;
}

/** Fewer are done before the threads have started. */
const WORTH_THREADS = 4;

/** In the order given. `onDone` after each, in any order. */
export async function proveMany(all: ToProve[], processors: number, onDone: () => void): Promise<Finding[]> {
  if (all.length < WORTH_THREADS)
    return withSolver(async (solver) => {
      const findings: Finding[] = [];
      for (const { loaded, options } of all) {
        findings.push(...(await prove(loaded.ruleSet, await solver(), options)));
        onDone();
      }
      return findings;
    });
  const filename = new URL('./prove-task.js', import.meta.url).href;
  const pool = new Tinypool({ filename, runtime: 'worker_threads', minThreads: 1, maxThreads: processors });
  try {
    const findings = all.map(async ({ loaded: { ruleSet, ruleText, vocabularyText }, options }) => {
      const task: ProveTask = { file: ruleSet.file, ruleText, vocabularyText, options };
      const found: Finding[] = await pool.run(task);
      onDone();
      return found;
    });
    return (await Promise.all(findings)).flat();
  } finally {
    await pool.destroy();
  }
}

/** The solver starts when it is first asked for, and has ended when this is done: the process could not exit otherwise. */
export async function withSolver<T>(work: (solver: () => Promise<Solver>) => Promise<T>): Promise<T> {
  let started: Promise<Solver> | undefined;
  try {
    return await work(() => (started ??= startSolver()));
  } finally {
    await (await started)?.end();
  }
}
