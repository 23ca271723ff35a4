import { allDecisions } from '../decisions/all-decisions.ts';
import { findOne, type LogAround } from './decisions-list.ts';
import { type ExitCode, type Io, UsageError } from './io.ts';
import { withStore } from './with-store.ts';

export interface DecisionsEraseOptions {
  reference?: string | undefined;
  id?: string | undefined;
  reason?: string | undefined;
  dryRun: boolean;
}

/** Facts and answers, for good. */
export async function decisionsErase(
  io: Io,
  around: LogAround,
  { reference, id, reason, dryRun }: DecisionsEraseOptions,
): Promise<ExitCode> {
  if ((reference === undefined) === (id === undefined))
    throw new UsageError(
      'name either --reference or --id（--reference か --id のどちらか一つを指定してください）',
    );
  const ids = await withStore(around, 'auditor', async (store) => {
    if (!dryRun) {
      const which = id === undefined ? { reference: reference ?? '' } : { id };
      return store.erase(which, { at: new Date(around.now()), reason: reason ?? null });
    }
    if (id !== undefined) return [(await findOne(store, id)).id];
    const there: string[] = [];
    for await (const one of allDecisions(store, { reference })) if (one.answer !== null) there.push(one.id);
    return there;
  });
  for (const one of ids) io.out(one);
  const said = dryRun
    ? {
        ja: `消去の対象は ${ids.length}件です。まだ何も消していません。`,
        en: `${ids.length} decisions would lose their facts; nothing was erased.`,
      }
    : {
        ja: `${ids.length}件の事実と回答を消去し、消去を記録しました。`,
        en: `The facts and answers of ${ids.length} decisions were erased, and the erasure logged.`,
      };
  io.err(said[io.lang]);
  return 0;
}
