/** Rule files read and proved: a few here, many on all processors; not those of which it is known from before. */
import { Tinypool } from 'tinypool';
import {
  type FileToCheck,
  type ProofOptions,
  proveToCheck,
  type ReadReport,
  readToCheck,
  type Told,
} from './check-file.ts';
import type { CheckResult, CheckTask } from './check-task.ts';
import type { keptReports } from './kept-reports.ts';
import { withSolver } from './with-solver.ts';

/** A rule file and what reading it shows. */
export interface Checked {
  given: FileToCheck;
  read: ReadReport;
  /** What is proved of it; null where few files are read, which show what they are before they are proved. */
  proved: Told[] | null;
  /** Both are known from before. */
  isKept: boolean;
}

/** So many of so many: questions of a file where few are proved, files otherwise. */
type Progress = (done: number, of: number) => void;

/** Fewer are done before the threads have started. */
const WORTH_THREADS = 4;

interface CheckerContext {
  processors: number;
  options: ProofOptions;
  /** null where nothing of before is to be told again. */
  kept: ReturnType<typeof keptReports> | null;
}
type Checker = ReturnType<typeof openChecker>;

export async function withChecker<T>(
  context: CheckerContext,
  work: (checker: Checker) => Promise<T>,
): Promise<T> {
  const checker = openChecker(context);
  try {
    return await work(checker);
  } finally {
    await checker.end();
  }
}

function openChecker({ processors, options, kept }: CheckerContext) {
  let pool: Tinypool | undefined;
  return { read, prove, end: async () => pool?.destroy() };

  async function read(files: readonly FileToCheck[], progress: Progress): Promise<Checked[]> {
    const before = await Promise.all(files.map((given) => kept?.get(given)));
    const open = before.filter((known) => !known).length;
    let done = 0;
    return Promise.all(
      files.map(async (given, i) => {
        const known = before[i];
        if (known) return { given, ...known, isKept: true };
        if (open < WORTH_THREADS) return { given, read: readToCheck(given), proved: null, isKept: false };
        const found = await inThread({ given, options });
        if (found.read.loaded !== null) await kept?.put(given, found);
        done += 1;
        progress(done, open);
        return { given, ...found, isKept: false };
      }),
    );
  }

  /** Of all of them, in the order given. */
  function prove(all: readonly Checked[], onAnswer: Progress): Promise<Told[]> {
    return withSolver(async (solver) => {
      const found: Told[] = [];
      for (const { given, read: known, proved } of all) {
        if (known.loaded === null) continue;
        const { cases } = known.loaded;
        const doing = async () => ({ solver: await solver(), now: () => performance.now(), onAnswer });
        const now = proved ?? (await proveToCheck(given, cases, options, await doing()));
        if (proved === null) await kept?.put(given, { read: known, proved: now });
        found.push(...now);
      }
      await kept?.forgetOld();
      return found;
    });
  }

  function inThread(task: CheckTask): Promise<CheckResult> {
    const filename = new URL('./check-task.js', import.meta.url).href;
    pool ??= new Tinypool({ filename, runtime: 'worker_threads', minThreads: 1, maxThreads: processors });
    return pool.run(task);
  }
}
