import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

export interface CommandResult {
  status: number | null;
  stdout: string;
  stderr: string;
}
export interface CommandSettings {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** What it reads from standard input. */
  input?: string;
}

/** What commands keep goes where the tests write. */
const filled = ({ cwd = '.', env = process.env, input = '' }: CommandSettings) => ({
  ...{ cwd, input, env: { CACHE_DIR: join(inject('scratch'), 'cache'), ...env } },
});

/** The process that all calls of a test file share, and what is thrown where it ends. */
interface Warm {
  child: ChildProcess;
  ended: Promise<never>;
}
let warm: Warm | undefined;
let last: Promise<unknown> = Promise.resolve();

function start(): Warm {
  const script = fileURLToPath(new URL('command-line.mjs', import.meta.url));
  const child = fork(script, [join(inject('dist'), 'cli.js')]);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the command line ended its process: ${code}`);
  });
  // Told to whoever calls; where nobody does any more, it is no error.
  ended.catch(() => {});
  return { child, ended };
}

/**
 * Calls the compiled command line with arguments, folder, environment and standard input, one call after the other.
 * All calls of a test file run in one process, which loads the libraries once; `hoshoProcess` is for what that hides.
 */
export function callHosho(args: readonly string[], settings: CommandSettings = {}): Promise<CommandResult> {
  const { cwd, env, input } = filled(settings);
  warm ??= start();
  const { child, ended } = warm;
  const call = last.then(async () => {
    child.send({ args, cwd, env, input });
    const [result] = await Promise.race([once(child, 'message'), ended]);
    return result;
  });
  last = call.catch(() => {});
  return call;
}

/** Calls it in a process of its own: the status is null where it does not end by itself. */
export function hoshoProcess(args: readonly string[], settings: CommandSettings = {}): CommandResult {
  const { cwd, env, input } = filled(settings);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(inject('dist'), 'cli.js'), ...args], {
    ...{ cwd, env, input, encoding: 'utf8', maxBuffer: 1 << 28, timeout: 100_000 },
  });
  return { status, stdout, stderr };
}
