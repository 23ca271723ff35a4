import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { nativePostgres } from './native-postgres.ts';
import { type Command, unprivileged } from './unprivileged.ts';

/** A real Postgres server (fsync on) in a temporary folder, on a port of 127.0.0.1. */
export interface PostgresServer {
  url(database: string): string;
  /** On the same port as before. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Ends at once, without writing anything back. */
  crash(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

export async function startPostgres(): Promise<PostgresServer> {
  const scratch = mkdtempSync(join(tmpdir(), 'hosho-postgres-'));
  const { programs, command } = unprivileged(nativePostgres(), scratch);
  const data = join(scratch, 'data');
  const password = randomBytes(16).toString('hex');
  let port = 0;
  let server: ChildProcess | undefined;

  function clean(): void {
    server?.kill('SIGQUIT');
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
  // Where the run itself is ended before it can tear down.
  process.once('exit', clean);

  function run({ program, arguments: args, identity }: Command): ChildProcess {
    return spawn(program, args, {
      ...identity,
      cwd: scratch,
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }

  async function initialise(): Promise<void> {
    const passwordFile = join(scratch, 'password');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    const initdb = command(join(programs, 'initdb'), [
      ...['--pgdata', data, '--username', 'postgres', '--pwfile', passwordFile],
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C', '--no-instructions'],
    ]);
    if (initdb.identity.uid !== undefined) chownSync(passwordFile, initdb.identity.uid, -1);
    const child = run(initdb);
    const [said, [code]] = await Promise.all([child.stderr ? text(child.stderr) : '', once(child, 'close')]);
    if (code !== 0) throw new Error(`initdb ended with ${code}: ${said}`);
  }

  async function start(): Promise<void> {
    const options = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories='];
    const child = run(
      command(join(programs, 'postgres'), ['-D', data, ...options.flatMap((option) => ['-c', option])]),
    );
    server = child;
    let said = '';
    await new Promise<void>((ready, reject) => {
      child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
        said += piece;
        if (said.includes('database system is ready to accept connections')) ready();
      });
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`Postgres did not start: ${said}`)));
    });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const exit = once(server, 'exit');
    server.kill(signal);
    await exit;
  }

  async function remove(): Promise<void> {
    await end('SIGINT');
    clean();
    process.off('exit', clean);
  }

  /** Between looking for a free port and taking it, somebody else may. */
  async function startOnFreePort(attempts: number): Promise<void> {
    port = await freePort();
    try {
      await start();
    } catch (error) {
      if (attempts <= 1) throw error;
      await startOnFreePort(attempts - 1);
    }
  }

  try {
    await initialise();
    await startOnFreePort(3);
  } catch (error) {
    clean();
    throw error;
  }
  const url = (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  return { url, start, stop: () => end('SIGINT'), crash: () => end('SIGQUIT'), remove };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return address.port;
}
