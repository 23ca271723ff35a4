/** What runs in a thread of `checkMany`. */
import { type Solver, startSolver } from '../../analysis/solver/solver.ts';
import {
  type FileToCheck,
  type ProofOptions,
  proveToCheck,
  type ReadReport,
  readToCheck,
  type Told,
} from './check-file.ts';

export interface CheckTask {
  given: FileToCheck;
  options: ProofOptions;
}

export interface CheckResult {
  read: ReadReport;
  /** Empty of a broken file. */
  proved: Told[];
}

/** It ends with the thread. */
let solver: Promise<Solver> | undefined;

export default async function checkTask({ given, options }: CheckTask): Promise<CheckResult> {
  const read = readToCheck(given);
  if (read.loaded === null) return { read, proved: [] };
  solver ??= startSolver();
  const doing = { solver: await solver, now: () => performance.now() };
  return { read, proved: await proveToCheck(given, read.loaded.cases, options, doing) };
}
