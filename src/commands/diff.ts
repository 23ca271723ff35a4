import { type Diff, diff as diffOf } from '../analysis/diff/diff.ts';
import { isError } from '../rulebook/problems.ts';
import { diffMarkdown } from './diff-markdown.ts';
import { type Pair, pairsBetween } from './diff-sides.ts';
import { diffText } from './diff-text.ts';
import type { ExitCode, Io } from './io.ts';
import { withSolver } from './with-solver.ts';

export const DIFF_FORMATS = ['text', 'markdown', 'json'] as const;

export interface DiffOptions {
  format: (typeof DIFF_FORMATS)[number];
  /** How long a question about all cases may take. */
  seconds: number;
}

/** `diff` is null where one side is not there, or does not read well. */
export interface PairDiff extends Pair {
  diff: Diff | null;
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
    format === 'json' ? json(diffs) : format === 'markdown' ? diffMarkdown(io, diffs) : diffText(io, diffs),
  );
  return diffs.every(isWhole) ? 0 : 1;
}

const compareAll = (pairs: readonly Pair[], limitMs: number): Promise<PairDiff[]> =>
  withSolver(async (solver) => {
    const diffs: PairDiff[] = [];
    for (const pair of pairs) {
      const [before, after] = [pair.before?.ruleSet, pair.after?.ruleSet];
      const diff = before && after ? await diffOf(before, after, await solver(), { limitMs }) : null;
      diffs.push({ ...pair, diff });
    }
    return diffs;
  });

function isWhole({ before, after, diff }: PairDiff): boolean {
  const isRead = [before, after].every((side) => !side?.problems.some(isError));
  const isDecided = diff === null || diff.differences.every(({ verdict }) => verdict !== 'undecided');
  return isRead && isDecided && (diff?.incomparable.length ?? 0) === 0;
}

/** Examples with both answers; `kind` as in the other formats. */
const json = (diffs: readonly PairDiff[]): string =>
  JSON.stringify(
    diffs.map(({ file, before, after, diff }) => ({
      file,
      kind: kindOf({ before, after }),
      problems: [...(before?.problems ?? []), ...(after?.problems ?? [])],
      ...diff,
    })),
    null,
    2,
  );

export const kindOf = ({ before, after }: Pick<Pair, 'before' | 'after'>): 'added' | 'removed' | 'changed' =>
  before === null ? 'added' : after === null ? 'removed' : 'changed';
