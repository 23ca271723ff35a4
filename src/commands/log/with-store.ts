import type { Actor } from '../../decisions/database.ts';
import { openStore } from '../../decisions/open.ts';
import { DataDirInUse, type DecisionStore, StoreRefusal, StoreUnavailable } from '../../decisions/store.ts';
import { type Context, type ExitCode, UsageError } from '../terminal/io.ts';

/** SQLSTATEs: a right is missing; something is append-only; a table is in use. */
const NOT_NOW = ['42501', '23001', '55P03'];

/** Opens the log for one command. What can be done something about is a usage error: a server away, a right that is missing. */
export async function withStore<T>(
  { databaseUrl, dataDir }: Pick<Context, 'databaseUrl' | 'dataDir'>,
  actor: Actor,
  work: (store: DecisionStore) => Promise<T>,
): Promise<T> {
  let store: DecisionStore | null = null;
  try {
    store = await openStore({ databaseUrl, dataDir, actor });
    return await work(store);
  } catch (error) {
    const isTold =
      error instanceof StoreUnavailable ||
      error instanceof DataDirInUse ||
      (error instanceof StoreRefusal && NOT_NOW.includes(error.code));
    throw isTold ? new UsageError(error.text) : error;
  } finally {
    await store?.close();
  }
}

/** Opening a store does it. */
export async function migrate({ io, ...log }: Context): Promise<ExitCode> {
  await withStore(log, 'owner', (store) => store.ping());
  io.out(io.lang === 'ja' ? 'データベースは今の版です' : 'The database is up to date');
  return 0;
}
