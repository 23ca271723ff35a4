import { diffJson, diffPair, type PairDiff } from '../../analysis/diff/diff.ts';
import { diffMarkdown, HEADINGS, type Report, reportOf } from '../../analysis/diff/report.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { isError } from '../../rulebook/problems.ts';
import type { Context, ExitCode, Io } from '../terminal/io.ts';
import { type NamedNotices, withNotices } from './diff-notices.ts';
import { pairsBetween } from './diff-sides.ts';
import { withSolver } from './with-solver.ts';

/** What was changed between rule sets, and what it does. 1 where a side does not read well, or a question took too long. */
export async function diff(
  { io, rulesDir }: Context,
  old: string,
  recent: string | undefined,
  files: readonly string[],
  { format, seconds, ...named }: { format: 'text' | 'markdown' | 'json'; seconds: number } & NamedNotices,
): Promise<ExitCode> {
  const pairs = await withNotices(await pairsBetween(rulesDir, old, recent, files), [old, recent], named);
  const diffs = await withSolver(async (solver) => {
    const done: PairDiff[] = [];
    for (const pair of pairs) done.push(await diffPair(pair, solver, seconds * 1000));
    return done;
  });
  const printed = {
    text: () => diffText(io, diffs),
    markdown: () => diffMarkdown(io.lang, diffs),
    json: () => JSON.stringify(diffs.map(diffJson), null, 2),
  };
  io.out(printed[format]());
  return diffs.every(isWhole) ? 0 : 1;
}

function isWhole({ before, after, diff }: PairDiff): boolean {
  const isRead = [before, after].every((side) => !side?.problems.some(isError));
  const isDecided = diff === null || diff.differences.every(({ verdict }) => verdict !== 'undecided');
  return isRead && isDecided && (diff?.incomparable.length ?? 0) === 0;
}

const SAME: LocalizedText = { ja: '違いはありません。', en: 'No rule file differs.' };

const diffText = (io: Io, diffs: readonly PairDiff[]): string =>
  diffs.map((pair) => reportText(io, reportOf(pair, io.lang))).join('\n\n') || SAME[io.lang];

function reportText(io: Io, { file, notes, sentences, edits, effects, conclusion }: Report): string {
  const lines = [io.bold(file), ...notes.map((note) => `  ${note}`)];
  if (sentences.length > 0) lines.push('', HEADINGS.sentences[io.lang]);
  for (const sentence of sentences) lines.push(`  ・${sentence}`);
  if (edits.length > 0) lines.push('', HEADINGS.edits[io.lang]);
  for (const { text, at } of edits) lines.push(`  ・${text}${at ? io.dim(`  ${at}`) : ''}`);
  if (effects.length > 0) lines.push('', HEADINGS.effects[io.lang]);
  for (const { text, facts, changes } of effects) {
    lines.push(`  ● ${io.bold(text)}`);
    if (facts.length > 0) lines.push(io.dim(`     ${HEADINGS.example[io.lang]}  ${facts.join('、')}`));
    for (const { field, removed, added } of changes)
      lines.push(
        `     ${field}`,
        ...removed.map((item) => io.red(`       - ${item}`)),
        ...added.map((item) => io.green(`       + ${item}`)),
      );
  }
  if (conclusion) lines.push('', conclusion);
  return lines.join('\n');
}
