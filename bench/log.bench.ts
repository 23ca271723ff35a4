/** Decisions written to Postgres per second: as hosho does it, as a plain service does, and as fast as COPY can. */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { expect, inject, test } from 'vitest';
import type { DecisionRecord } from '../src/decisions/store.ts';
import { freshDatabase } from '../tests/support/stores.ts';
import { at, grouped, markdown, randomCases } from './cases.ts';
import { copyLine, insertWays } from './insert-ways.ts';
import { postgresCpu } from './postgres-cpu.ts';
import { stubStore } from './stub-store.ts';

const dist = inject('dist');
const load = <T>(path: string): Promise<T> => import(/* @vite-ignore */ join(dist, path));

const ROUNDS = 5;
const BATCH = 200;
const KINDS = 500;
const CEILING = 'one long COPY from Node';

/** What the service would log of random cases. */
async function sampleRecords(): Promise<DecisionRecord[]> {
  const { evaluate } = await load<typeof import('../src/operations/evaluate.ts')>('operations/evaluate.js');
  const { rulesChooser } =
    await load<typeof import('../src/operations/versions.ts')>('operations/versions.js');
  const { storedRules } = await load<typeof import('../src/rule-files/stored-rules.ts')>(
    'rule-files/stored-rules.js',
  );
  const { openRegistry } =
    await load<typeof import('../src/rule-files/registry.ts')>('rule-files/registry.js');
  const records: DecisionRecord[] = [];
  const store = stubStore({
    append(record) {
      records.push(record);
      return Promise.resolve({ kind: 'appended' });
    },
  });
  const registry = await openRegistry({
    ...{ directory: 'rules', watch: false, onLoad() {}, onError() {} },
    lastVersion: () => Promise.resolve(null),
  });
  const evaluating = {
    ...{ chooseRules: rulesChooser({ registry, store, readStored: storedRules() }), store, newId: v7 },
    ...{ now: Date.now, onDisagreement() {}, engineVersion: 'bench' },
  };
  for (const { facts, asOf } of randomCases('rules/yamaguchi/2023-02-24.cases.yaml', KINDS)) {
    const about = { prefecture: 'yamaguchi', incident: '2023-02-24', explain: 'reasons' as const };
    await evaluate(evaluating, { ...about, asOf, facts });
  }
  await registry.close();
  return records;
}

interface Contestant {
  name: string;
  rows: number;
  write(records: DecisionRecord[]): Promise<unknown>;
}

async function inBatches(records: DecisionRecord[], write: Contestant['write']): Promise<void> {
  for (let start = 0; start < records.length; start += BATCH)
    await write(records.slice(start, start + BATCH));
}

/** So many callers, each with one decision at a time. */
async function byCallers(
  records: DecisionRecord[],
  callers: number,
  write: (record: DecisionRecord) => Promise<unknown>,
) {
  const waiting = records.values();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (const record of waiting) await write(record);
    }),
  );
}

interface Lap {
  perSecond: number;
  /** CPU time a row. */
  nodeUs: number;
  postgresUs: number;
}

/** All once to warm up, then round by round, so that what else the machine does hits all alike. */
async function race(
  contestants: Contestant[],
  make: (rows: number) => DecisionRecord[],
  serverCpu: () => number,
): Promise<Lap[][]> {
  const laps = contestants.map((): Lap[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, { rows, write }] of contestants.entries()) {
      const records = make(rows);
      const [serverBefore, nodeBefore, start] = [serverCpu(), process.cpuUsage(), performance.now()];
      await write(records);
      const perSecond = (rows * 1000) / (performance.now() - start);
      const { user, system } = process.cpuUsage(nodeBefore);
      const postgresUs = ((serverCpu() - serverBefore) * 1e6) / rows;
      if (round > 0) laps[i]?.push({ perSecond, nodeUs: (user + system) / rows, postgresUs });
    }
  }
  return laps;
}

const sorted = (laps: Lap[], of: keyof Lap): number[] => laps.map((lap) => lap[of]).toSorted((a, b) => a - b);

test('log', async () => {
  const { openStore } = await load<typeof import('../src/decisions/open.ts')>('decisions/open.js');
  const samples = await sampleRecords();
  const databaseUrl = await freshDatabase();
  const store = await openStore({ databaseUrl, dataDir: '' });
  const versions = [...new Set(samples.map(({ version }) => version))];
  const texts = { ruleText: '', vocabularyText: '', commit: null, authoredAt: null };
  await store.saveVersions(
    versions.map((version) => ({ version, prefecture: 'yamaguchi', incident: '2023-02-24', ...texts })),
  );
  let made = 0;
  const make = (rows: number): DecisionRecord[] =>
    Array.from({ length: rows }, () => {
      const sample = samples[made++ % samples.length];
      if (!sample) throw new Error('no case was decided');
      const id = v7();
      return { ...sample, id, answer: sample.answer.replace(sample.id, id) };
    });

  const ways = await insertWays(databaseUrl);
  const copyFile = join(inject('scratch'), 'rows.copy');
  const hasPsql = spawnSync('psql', ['--version']).status === 0;
  const psqlCopy = async (records: DecisionRecord[]): Promise<void> => {
    writeFileSync(copyFile, records.map(copyLine).join(''));
    execFileSync('psql', ['-qc', `\\copy peer_decisions from '${copyFile}'`, databaseUrl]);
  };
  const contestants: Contestant[] = [
    {
      name: 'one INSERT each, 64 callers, 10 connections',
      rows: 1000,
      write: (r) => byCallers(r, 64, ways.insertOne),
    },
    ...[1, 16, 64, 256].map((callers) => ({
      name: `hosho, ${callers} callers`,
      rows: callers === 1 ? 400 : 2000,
      write: (r: DecisionRecord[]) => byCallers(r, callers, (record) => store.append(record)),
    })),
    {
      name: 'hosho, 64 callers, each with an Idempotency-Key',
      rows: 2000,
      write: (r) =>
        byCallers(r, 64, (record) => store.append(record, { key: record.id, requestHash: 'a'.repeat(64) })),
    },
    { name: `hosho, appendAll, ${BATCH} rows`, rows: 2000, write: (r) => inBatches(r, store.appendAll) },
    { name: 'hosho, appendAll, 4000 rows', rows: 4000, write: (r) => store.appendAll(r) },
    ...Object.entries(ways.batches).map(([name, write]) => ({
      name: `${name}, ${BATCH} rows`,
      rows: 2000,
      write: (r: DecisionRecord[]) => inBatches(r, write),
    })),
    { name: CEILING, rows: 4000, write: (r) => ways.copy(r.map(copyLine).join('')) },
    ...(hasPsql ? [{ name: 'psql \\copy, its start included', rows: 4000, write: psqlCopy }] : []),
  ];
  const laps = await race(contestants, make, postgresCpu(await ways.backend()));
  expect((await ways.count()) + (await store.count({}))).toBe(made);
  await ways.close();
  await store.close();

  const medians = laps.map((of) => at(sorted(of, 'perSecond'), 0.5));
  const plain = medians[0] ?? 0;
  const ceiling = medians[contestants.findIndex(({ name }) => name === CEILING)] ?? 0;
  const rows = contestants.map(({ name }, i) => {
    const own = laps[i] ?? [];
    const rates = sorted(own, 'perSecond');
    const median = medians[i] ?? 0;
    return [
      ...[name, grouped(median), grouped(rates[0] ?? 0), grouped(rates.at(-1) ?? 0)],
      ...[(median / plain).toFixed(1), (median / ceiling).toFixed(2)],
      ...[grouped(at(sorted(own, 'nodeUs'), 0.5)), grouped(at(sorted(own, 'postgresUs'), 0.5))],
    ];
  });
  const ratios = ['× one INSERT each', '× one long COPY'];
  const head = ['', 'rows a second, median', 'least', 'most', ...ratios, 'CPU µs a row: node', 'Postgres'];
  console.log(`\n${markdown('Decisions logged in Postgres', head, rows)}`);
  const mean = (of: (record: DecisionRecord) => string): string =>
    grouped(samples.reduce((sum, record) => sum + Buffer.byteLength(of(record)), 0) / samples.length);
  console.log(
    `\n${ROUNDS} rounds, in which all take turns; on average facts of ${mean((r) => r.facts)} bytes, answers of ${mean((r) => r.answer)}.\n`,
  );
});
