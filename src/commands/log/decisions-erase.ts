import { rename } from 'node:fs/promises';
import { referenceKey } from '../../bulk/reference-key.ts';
import { allDecisions } from '../../decisions/all-decisions.ts';
import type { DecisionStore, StoredDecision } from '../../decisions/store.ts';
import { erasedDecision, hasErasable } from '../../decisions/stored-decision.ts';
import { type Context, type ExitCode, UsageError } from '../terminal/io.ts';
import { archivedRows, writeRows } from './archive-file.ts';
import { withStore } from './with-store.ts';

interface EraseOptions {
  reference?: string;
  id?: string;
  /** Files of archived months, which are written anew. */
  archive: readonly string[];
  reason?: string;
  dryRun: boolean;
}

/** Facts and answers, for good. */
export async function decisionsErase(
  { io, ...log }: Context,
  { reference, id, archive, reason, dryRun }: EraseOptions,
): Promise<ExitCode> {
  if ((reference === undefined) === (id === undefined))
    throw new UsageError({
      en: 'name either --reference or --id',
      ja: '--reference か --id のどちらか一つを指定してください',
    });
  const isMeant = (row: StoredDecision): boolean =>
    hasErasable(row) && (id === undefined ? row.reference === reference : row.id === id);
  let paid = 0;
  const ids = await withStore(log, 'auditor', async (store) => {
    const key = referenceKey(reference ?? null);
    if (key !== null) paid = await store.countPayments(key);
    const archived: string[] = [];
    for await (const row of archivedRows(archive)) if (isMeant(row)) archived.push(row.id);
    if (dryRun) return [...(await erasable(store, reference, id)), ...archived];
    const of = { at: new Date(log.now()), reason: reason ?? null };
    const erased = await store.erase(id === undefined ? { reference: reference ?? '' } : { id }, of);
    // First on record, then gone: the other way round, an interruption would leave facts that are missing without a reason.
    await store.erase({ archived }, of);
    for (const file of archive) await eraseIn(file, isMeant);
    return [...erased, ...archived];
  });
  for (const one of ids) io.out(one);
  io.err((dryRun ? WOULD : DID)[io.lang](ids.length));
  if (paid > 0) io.err(STAYS[io.lang](paid));
  return 0;
}

/** No facts and no amount: only that it was on a list, so that it is not paid a second time. */
const STAYS = {
  ja: (count: number) =>
    `支払一覧の記録 ${count}件は残ります（照会番号と行だけです。二重に支払わないためのものです）。`,
  en: (count: number) =>
    `${count} records of lists of payments stay (reference and line alone), so that nobody is paid twice.`,
};
const WOULD = {
  ja: (count: number) => `消去の対象は ${count}件です。まだ何も消していません。`,
  en: (count: number) => `${count} decisions would lose their facts; nothing was erased.`,
};
const DID = {
  ja: (count: number) => `${count}件の事実と回答を消去し、消去を記録しました。`,
  en: (count: number) => `The facts and answers of ${count} decisions were erased, and the erasure logged.`,
};

async function erasable(store: DecisionStore, reference?: string, id?: string): Promise<string[]> {
  if (id !== undefined) {
    const found = await store.find(id);
    return found && hasErasable(found) ? [id] : [];
  }
  const ids: string[] = [];
  for await (const one of allDecisions(store, { reference })) if (hasErasable(one)) ids.push(one.id);
  return ids;
}

/** Whole or not at all, also where the process is killed over it. */
async function eraseIn(path: string, isMeant: (row: StoredDecision) => boolean): Promise<void> {
  async function* rows(): AsyncGenerator<StoredDecision[]> {
    for await (const row of archivedRows([path])) yield [isMeant(row) ? erasedDecision(row) : row];
  }
  await writeRows(`${path}.new`, rows());
  await rename(`${path}.new`, path);
}
