import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { linesOf } from '../support/child.ts';
import type { Place } from '../support/stores.ts';
import { rulesDir } from './harness.ts';
import { until } from './until.ts';

/** The compiled service as a process of its own, as `npm start` runs it. */
export function spawnService(place: Place, environment: Record<string, string> = {}) {
  const child: ChildProcess = spawn(process.execPath, [join(inject('dist'), 'main.js')], {
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
  const logged = (part: string): string | undefined => lines.all().find((line) => line.includes(part));
  const listening = async (): Promise<string> => {
    const line = await until(() => {
      if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${complaint}`);
      return logged('"url":');
    });
    return JSON.parse(line).url;
  };
  return { child, listening, logged, stderr: () => complaint };
}
