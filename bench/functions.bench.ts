/** How many functions of hosho a request enters, to the row in Postgres: `CHECKOUTS="../before ." npm run bench -- functions`. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject, test } from 'vitest';
import { z } from 'zod';
import { freshDatabase } from '../tests/support/stores.ts';
import { at, CHECKOUTS, markdown, randomCases } from './cases.ts';
import { start } from './server.ts';

const MEASURED = CHECKOUTS.length > 0 ? CHECKOUTS : ['.'];
const CASES = 400;
/** As many requests come first, so that what is done once is done. */
const BEFORE = 50;

const linesOf = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];

async function service(checkout: string, number: number) {
  const folder = inject('scratch');
  const file = join(folder, `functions-${number}.ndjson`);
  const settings = { PORT: '0', RULES_DIR: resolve(checkout, 'rules'), DATABASE_URL: await freshDatabase() };
  const args = ['--import', resolve('bench/coverage-hook.mjs'), resolve(checkout, 'dist/main.js')];
  const server = await start(`functions ${number}`, args, folder, { ...settings, COVERAGE_FILE: file });
  return {
    async post(body: string): Promise<void> {
      const response = await fetch(`${server.url}/evaluate`, {
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
      server.signal('SIGUSR2');
      while (linesOf(file).length === before) await sleep(5);
      return new Set(z.array(z.string()).parse(JSON.parse(linesOf(file).at(-1) ?? '')));
    },
    stop: server.stop,
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
  for (const [i, checkout] of MEASURED.entries()) {
    const { post, entered, stop } = await service(checkout, i);
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
