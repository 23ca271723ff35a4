import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { DataDir } from './data-dir.ts';

const prefix = 'unfinished-';

/** Runs from its text, because a file of its own would have another name in `src` than in `dist`. */
const program = `
  const [module, dataDir, startParams] = process.argv.slice(1);
  const { PGlite } = require(module);
  PGlite.create({ dataDir, startParams: JSON.parse(startParams) }).then((engine) => engine.close());
`;

/**
 * Creates an empty database cluster (about 3 s). In a process of its own, because the work leaves several
 * hundred MB behind that the process would keep; and under another name first, so that whatever bears the
 * name `cluster` is whole. The child inherits the lock, so that nobody meets it still writing when this
 * process is killed.
 */
export async function createCluster(folder: DataDir, cluster: string, startParams: string[]): Promise<void> {
  for (const name of await readdir(folder.path)) {
    if (name.startsWith(prefix)) await rm(join(folder.path, name), { recursive: true });
  }
  const unfinished = await mkdtemp(join(folder.path, prefix));
  const module = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const child = spawn(
    process.execPath,
    ['--input-type=commonjs', '--eval', program, module, unfinished, JSON.stringify(startParams)],
    { stdio: ['ignore', 'ignore', 'inherit', folder.lock] },
  );
  const [code, signal] = await once(child, 'exit');
  if (code !== 0)
    throw new Error(`the embedded store could not be created: ${signal ?? `exit code ${code}`}`);
  await rename(unfinished, cluster);
}
