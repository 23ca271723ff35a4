/** A server of a bench, in a process of its own. */
import { spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { kill } from '../tests/support/child.ts';

export interface Server {
  name: string;
  url: string;
  /** Has it do what it does at this signal. */
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/** What it logs goes to a file, as it does for most services, and not through this process. */
export async function start(
  name: string,
  args: string[],
  folder: string,
  environment: Record<string, string> = {},
): Promise<Server> {
  const file = join(folder, `${name.replaceAll(/\W+/g, '-')}.log`);
  const output = openSync(file, 'w');
  const env = { PATH: process.env.PATH, ...environment };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', output, 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  for (;;) {
    const url = /"url":"([^"]+)"/.exec(readFileSync(file, 'utf8'))?.[1];
    if (url) return { name, url, signal: (name) => void child.kill(name), stop: () => kill(child) };
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    await sleep(50);
  }
}
