import { chainCheck } from '../../audit/chain-check.ts';
import { chainPages } from '../../decisions/all-decisions.ts';
import { monthBounds, monthOf } from '../../decisions/month.ts';
import type { ChainHead, DecisionStore, StoredDecision } from '../../decisions/store.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { type Context, type ExitCode, misuse, number } from '../terminal/io.ts';
import { archivedRows, writeRows } from './archive-file.ts';
import { withStore } from './with-store.ts';

/** Writes a month to a file, reads it back, and takes it out of the log. 1 where the month is not whole: then nothing is taken. */
export async function decisionsArchive(
  { io, ...log }: Context,
  month: string,
  { output, drop }: { output: string; drop: boolean },
): Promise<ExitCode> {
  const bounds = monthBounds(month);
  if (!bounds)
    throw misuse(month, { en: 'write a month such as 2030-01', ja: '2030-01 のように書いてください' });
  const archivedAt = new Date(log.now());
  if (month >= monthOf(archivedAt))
    throw misuse(month, { en: 'has not ended', ja: 'まだ終わっていない月です' });
  return withStore(log, 'owner', async (store): Promise<ExitCode> => {
    if ((await store.archivedMonths()).some((one) => one.month === month))
      throw misuse(month, { en: 'was archived before', ja: 'すでに書き出されています' });
    const heads = await store.chainHeads({ decidedFrom: bounds.from, decidedUntil: bounds.until });
    if (heads.length === 0) throw misuse(month, { en: 'has no decisions', ja: '判定がありません' });
    await writeRows(output, rowsOf(store, heads));
    const refuse = (why: LocalizedText): ExitCode => {
      io.err(io.red(why[io.lang]));
      return 1;
    };
    if (!(await isWhole(heads, output))) return refuse(NOT_WHOLE);
    const chains = heads.map(({ chain, count, head }) => ({ chain, count, head }));
    if (!(await store.detachMonth({ month, archivedAt, chains }, { drop }))) return refuse(MORE_CAME);
    const decisions = number(heads.reduce((sum, { rows }) => sum + rows, 0));
    io.out(
      io.lang === 'ja'
        ? `${month} の判定 ${decisions}件を ${output} に書き出し、記録から取り外しました。`
        : `${decisions} decisions of ${month} were written to ${output} and taken out of the log.`,
    );
    return 0;
  });
}

const NOT_WHOLE: LocalizedText = {
  ja: '記録が書かれたときのままではないため、取り外しません。hosho audit verify で調べてください。',
  en: 'The month is not as it was written, so it is not taken out. Run hosho audit verify.',
};
const MORE_CAME: LocalizedText = {
  ja: '書き出している間に判定が加わりました。別のファイル名でやり直してください。',
  en: 'Decisions were added meanwhile. Do it again, with another file name.',
};

async function* rowsOf(store: DecisionStore, heads: readonly ChainHead[]): AsyncGenerator<StoredDecision[]> {
  for (const { chain } of heads) yield* chainPages(store, chain);
}

/** Read back from the file. Whether erasures are on record is for `audit verify`. */
async function isWhole(heads: readonly ChainHead[], output: string): Promise<boolean> {
  const checks = new Map(
    heads.map(({ chain, count, head }) => [chain, chainCheck(chain, [{ count, head, madeAt: '' }])]),
  );
  for await (const row of archivedRows([output])) {
    const check = checks.get(row.chain);
    if (!check || check.next(row, true).length > 0) return false;
  }
  return [...checks.values()].every((check) => check.end().length === 0);
}
