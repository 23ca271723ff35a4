/** A file of a million cases: ours with one thread and with two, against only reading and writing lines of the same size. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { inject, test } from 'vitest';
import { type BenchCase, CHECKOUTS, randomCases } from './cases.ts';

const LINES = 1_000_000;
const ROUNDS = 3;
/** As many different cases as are written over and over; the references differ in every line. */
const DIFFERENT = 100_000;

const flat = ({ facts }: BenchCase): Map<string, unknown> =>
  new Map(
    Object.entries(facts).flatMap(([group, members]) =>
      Object.entries(members).map(([name, value]): [string, unknown] => [`${group}.${name}`, value]),
    ),
  );
const cell = (value: unknown): string =>
  value === undefined ? '' : Array.isArray(value) ? value.join(';') || ';' : String(value);

function writeInputs(folder: string): { csv: string; ndjson: string } {
  const cases = randomCases('rules/yamaguchi/2023-02-24.cases.yaml', DIFFERENT).map((one) => ({
    ...one,
    values: flat(one),
    at: new Date(Math.floor(one.asOf / 1000) * 1000).toISOString().replace('.000', ''),
  }));
  const columns = [...new Set(cases.flatMap(({ values }) => [...values.keys()]))];
  const rows = cases.map(({ values, at }) => [at, ...columns.map((name) => cell(values.get(name)))].join());
  const objects = cases.map(({ facts, at }) => JSON.stringify({ asOf: at, facts }).slice(1));
  const [csv, ndjson] = [join(folder, 'cases.csv'), join(folder, 'cases.ndjson')];
  writeFileSync(csv, `reference,asOf,${columns.join()}\r\n`);
  writeFileSync(ndjson, '');
  for (let from = 0; from < LINES; from += DIFFERENT) {
    const numbered = (write: (i: number) => string): string => rows.map((_, i) => write(i)).join('');
    writeFileSync(
      csv,
      numbered((i) => `R${from + i},${rows[i]}\r\n`),
      { flag: 'a' },
    );
    writeFileSync(
      ndjson,
      numbered((i) => `{"reference":"R${from + i}",${objects[i]}\n`),
      { flag: 'a' },
    );
  }
  return { csv, ndjson };
}

interface Run {
  perSecond: number;
  megabytes: number;
}

/** The command prints `{ megabytes }` last, or its peak is asked of the system. */
function run(args: string[], cwd = '.'): Run {
  const start = performance.now();
  const printed = execFileSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const perSecond = LINES / ((performance.now() - start) / 1000);
  const megabytes = Number(/"megabytes":([\d.]+)/.exec(printed)?.[1] ?? Number.NaN);
  return { perSecond, megabytes };
}

test('bulk', () => {
  const dist = inject('dist');
  const folder = mkdtempSync(join(inject('scratch'), 'bulk-'));
  const { csv, ndjson } = writeInputs(folder);
  const output = (name: string): string => join(folder, name);
  const ours = (input: string, name: string, threads: number, of = dist): string[] => [
    ...[
      '--import',
      `data:text/javascript,process.on('exit',()=>console.log(JSON.stringify({megabytes:process.resourceUsage().maxRSS/1024})))`,
    ],
    ...[join(of, 'cli.js'), 'evaluate', '--prefecture', 'yamaguchi', '--incident', '2023-02-24'],
    ...['--input', input, '--output', output(name), '--threads', String(threads), '--force'],
  ];
  const peer = (kind: string, input: string, bytes: number): string[] => [
    ...[resolve('bench/bulk-peers.mjs'), dist, kind, input, output(`${kind}.out`), String(bytes)],
  ];
  run(ours(csv, 'ours.csv', 1));
  const bytes = Math.round(statSync(output('ours.csv')).size / LINES);
  const others = CHECKOUTS.map((path) => ({
    name: `CSV: decisions of ${path}, one thread`,
    args: ours(csv, 'theirs.csv', 1, resolve(path, 'dist')),
    cwd: path,
  }));
  const contenders: { name: string; args: string[]; cwd?: string }[] = [
    { name: 'CSV: papaparse and writing, nothing decided', args: peer('papaparse', csv, bytes) },
    { name: 'CSV: our own reader and writer, nothing decided', args: peer('reader', csv, bytes) },
    { name: 'CSV: decisions, one thread', args: ours(csv, 'ours.csv', 1) },
    ...others,
    { name: 'CSV: decisions, two threads', args: ours(csv, 'ours.csv', 2) },
    { name: 'NDJSON: JSON.parse and writing, nothing decided', args: peer('json', ndjson, bytes) },
    { name: 'NDJSON: decisions as CSV, one thread', args: ours(ndjson, 'ours.csv', 1) },
  ];
  const runs = contenders.map((): Run[] => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, { args, cwd }] of contenders.entries()) runs[i]?.push(run(args, cwd));
  const whole = (value: number): string => Math.round(value).toLocaleString('en');
  const rows = contenders.map(({ name }, i) => {
    const sorted = (runs[i] ?? []).toSorted((a, b) => a.perSecond - b.perSecond);
    const rates = sorted.map(({ perSecond }) => whole(perSecond));
    const most = Math.max(...sorted.map(({ megabytes }) => megabytes));
    return `| ${name} | ${rates[1]} | ${rates[0]} | ${rates.at(-1)} | ${whole(most)} |`;
  });
  console.log(
    [
      `\nA file of ${LINES.toLocaleString('en')} cases, lines of ${bytes} bytes out (node ${process.version}, ${availableParallelism()} processors, ${new Date().toISOString().slice(0, 10)})`,
      '| | lines a second, median | least | most | peak MB |',
      '|---|---:|---:|---:|---:|',
      ...rows,
    ].join('\n'),
  );
});
