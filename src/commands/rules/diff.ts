import { diffJson, diffPair, type Pair, type PairDiff } from '../../analysis/diff/diff.ts';
import { diffMarkdown } from '../../analysis/diff/report.ts';
import { isError } from '../../rulebook/problems.ts';
import type { ExitCode, Io } from '../terminal/io.ts';
import { pairsBetween } from './diff-sides.ts';
import { diffText } from './diff-text.ts';
import { withSolver } from './with-solver.ts';

export const DIFF_FORMATS = ['text', 'markdown', 'json'] as const;

export interface DiffOptions {
  format: (typeof DIFF_FORMATS)[number];
  /** How long a question about all cases may take. */
  seconds: number;
}

/** What was changed between rule sets, and what it does. 1 where a side does not read well or the time was up. */
export async function diff(
  io: Io,
  rulesDir: string,
  old: string,
  recent: string | undefined,
  files: readonly string[],
  { format, seconds }: DiffOptions,
): Promise<ExitCode> {
  const pairs = await pairsBetween(rulesDir, old, recent, files);
  const diffs = await compareAll(pairs, seconds * 1000);
  io.out(
    format === 'json'
      ? JSON.stringify(diffs.map(diffJson), null, 2)
      : format === 'markdown'
        ? diffMarkdown(io.lang, diffs)
        : diffText(io, diffs),
  );
  return diffs.every(isWhole) ? 0 : 1;
}

const compareAll = (pairs: readonly Pair[], limitMs: number): Promise<PairDiff[]> =>
  withSolver(async (solver) => {
    const diffs: PairDiff[] = [];
    for (const pair of pairs) diffs.push(await diffPair(pair, solver, limitMs));
    return diffs;
  });

function isWhole({ before, after, diff }: PairDiff): boolean {
  const isRead = [before, after].every((side) => !side?.problems.some(isError));
  const isDecided = diff === null || diff.differences.every(({ verdict }) => verdict !== 'undecided');
  return isRead && isDecided && (diff?.incomparable.length ?? 0) === 0;
}
