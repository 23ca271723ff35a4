import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { type Actor, migrationsFolder, type Operation, ROLES, type Session, translated } from './database.ts';
import { StoreRefusal, StoreUnavailable } from './store.ts';

/** How long one statement may take. Callers wait for a service; who reads the whole log has time. */
const statementTimeoutMs: Record<Actor, number> = { service: 5_000, auditor: 600_000, owner: 600_000 };
/** Any number will do, as long as every version of hosho takes the same: "hosho" in ASCII. */
const migrationLock = 0x68_6f_73_68_6f;

/** Seconds. */
const common = { connect_timeout: 5, fetch_types: false, onnotice: () => {} };

const FORBIDDEN = '42501';

/** Whether the schema is that of this program: then nobody needs the right to change it. */
async function isMigrated(session: postgres.Sql): Promise<boolean> {
  const [{ exists } = {}] =
    await session`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
  if (!exists) return false;
  const [{ last } = {}] =
    await session`select max(created_at)::text as last from drizzle.__drizzle_migrations`;
  return Number(last) >= (readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis ?? 0);
}

/** Several instances may start at once: one migrates, the others wait for it and find nothing left to do. */
async function migrateUnderLock(databaseUrl: string): Promise<void> {
  const session = postgres(databaseUrl, {
    ...common,
    max: 1,
    max_lifetime: null,
    connection: { application_name: 'hosho migrations' },
  });
  try {
    if (await isMigrated(session)) return;
    await session`select pg_advisory_lock(${migrationLock})`;
    await migrate(drizzle(session), { migrationsFolder });
  } catch (error) {
    const why = translated(error);
    if (why instanceof StoreRefusal && why.code === FORBIDDEN)
      throw new StoreUnavailable({
        ja: `データベースの形がこのプログラムより古く、このログインでは直せません（${why.message}）。持ち主の DATABASE_URL で hosho migrate を実行してください`,
        en: `the schema of the database is older than this program, and this login may not change it (${why.message}). Run \`hosho migrate\` with the DATABASE_URL of its owner`,
      });
    throw why;
  } finally {
    await session.end({ timeout: 5 });
  }
}

/** Up to 10 connections (`?max=20` in the URL for more). Connecting again after an outage needs no help. */
function connect(databaseUrl: string, actor: Actor) {
  const role = ROLES[actor];
  const pool = postgres(databaseUrl, {
    ...common,
    // postgres.js would wait up to 20 s before it tries again; a refused connection costs next to nothing.
    backoff: () => 0.2,
    connection: {
      application_name: 'hosho',
      // Idempotency relies on it, and an instant must not come back with an offset of local mean time.
      default_transaction_isolation: 'read committed',
      TimeZone: 'UTC',
      statement_timeout: statementTimeoutMs[actor],
      ...(role !== null && { role }),
      idle_in_transaction_session_timeout: 10_000,
    },
  });
  return { pool, database: drizzle(pool) };
}

/** `timeoutMs`: longer than connecting and a statement may take, so that the more telling error wins. */
export async function openPostgres(
  databaseUrl: string,
  actor: Actor = 'service',
  timeoutMs = statementTimeoutMs[actor] + 3_000,
): Promise<Session> {
  await migrateUnderLock(databaseUrl);
  let current = connect(databaseUrl, actor);
  const running = new Set<Promise<unknown>>();

  /** A connection that went silent stays so for minutes: leave it behind, give what is under way 5 s to end. */
  function replace(silent: typeof current): void {
    if (current !== silent) return;
    current = connect(databaseUrl, actor);
    void silent.pool.end({ timeout: 5 });
  }

  async function answer<Result>(operation: Operation<Result>): Promise<Result> {
    const used = current;
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        replace(used);
        const ja = `判定の記録から ${timeoutMs} ミリ秒応答がありません`;
        reject(new StoreUnavailable({ ja, en: `the decision store has not answered for ${timeoutMs} ms` }));
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

  await run((database) => database.execute(sql`select 1`)).catch(async (error: unknown) => {
    await close();
    if (!(error instanceof StoreRefusal) || error.code !== FORBIDDEN) throw error;
    const { text } = error;
    throw new StoreUnavailable({
      ja: `${text.ja}。ログインは ${ROLES[actor]} の一員でなければなりません（GRANT ${ROLES[actor]} TO …）`,
      en: `${text.en}. Its login must be a member of ${ROLES[actor]} (GRANT ${ROLES[actor]} TO it)`,
    });
  });
  return { run, close };
}
