import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { migrationsFolder, type Operation, type Session } from './database.ts';
import { translated } from './outage.ts';
import { StoreUnavailable } from './store.ts';

const connectTimeoutSeconds = 5;
/** Longer than the connect timeout, so that the more telling of the two errors wins. */
const answerTimeoutMs = 8_000;
/** Any number will do, as long as every version of hosho takes the same: "hosho" in ASCII. */
const migrationLock = 0x68_6f_73_68_6f;

const common = { connect_timeout: connectTimeoutSeconds, fetch_types: false, onnotice: () => {} };

/** Several instances may start at once: one migrates, the others wait for it and find nothing left to do. */
async function migrateUnderLock(databaseUrl: string): Promise<void> {
  const session = postgres(databaseUrl, {
    ...common,
    max: 1,
    max_lifetime: null,
    connection: { application_name: 'hosho migrations' },
  });
  try {
    await session`select pg_advisory_lock(${migrationLock})`;
    await migrate(drizzle(session), { migrationsFolder });
  } finally {
    await session.end({ timeout: 5 });
  }
}

/** Up to 10 connections (`?max=20` in the URL for more). Connecting again after an outage needs no help. */
function connect(databaseUrl: string) {
  const pool = postgres(databaseUrl, {
    ...common,
    // postgres.js would wait up to 20 s before it tries again; a refused connection costs next to nothing.
    backoff: () => 0.2,
    connection: {
      application_name: 'hosho',
      // Idempotency relies on it, and an instant must not come back with an offset of local mean time.
      default_transaction_isolation: 'read committed',
      TimeZone: 'UTC',
      statement_timeout: 5_000,
      idle_in_transaction_session_timeout: 10_000,
    },
  });
  return { pool, database: drizzle(pool) };
}

export async function openPostgres(databaseUrl: string, timeoutMs = answerTimeoutMs): Promise<Session> {
  await migrateUnderLock(databaseUrl).catch((error: unknown) => {
    throw translated(error);
  });
  let current = connect(databaseUrl);
  const running = new Set<Promise<unknown>>();

  /** A connection that went silent stays so for minutes: leave it behind, give what is under way 5 s to end. */
  function replace(silent: typeof current): void {
    if (current !== silent) return;
    current = connect(databaseUrl);
    void silent.pool.end({ timeout: 5 });
  }

  async function answer<Result>(operation: Operation<Result>): Promise<Result> {
    const used = current;
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        replace(used);
        reject(new StoreUnavailable(`the decision store has not answered for ${timeoutMs} ms`));
      }, timeoutMs);
    });
    try {
      return await Promise.race([operation(used.database, () => timer?.refresh()), deadline]);
    } catch (error) {
      throw translated(error);
    } finally {
      clearTimeout(timer);
    }
  }

  function run<Result>(operation: Operation<Result>): Promise<Result> {
    const answered = answer(operation).finally(() => running.delete(answered));
    running.add(answered);
    return answered;
  }

  async function close(): Promise<void> {
    await Promise.allSettled(running);
    // Left to itself, `end` would wait in vain for connections that an outage has taken.
    await current.pool.end({ timeout: 0 });
  }

  return { run, close };
}
