import { openStore } from '../decisions/open.ts';
import { DataDirInUse, type DecisionStore, StoreUnavailable } from '../decisions/store.ts';
import { UsageError } from './io.ts';

/** Where the log is. */
export interface LogPlace {
  dataDir: string;
  databaseUrl: string | undefined;
}

/** Reads the log, which is closed when this is done. A usage error where it cannot be read. */
export async function withLog<T>(
  { databaseUrl, dataDir }: LogPlace,
  read: (log: DecisionStore) => Promise<T>,
): Promise<T> {
  let log: DecisionStore | null = null;
  try {
    log = await openStore({ databaseUrl, dataDir, actor: 'auditor' });
    return await read(log);
  } catch (error) {
    if (error instanceof StoreUnavailable || error instanceof DataDirInUse)
      throw new UsageError(error.message);
    throw error;
  } finally {
    await log?.close();
  }
}
