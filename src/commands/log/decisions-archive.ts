import { ChainCheck } from '../../audit/chain-check.ts';
import { chainPages } from '../../decisions/all-decisions.ts';
import { monthBounds, monthOf } from '../../decisions/month.ts';
import type { ChainHead, DecisionStore } from '../../decisions/store.ts';
import { type ExitCode, type Io, red, UsageError } from '../terminal/io.ts';
import { openNew } from '../terminal/open-new.ts';
import { number } from '../terminal/words.ts';
import { archivedRows, rowLine } from './archive-file.ts';
import type { LogAround } from './decisions-list.ts';
import { withStore } from './with-store.ts';

export interface DecisionsArchiveOptions {
  month: string;
  output: string;
  drop: boolean;
}

/** Writes a month to a file, reads it back, and takes it out of the log. 1 where the month is not whole: then nothing is taken. */
export async function decisionsArchive(
  io: Io,
  around: LogAround,
  { month, output, drop }: DecisionsArchiveOptions,
): Promise<ExitCode> {
  const bounds = monthBounds(month);
  if (!bounds)
    throw new UsageError({
      en: `${month}: write a month such as 2030-01`,
      ja: `${month}：2030-01 のように書いてください`,
    });
  const now = new Date(around.now());
  if (month >= monthOf(now))
    throw new UsageError({ en: `${month}: has not ended`, ja: `${month}：まだ終わっていない月です` });
  return withStore(around, 'owner', async (store): Promise<ExitCode> => {
    if ((await store.archivedMonths()).some((one) => one.month === month))
      throw new UsageError({ en: `${month}: was archived before`, ja: `${month}：すでに書き出されています` });
    const heads = await store.chainHeads({ decidedFrom: bounds.from, decidedUntil: bounds.until });
    if (heads.length === 0)
      throw new UsageError({ en: `${month}: has no decisions`, ja: `${month}：判定がありません` });
    await writeRows(store, heads, output);
    if (!(await isWhole(heads, output))) {
      io.err(
        red(
          io,
          io.lang === 'ja'
            ? '記録が書かれたときのままではないため、取り外しません。hosho audit verify で調べてください。'
            : 'The month is not as it was written, so it is not taken out. Run hosho audit verify.',
        ),
      );
      return 1;
    }
    const chains = heads.map(({ chain, count, head }) => ({ chain, count, head }));
    if (!(await store.detachMonth({ month, archivedAt: now, chains }, { drop }))) {
      io.err(
        red(
          io,
          io.lang === 'ja'
            ? '書き出している間に判定が加わりました。別のファイル名でやり直してください。'
            : 'Decisions were added meanwhile. Do it again, with another file name.',
        ),
      );
      return 1;
    }
    const decisions = number(heads.reduce((sum, { rows }) => sum + rows, 0));
    io.out(
      io.lang === 'ja'
        ? `${month} の判定 ${decisions}件を ${output} に書き出し、記録から取り外しました。`
        : `${decisions} decisions of ${month} were written to ${output} and taken out of the log.`,
    );
    return 0;
  });
}

/** To the disk, and not only to the system. */
async function writeRows(store: DecisionStore, heads: readonly ChainHead[], output: string): Promise<void> {
  const file = await openNew(output);
  try {
    for (const { chain } of heads)
      for await (const rows of chainPages(store, chain)) await file.write(rows.map(rowLine).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Read back from the file. Whether erasures are on record is for `audit verify`. */
async function isWhole(heads: readonly ChainHead[], output: string): Promise<boolean> {
  const madeAt = '';
  const checks = new Map(
    heads.map(({ chain, count, head }) => [chain, new ChainCheck(chain, [{ count, head, madeAt }])]),
  );
  for await (const row of archivedRows([output])) {
    const check = checks.get(row.chain);
    if (!check || check.next(row, true).length > 0) return false;
  }
  return [...checks.values()].every((check) => check.end().length === 0);
}
