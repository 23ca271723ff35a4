import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the `postgres` database of the server that runs for this test run. */
    postgresUrl: string;
    /** Folder of the compiled program, for child processes: Node 20 runs no TypeScript. */
    dist: string;
    /** An embedded store that was opened once and closed: copying it is faster than creating one. */
    emptyDataDir: string;
    /** A folder for whatever the tests write; removed at the end. */
    scratch: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');
const run = promisify(execFile);

/** Types are checked by `npm run types`, not here. */
async function compile(): Promise<void> {
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  const tsc = join(typescript, 'bin', 'tsc');
  await run(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--noCheck', '--outDir', dist], {
    cwd: root,
  });
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const scratch = await mkdtemp(join(tmpdir(), 'hosho-tests-'));
  const clean = () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  // Where the run itself is ended before it can tear down.
  process.once('exit', clean);
  const starting = startPostgres();
  async function tearDown(): Promise<void> {
    await starting.then((server) => server.remove());
    clean();
    process.off('exit', clean);
  }
  try {
    await compile();
    const emptyDataDir = join(scratch, 'empty');
    await run(process.execPath, [join(root, 'tests/support/open-once.mjs'), dist, emptyDataDir]);
    const server = await starting;
    project.provide('postgresUrl', server.url('postgres'));
    project.provide('dist', dist);
    project.provide('emptyDataDir', emptyDataDir);
    project.provide('scratch', scratch);
  } catch (error) {
    await tearDown();
    throw error;
  }
  return tearDown;
}
