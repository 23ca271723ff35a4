import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inject, onTestFinished } from 'vitest';
import type { Place } from './stores.ts';

/** Starts one of the scripts beside this file on a store. Its errors show in the test's output. */
export function startScript(script: 'append-forever' | 'open-once', place: Place): ChildProcess {
  const file = fileURLToPath(new URL(`${script}.mjs`, import.meta.url));
  const args = [file, inject('dist'), place.dataDir];
  if (place.databaseUrl) args.push(place.databaseUrl);
  // In a process group of its own, for `killGroup`.
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  // Where a test fails before it comes to that.
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** The whole lines a child prints; the last, when the child was killed while printing it, is left out. */
export function linesOf(child: ChildProcess): {
  all(): string[];
  reach(n: number): Promise<void>;
} {
  let said = '';
  const all = () => said.split('\n').slice(0, -1);
  const stream = child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
  });
  const ended = stream ? once(stream, 'end') : Promise.resolve();
  async function reach(n: number): Promise<void> {
    while (stream && all().length < n) {
      await Promise.race([once(stream, 'data'), ended]);
      if (stream.readableEnded && all().length < n) throw new Error(`the child ended early: ${said}`);
    }
  }
  return { all, reach };
}

/** SIGKILL, and wait until it has ended and everything it had printed has been read. */
export async function kill(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

/** SIGKILL to what the child has started, when the child itself has ended. */
export function killGroup(child: ChildProcess): void {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
}

/** The exit code of a child that ends by itself. */
export async function exitCode(child: ChildProcess): Promise<number | null> {
  const [code] = await once(child, 'close');
  return code;
}
