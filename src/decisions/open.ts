import type { Actor } from './database.ts';
import type { DecisionStore } from './store.ts';

/** What a store promises, for the line that is logged at start. */
export const storePromise: Record<DecisionStore['kind'], string> = {
  postgres:
    'Decisions are logged in Postgres (DATABASE_URL); it promises what that server is set up to promise.',
  embedded:
    'Decisions are logged in the embedded store (DATA_DIR): for trying out, tests and a single process. ' +
    'An answered decision survives a crash or kill of this process, but not a power cut (fsync is off). ' +
    'Set DATABASE_URL to a Postgres server for anything more.',
};

/** Where the log is, and what for it is opened: a service, where nothing is said. */
export interface StoreOptions {
  databaseUrl?: string | undefined;
  dataDir: string;
  actor?: Actor;
}

/**
 * Opens the log and brings its schema up to date; safe while other instances do the same. Postgres where
 * `databaseUrl` is given, otherwise the embedded store in `dataDir` (created when missing).
 * Rejects with StoreUnavailable when Postgres cannot be reached, refuses the login, or has an older schema that this login
 * may not change; with DataDirInUse when another process has the folder.
 */
export async function openStore(options: StoreOptions): Promise<DecisionStore> {
  const { databaseUrl, dataDir, actor = 'service' } = options;
  // Loaded on demand: a service on Postgres has no use for the embedded engine or the native file lock, and most calls of a
  // command open no log at all.
  const { decisionLog } = await import('./log.ts');
  if (databaseUrl) {
    const { openPostgres } = await import('./postgres.ts');
    return decisionLog('postgres', await openPostgres(databaseUrl, actor));
  }
  const { openEmbedded } = await import('./embedded.ts');
  return decisionLog('embedded', await openEmbedded(dataDir, actor));
}
