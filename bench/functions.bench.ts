/** How many functions of hosho a request enters, to the row in Postgres: `CHECKOUTS="../before ." npm run bench -- functions`. */
import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { kill } from '../tests/support/child.ts';
import { freshDatabase } from '../tests/support/stores.ts';
import { at, markdown, randomCases } from './cases.ts';

const CHECKOUTS = (process.env.CHECKOUTS ?? '.').split(' ');
const CASES = 400;
/** As many requests come first, so that what is done once is done. */
const BEFORE = 50;

const linesOf = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];

async function service(checkout: string, name: string) {
  const [log, file] = ['log', 'ndjson'].map((end) => join(inject('scratch'), `${name}.${end}`));
  if (log === undefined || file === undefined) throw new Error('no file');
  const env = {
    PATH: process.env.PATH,
    ...{
      PORT: '0',
      RULES_DIR: resolve(checkout, 'rules'),
      DATABASE_URL: await freshDatabase(),
      COVERAGE_FILE: file,
    },
  };
  const args = ['--import', resolve('bench/coverage-hook.mjs'), resolve(checkout, 'dist/main.js')];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', openSync(log, 'w'), 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let url: string | undefined;
  while (url === undefined) {
    await sleep(50);
    url = /"url":"([^"]+)"/.exec(linesOf(log).join('\n'))?.[1];
  }
  const target = `${url}/evaluate`;
  return {
    async post(body: string): Promise<void> {
      const response = await fetch(target, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      });
      if (!response.ok) throw new Error(await response.text());
      await response.text();
      // What follows the answer.
      await sleep(10);
    },
    /** Entered since the last time. */
    async entered(): Promise<ReadonlySet<string>> {
      const before = linesOf(file).length;
      child.kill('SIGUSR2');
      while (linesOf(file).length === before) await sleep(5);
      return new Set(z.array(z.string()).parse(JSON.parse(linesOf(file).at(-1) ?? '')));
    },
    stop: () => kill(child),
  };
}

test('functions', async () => {
  const bodies = randomCases('rules/yamaguchi/2023-02-24.cases.yaml', CASES).map(({ facts, asOf }) =>
    JSON.stringify({
      prefecture: 'yamaguchi',
      incident: '2023-02-24',
      asOf: new Date(asOf).toISOString(),
      facts,
    }),
  );
  const rows: string[][] = [];
  for (const [i, checkout] of CHECKOUTS.entries()) {
    const { post, entered, stop } = await service(checkout, `functions-${i}`);
    for (const body of bodies.slice(0, BEFORE)) await post(body);
    await sleep(3_000);
    await entered();
    await sleep(2_000);
    const meanwhile = await entered();
    const counted = async (body: string): Promise<number> => {
      await post(body);
      return [...(await entered())].filter((one) => !meanwhile.has(one)).length;
    };
    const counts = { again: [] as number[], first: [] as number[] };
    for (const body of bodies.slice(BEFORE)) {
      const [first, again] = [await counted(body), await counted(body)];
      counts.again.push(again);
      // The others came with a key that was known.
      if (first > again) counts.first.push(first);
    }
    const spread = (of: number[]): string => {
      const sorted = of.toSorted((a, b) => a - b);
      return `${at(sorted, 0.5)} (${at(sorted, 0)} to ${at(sorted, 1)}; ${of.length} requests)`;
    };
    rows.push([checkout, spread(counts.again), spread(counts.first)]);
    await stop();
  }
  const head = ['', 'its key known', 'its key new'];
  console.log(markdown('Functions of hosho that POST /evaluate enters: median, least and most', head, rows));
});
