import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { createCluster } from './create-cluster.ts';
import { lockDataDir } from './data-dir.ts';
import { type Actor, migrationsFolder, type Operation, ROLES, type Session } from './database.ts';
import { translated } from './outage.ts';

/**
 * Postgres's defaults are for a server of many clients. Small buffers keep the process small (`npm run bench -- memory`),
 * a small write-ahead log makes opening after a crash fast.
 */
const startParams = [
  ...PGlite.defaultStartParams,
  ...[
    'shared_buffers=16MB',
    'wal_buffers=1MB',
    'max_connections=5',
    'max_wal_size=128MB',
    'TimeZone=UTC',
  ].flatMap((setting) => ['-c', setting]),
];

/** Rejects with DataDirInUse when the folder is open elsewhere. */
export async function openEmbedded(dataDir: string, actor: Actor): Promise<Session> {
  const folder = lockDataDir(dataDir);
  try {
    const cluster = join(folder.path, 'postgres');
    const exists = await stat(cluster).catch(() => null);
    if (!exists) await createCluster(folder, cluster, startParams);
    const engine = await PGlite.create({ dataDir: cluster, startParams });
    const database = drizzle(engine);
    await migrate(database, { migrationsFolder });
    const role = ROLES[actor];
    if (role !== null) await engine.exec(`set role ${role}`);

    async function run<Result>(operation: Operation<Result>): Promise<Result> {
      try {
        return await operation(database, () => {});
      } catch (error) {
        throw translated(error);
      }
    }

    async function close(): Promise<void> {
      if (engine.closed) return;
      await engine.close();
      folder.release();
    }

    return { run, close };
  } catch (error) {
    folder.release();
    throw translated(error);
  }
}
