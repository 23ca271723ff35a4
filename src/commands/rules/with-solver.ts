import { type Solver, startSolver } from '../../analysis/solver/solver.ts';

/** The solver starts when it is first asked for, and has ended when this is done: the process could not exit otherwise. */
export async function withSolver<T>(work: (solver: () => Promise<Solver>) => Promise<T>): Promise<T> {
  let started: Promise<Solver> | undefined;
  try {
    return await work(() => (started ??= startSolver()));
  } finally {
    await (await started)?.end();
  }
}
