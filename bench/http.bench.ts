/** POST /evaluate over HTTP: as many as there are answers, and how long each takes at 1,000 a second. */
import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { inject, test } from 'vitest';
import { z } from 'zod';
import { freshDatabase } from '../tests/support/stores.ts';
import { at, type BenchCase, CHECKOUTS, grouped, markdown, randomCases } from './cases.ts';
import { generateLibrary } from './generate-rules.ts';
import { type Server, start } from './server.ts';

const ROOT = process.cwd();
const RULES = { prefecture: 'yamaguchi', incident: '2023-02-24' };
const CASES = 5_000;
const CASES_OF_EACH = 12;
const CONNECTIONS = 64;
const PER_SECOND = 1_000;
const ROUNDS = 5;
const SECONDS = { warmUp: 2, most: 4, paced: 8 };

const run = promisify(execFile);
const hasWrk = spawnSync('wrk', ['-v']).error === undefined;

const seen = z.object({
  ...{ requests: z.number(), seconds: z.number(), refused: z.number(), failed: z.number() },
  ...{ p50: z.number(), p99: z.number() },
});
type Seen = z.infer<typeof seen>;

const bodyOf = (ruleSet: { prefecture: string; incident: string }, { facts, asOf }: BenchCase): string =>
  JSON.stringify({
    prefecture: ruleSet.prefecture,
    incident: ruleSet.incident,
    asOf: new Date(asOf).toISOString(),
    facts,
  });

/** Node 20 runs no TypeScript. Under node_modules, so that the packages are found. */
async function compileServers(): Promise<string> {
  const outDir = join(ROOT, 'node_modules/.cache/hosho-bench');
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  const options = ['--noCheck', '--rewriteRelativeImportExtensions', '--skipLibCheck', '--ignoreConfig'];
  const target = ['--module', 'nodenext', '--target', 'es2023', '--rootDir', ROOT, '--outDir', outDir];
  await run(process.execPath, [tsc, ...options, ...target, join(ROOT, 'bench/http-servers.ts')]);
  return join(outDir, 'bench/http-servers.js');
}

async function metric({ url }: Server, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name}\\S* (\\S+)`, 'm').exec(text)?.[1]);
}

/** Until the service has learnt its rules, which it does beside its work after the start. */
async function untilIdle(server: Server): Promise<void> {
  for (let before = Number.NEGATIVE_INFINITY; ; await sleep(1_000)) {
    const seconds = await metric(server, 'process_cpu_seconds_total');
    if (seconds - before < 0.1) return;
    before = seconds;
  }
}

/** Every body once: from then on, all patterns are known. The answers. */
async function decideAll(server: Server, bodies: readonly string[]): Promise<string[]> {
  await untilIdle(server);
  const headers = { 'Content-Type': 'application/x-ndjson' };
  const response = await fetch(`${server.url}/evaluate/batch`, {
    method: 'POST',
    headers,
    body: bodies.join('\n'),
  });
  const lines = (await response.text()).trimEnd().split('\n');
  const answers = lines.map((line) => /^\{"line":\d+,"answer":(.*)\}$/.exec(line)?.[1] ?? '');
  const refused = lines[answers.indexOf('')];
  if (refused !== undefined) throw new Error(`a body was refused: ${refused}`);
  return answers;
}

async function loadWith(
  mode: 'most' | 'paced',
  { name, url }: Server,
  file: string,
  seconds: number,
): Promise<Seen> {
  const target = `${url}/evaluate`;
  const wrk = [
    '-t1',
    `-c${CONNECTIONS}`,
    `-d${seconds}s`,
    '--timeout',
    '20s',
    '-s',
    'bench/http-load.lua',
    target,
    '--',
    file,
  ];
  const node = ['bench/http-load.mjs', mode, target, file];
  const { stdout } =
    mode === 'most' && hasWrk
      ? await run('wrk', wrk)
      : await run(process.execPath, [
          ...node,
          String(mode === 'most' ? CONNECTIONS : PER_SECOND),
          String(seconds),
        ]);
  const result = seen.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  if (result.refused + result.failed > 0) throw new Error(`${name}: ${stdout}`);
  return result;
}

/** All once to warm up, then round by round, so that what else the machine does hits all alike. */
async function rounds(
  servers: readonly Server[],
  ask: (server: Server, seconds: number) => Promise<Seen>,
  seconds: number,
): Promise<Map<Server, Seen[]>> {
  for (const server of servers) await ask(server, SECONDS.warmUp);
  const results = new Map(servers.map((server): [Server, Seen[]] => [server, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const server of servers) results.get(server)?.push(await ask(server, seconds));
  }
  return results;
}

const spread = (values: readonly number[], show: (value: number) => string): string[] => {
  const sorted = values.toSorted((a, b) => a - b);
  return [0.5, 0, 1].map((share) => show(at(sorted, share)));
};
const median = (values: readonly number[]): number =>
  at(
    values.toSorted((a, b) => a - b),
    0.5,
  );

/** Where the bench is, what it sends, and what the peers answer. */
async function prepare() {
  const folder = await mkdtemp(join(inject('scratch'), 'http-'));
  const script = await compileServers();
  const bodies = randomCases('rules/yamaguchi/2023-02-24.cases.yaml', CASES).map((one) => bodyOf(RULES, one));
  const file = join(folder, 'bodies.ndjson');
  writeFileSync(file, `${bodies.join('\n')}\n`);

  const withoutLog = await start('hosho, without the log', [script, 'withoutLog', ROOT], folder);
  const answers = (await decideAll(withoutLog, bodies)).toSorted((a, b) => a.length - b.length);
  const ready = answers[Math.floor(answers.length / 2)] ?? '';
  const ANSWER = join(folder, 'answer.json');
  writeFileSync(ANSWER, ready);

  const peer = (name: string, kind: string, environment = {}): Promise<Server> =>
    start(name, [script, kind, ROOT], folder, { ANSWER, ...environment });
  const service = async (name: string, rules: string, dist = inject('dist')): Promise<Server> => {
    const settings = { PORT: '0', RULES_DIR: rules, DATABASE_URL: await freshDatabase() };
    return start(name, [join(dist, 'main.js')], folder, settings);
  };
  const zod = await peer('Hono + zod, a ready answer', 'zod');
  const committed = await service('hosho, committed to Postgres', join(ROOT, 'rules'));
  await decideAll(committed, bodies);
  const others: Server[] = [];
  for (const path of CHECKOUTS) {
    const other = await service(`hosho of ${path}, committed`, resolve(path, 'rules'), resolve(path, 'dist'));
    await decideAll(other, bodies);
    others.push(other);
  }
  return { folder, file, withoutLog, zod, committed, others, peer, service, bytes: Buffer.byteLength(ready) };
}

test('as many as there are answers', async () => {
  const { file, withoutLog, zod, committed, others, peer, bytes } = await prepare();
  const echo = await peer('Hono, echo', 'echo');
  const plain = await peer('json-rules-engine + one INSERT behind Hono', 'plain', {
    DATABASE_URL: await freshDatabase(),
  });
  const servers = [echo, zod, plain, withoutLog, committed, ...others];
  const results = await rounds(servers, (server, s) => loadWith('most', server, file, s), SECONDS.most);

  const rate = ({ requests, seconds }: Seen): number => requests / seconds;
  const base = median(results.get(zod)?.map(rate) ?? []);
  const tool = hasWrk ? 'wrk' : 'autocannon';
  const title = `POST /evaluate, ${CONNECTIONS} connections of ${tool}, ${availableParallelism()} cores for load, server and Postgres`;
  const rows = [...results].map(([{ name }, seen]) => {
    const rates = seen.map(rate);
    return [name, ...spread(rates, grouped), (median(rates) / base).toFixed(2)];
  });
  const head = ['', 'requests/s, median', 'least', 'most', `of ${zod.name}`];
  console.log(`\n${markdown(title, head, rows)}\n\n${CASES} bodies in turn, each decided once before.`);
  console.log(`The ready answer has ${grouped(bytes)} bytes, the median of ours.\n`);
});

test('1,000 a second', async () => {
  const { folder, file, withoutLog, zod, committed, others, service } = await prepare();
  await withoutLog.stop();
  const library = join(folder, 'rules');
  const ruleSets = generateLibrary(library, { prefectures: 47, incidents: 3, rules: 200 });
  const many = [await service(`hosho, committed, ${ruleSets.length} rule sets`, library)];
  for (const path of CHECKOUTS)
    many.push(
      await service(`hosho of ${path}, ${ruleSets.length} rule sets`, library, resolve(path, 'dist')),
    );
  const ofEach = ruleSets.map((one) => one.cases(CASES_OF_EACH).map((of) => bodyOf(one, of)));
  // Rule set after rule set, so that no request finds the one before it warm.
  const mixed = Array.from({ length: CASES_OF_EACH }, (_, i) => ofEach.map((of) => of[i] ?? '')).flat();
  const mixedFile = join(folder, 'mixed.ndjson');
  writeFileSync(mixedFile, `${mixed.join('\n')}\n`);
  for (const server of many) await decideAll(server, mixed);

  const ask = (server: Server, s: number): Promise<Seen> =>
    loadWith('paced', server, many.includes(server) ? mixedFile : file, s);
  const results = await rounds([zod, committed, ...others, ...many], ask, SECONDS.paced);
  const ms = (value: number): string => value.toFixed(2);
  const p99 = (seen: Seen[] = []): number => median(seen.map((one) => one.p99));
  const rows = [...results].map(([{ name }, seen]) => [
    ...[
      name,
      ...spread(
        seen.map((one) => one.p50),
        ms,
      ),
      ...spread(
        seen.map((one) => one.p99),
        ms,
      ),
    ],
    (p99(seen) / p99(results.get(zod))).toFixed(1),
  ]);
  const spreadHead = (of: string): string[] => [`${of} ms, median`, 'least', 'most'];
  const head = ['', ...spreadHead('p50'), ...spreadHead('p99'), `p99 of ${zod.name}`];
  console.log(`\n${markdown(`${grouped(PER_SECOND)} requests/s, evenly`, head, rows)}\n`);
  for (const server of many)
    console.log(
      `${server.name}: ${grouped((await metric(server, 'process_resident_memory_bytes')) / 2 ** 20)} MB resident`,
    );
});
