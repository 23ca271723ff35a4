import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { tryLock } from 'fs-native-extensions';
import { type Actor, migrationsFolder, ROLES, type Session, translated } from './database.ts';
import { DataDirInUse } from './store.ts';

/**
 * Postgres's defaults are for a server of many clients. Small buffers keep the process small (`npm run bench -- memory`),
 * a small write-ahead log makes opening after a crash fast.
 */
const SETTINGS = ['shared_buffers=16MB', 'wal_buffers=1MB', 'max_connections=5', 'max_wal_size=128MB'];
const startParams = [
  ...PGlite.defaultStartParams,
  ...[...SETTINGS, 'TimeZone=UTC'].flatMap((setting) => ['-c', setting]),
];

/** Rejects with DataDirInUse when the folder is open elsewhere. */
export async function openEmbedded(dataDir: string, actor: Actor): Promise<Session> {
  const path = resolve(dataDir);
  const lock = lockFolder(path);
  try {
    const cluster = join(path, 'postgres');
    const exists = await stat(cluster).catch(() => null);
    if (!exists) await createCluster(path, lock, cluster);
    const engine = await PGlite.create({ dataDir: cluster, startParams });
    const database = drizzle(engine);
    await migrate(database, { migrationsFolder });
    const role = ROLES[actor];
    if (role !== null) await engine.exec(`set role ${role}`);
    return {
      async run(operation) {
        try {
          return await operation(database, () => {});
        } catch (error) {
          throw translated(error);
        }
      },
      async close() {
        if (engine.closed) return;
        await engine.close();
        closeSync(lock);
      },
    };
  } catch (error) {
    closeSync(lock);
    throw translated(error);
  }
}

/**
 * The descriptor of a locked file: nobody else will open the folder before it is closed, or this process and every child that
 * inherits it have ended, however they ended. Throws DataDirInUse when another process, or this one, has the folder open.
 */
function lockFolder(path: string): number {
  mkdirSync(path, { recursive: true });
  // The file stays when the lock goes: removing it would let two processes lock two files of one name.
  // A bare descriptor, because a FileHandle would let go of the lock when it is garbage collected.
  const lock = openSync(join(path, 'hosho.lock'), 'a');
  if (tryLock(lock)) return lock;
  closeSync(lock);
  throw new DataDirInUse(path);
}

const UNFINISHED = 'unfinished-';

/** Runs from its text, because a file of its own would have another name in `src` than in `dist`. */
const program = `
  const [module, dataDir, startParams] = process.argv.slice(1);
  const { PGlite } = require(module);
  PGlite.create({ dataDir, startParams: JSON.parse(startParams) }).then((engine) => engine.close());
`;

/**
 * Creates an empty database cluster (about 3 s). In a process of its own, because the work leaves several hundred MB behind that
 * the process would keep; and under another name first, so that whatever bears the name `cluster` is whole. The child inherits the
 * lock, so that nobody meets it still writing when this process is killed.
 */
async function createCluster(folder: string, lock: number, cluster: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(UNFINISHED)) await rm(join(folder, name), { recursive: true });
  const unfinished = await mkdtemp(join(folder, UNFINISHED));
  const module = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const child = spawn(
    process.execPath,
    ['--input-type=commonjs', '--eval', program, module, unfinished, JSON.stringify(startParams)],
    { stdio: ['ignore', 'ignore', 'inherit', lock] },
  );
  const [code, signal] = await once(child, 'exit');
  if (code !== 0)
    throw new Error(`the embedded store could not be created: ${signal ?? `exit code ${code}`}`);
  await rename(unfinished, cluster);
}
