import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, inject, onTestFinished } from 'vitest';
import { exitCode, linesOf } from '../support/child.ts';
import type { Place } from '../support/stores.ts';
import type { Command } from '../support/unprivileged.ts';
import { rulesDir } from './harness.ts';
import { until } from './until.ts';

const asThisUser = (program: string, args: string[]): Command => ({ program, arguments: args, identity: {} });

/** The compiled service as a process of its own, as `npm start` runs it. */
export function spawnService(
  place: Place,
  environment: Record<string, string> = {},
  command: (program: string, args: string[]) => Command = asThisUser,
) {
  const { program, arguments: args, identity } = command(process.execPath, [join(inject('dist'), 'main.js')]);
  const child: ChildProcess = spawn(program, args, {
    ...identity,
    env: {
      ...{ PATH: process.env.PATH, PORT: '0', RULES_DIR: rulesDir, DATA_DIR: place.dataDir },
      ...(place.databaseUrl && { DATABASE_URL: place.databaseUrl }),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    complaint += piece;
  });
  const lines = linesOf(child);
  const allLogged = (part: string): string[] => lines.all().filter((line) => line.includes(part));
  const logged = (part: string): string | undefined => allLogged(part)[0];
  const listening = async (): Promise<string> => {
    const line = await until(() => {
      if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${complaint}`);
      return logged('"url":');
    });
    return JSON.parse(line).url;
  };
  return { child, listening, logged, allLogged, stderr: () => complaint };
}

/** Ends with 1 and says why in a few words, without a stack. */
export async function refusal({ child, stderr }: ReturnType<typeof spawnService>): Promise<string> {
  expect(await exitCode(child)).toBe(1);
  expect(stderr()).toMatch(/^hosho: /);
  expect(stderr()).not.toMatch(/^ +at /m);
  return stderr();
}
