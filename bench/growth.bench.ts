/** How cost grows: with the number of rule sets that are served, and with the number of rules in one of them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject, test } from 'vitest';
import { z } from 'zod';
import { spawnService } from '../tests/http/spawned.ts';
import { kill } from '../tests/support/child.ts';
import { freshPlace } from '../tests/support/stores.ts';
import { at, compare, grouped, markdown } from './cases.ts';
import { countRules, type GeneratedRuleSet, generateLibrary, generateRuleSet } from './generate-rules.ts';

const dist = inject('dist');
const load = <T>(path: string): Promise<T> => import(/* @vite-ignore */ join(dist, path));
const reasons = { explanation: false };
const STARTS = 3;
const RELOADS = 7;
/** In all, over all rule sets. */
const CASES = 1692;

/** 47 prefectures with three incidents each are the most that is foreseen. */
const SIZES = [
  { prefectures: 1, incidents: 1, rules: 200 },
  { prefectures: 10, incidents: 1, rules: 200 },
  { prefectures: 47, incidents: 1, rules: 200 },
  { prefectures: 47, incidents: 3, rules: 200 },
];

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
const spread = (values: readonly number[], digits: number): string[] =>
  [0.5, 0, 1].map((share) => at(sorted(values), share).toFixed(digits));

test('many rule sets', async () => {
  const starts: string[][] = [];
  const decisions: string[][] = [];
  let reloads: number[] = [];
  for (const size of SIZES) {
    const folder = mkdtempSync(join(inject('scratch'), 'rules-'));
    const ruleSets = generateLibrary(folder, size);
    const isLargest = size === SIZES.at(-1);
    const seconds: number[] = [];
    let resident = 0;
    for (let round = 0; round < STARTS; round++) {
      const place = await freshPlace('postgres');
      const start = performance.now();
      const service = spawnService(place, { RULES_DIR: folder });
      const url = await listening(service);
      await fetch(`${url}/readyz`);
      seconds.push((performance.now() - start) / 1000);
      resident = residentMegabytes(service.child.pid);
      if (isLargest && round === STARTS - 1) reloads = await reloadTimes(url, folder, ruleSets);
      await kill(service.child);
    }
    const { loaded, used, first, rates } = decide(folder, ruleSets);
    const name = String(ruleSets.length);
    starts.push([name, ...spread(seconds, 2), ...[resident, loaded, used].map((size) => size.toFixed(0))]);
    decisions.push([
      name,
      ...[0.5, 0, 1].map((share) => grouped(at(sorted(rates), share))),
      first.toFixed(1),
    ]);
  }
  const name = 'rule sets of 200 rules';
  const startHead = [
    's, median',
    'least',
    'most',
    'MB resident',
    'MB of heap',
    `after ${grouped(CASES)} cases`,
  ];
  console.log(`\n${markdown('Start with Postgres until /readyz answers', [name, ...startHead], starts)}`);
  const head = ['per second, median', 'least', 'most', 'ms for each the first time'];
  console.log(`\n${markdown('Decisions in process, with reasons, one thread', [name, ...head], decisions)}`);
  const reload = ['one file of 141 written, until it is what answers', ...spread(reloads, 0)];
  console.log(`\n${markdown('Reload', ['', 'ms, median', 'least', 'most'], [reload])}\n`);
});

/** However long it takes. */
async function listening({ logged, child, stderr }: ReturnType<typeof spawnService>): Promise<string> {
  let line = logged('"url":');
  for (; line === undefined; line = logged('"url":')) {
    if (child.exitCode !== null) throw new Error(stderr());
    await sleep(5);
  }
  return z.object({ url: z.string() }).parse(JSON.parse(line)).url;
}

const residentMegabytes = (pid: number | undefined): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;

/** Milliseconds from the writing of a rule file until its new version is the one that answers. */
async function reloadTimes(
  url: string,
  folder: string,
  ruleSets: readonly GeneratedRuleSet[],
): Promise<number[]> {
  const times: number[] = [];
  for (const { prefecture, incident, text } of ruleSets.slice(0, RELOADS)) {
    const served = async (): Promise<string | null> => {
      const response = await fetch(`${url}/rule-sets/${prefecture}/${incident}`, { method: 'HEAD' });
      return response.headers.get('etag');
    };
    const before = await served();
    const start = performance.now();
    writeFileSync(
      join(folder, prefecture, `${incident}.yaml`),
      text.replace('label: 申請期限', 'label: 申請の期限'),
    );
    while ((await served()) === before) await sleep(2);
    times.push(performance.now() - start);
  }
  return times;
}

const measured = z.object({
  loaded: z.number(),
  used: z.number(),
  first: z.number(),
  rates: z.array(z.number()),
});

/** In a process of its own: MB of heap once the folder is loaded, and once it has decided; ms for a case at first; per second. */
function decide(folder: string, ruleSets: readonly GeneratedRuleSet[]): z.infer<typeof measured> {
  const each = Math.ceil(CASES / ruleSets.length);
  // As they arrive: one after the other for different rule sets.
  const perSet = ruleSets.map(({ prefecture, incident, cases }) =>
    cases(each).map((one) => ({ key: `${prefecture}/${incident}`, ...one })),
  );
  const cases = Array.from({ length: each }, (_, i) => perSet.flatMap((own) => own[i] ?? [])).flat();
  const casesFile = join(mkdtempSync(join(inject('scratch'), 'cases-')), 'cases.json');
  writeFileSync(casesFile, JSON.stringify(cases));
  const script = `
    import { readFileSync } from 'node:fs';
    const [{ loadLibrary }, { decide }, { readFacts }] = await Promise.all(
      ['rule-files/load.js', 'engine/decide.js', 'engine/facts/read-facts.js'].map((file) => import(${JSON.stringify(dist)} + '/' + file)),
    );
    const heap = () => (gc(), process.memoryUsage().heapUsed / 1024 ** 2);
    const before = heap();
    const { ruleSets } = await loadLibrary(${JSON.stringify(folder)});
    const loaded = heap() - before;
    const cases = JSON.parse(readFileSync(${JSON.stringify(casesFile)}, 'utf8')).map(({ key, facts, asOf }) => {
      const { program } = ruleSets.get(key);
      return { program, facts: readFacts(program.ruleSet.vocabulary, facts, asOf).facts };
    });
    const round = async (times) => {
      const start = performance.now();
      for (let i = 0; i < times; i++)
        for (const { program, facts } of cases) await decide(program, facts, { explanation: false });
      return (performance.now() - start) / times / cases.length;
    };
    const first = await round(1);
    const used = heap() - before;
    await round(20);
    const rates = [];
    for (let i = 0; i < 5; i++) rates.push(1000 / (await round(20)));
    console.log(JSON.stringify({ loaded, used, first, rates }));`;
  const args = ['--expose-gc', '--input-type=module', '--eval', script];
  return measured.parse(JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })));
}

test('many rules in one set', async () => {
  const { readVocabulary } =
    await load<typeof import('../src/rulebook/vocabulary.ts')>('rulebook/vocabulary.js');
  const { readRuleSet } =
    await load<typeof import('../src/rulebook/read-rule-set.ts')>('rulebook/read-rule-set.js');
  const { compile } = await load<typeof import('../src/engine/program.ts')>('engine/program.js');
  const { decide } = await load<typeof import('../src/engine/decide.ts')>('engine/decide.js');
  const { readFacts } = await load<typeof import('../src/engine/facts/read-facts.ts')>(
    'engine/facts/read-facts.js',
  );
  const { vocabulary } = readVocabulary('vocabulary.yaml', readFileSync('rules/vocabulary.yaml', 'utf8'));
  const rows: string[][] = [];
  for (const rules of [40, 200, 1000]) {
    const { text, cases } = generateRuleSet({ rules });
    const { ruleSet } = vocabulary ? readRuleSet('yamaguchi/2023-02-24.yaml', text, vocabulary) : {};
    if (!ruleSet) throw new Error('the rule set is not sound');
    const known = cases(4000).map(({ facts, asOf }) => {
      const { facts: read } = readFacts(ruleSet.vocabulary, facts, asOf);
      if (!read) throw new Error('bad facts');
      return read;
    });
    const program = compile(ruleSet);
    const fresh: number[] = [];
    for (const facts of known) {
      const before = program.memory.size;
      const start = performance.now();
      await decide(program, facts, reasons);
      if (program.memory.size > before) fresh.push(performance.now() - start);
    }
    const run = async (): Promise<void> => {
      for (const facts of known) await decide(program, facts, reasons);
    };
    const [figure] = await compare([{ name: '', perRound: known.length, run }], 5);
    const rate = figure?.median ?? 0;
    const comparisons = program.leaves.length;
    // The first ones build every rule's engine; what comes later is what a pattern costs.
    const later = sorted(fresh.slice(fresh.length >> 1));
    rows.push([
      ...[String(countRules(text)), String(comparisons)],
      ...[grouped(rate), (1e9 / rate / comparisons).toFixed(0)],
      ...[at(later, 0.5).toFixed(2), ((1000 * at(later, 0.5)) / comparisons).toFixed(1)],
      ...[at(later, 0.99), at(sorted(fresh), 1)].map((ms) => ms.toFixed(1)),
    ]);
  }
  const head = [
    ...['rules', 'distinct comparisons', 'decisions per second', 'ns per comparison'],
    ...['ms for a new pattern, median', 'µs per comparison', '99 %', 'most'],
  ];
  console.log(`\n${markdown('One rule set, in process, with reasons, one thread', head, rows)}\n`);
});
