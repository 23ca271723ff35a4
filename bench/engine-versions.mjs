/**
 * Decisions of several built checkouts in turns, a process each time:
 *   node bench/engine-versions.mjs BEFORE NOW
 * By the rule files of each. 20,000 cases: the Yamaguchi cases at other times, with other amounts and now and then a fact left out.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse } from 'yaml';

const RULES = 'rules/yamaguchi/2023-02-24.yaml';
const [DAY, ROUNDS, COUNT] = [86_400_000, 5, 20_000];
const AMOUNTS = [0, 1, 500, 1999, 2000, 2500];
const percentile = (all, p) => all.toSorted((a, b) => a - b)[Math.floor((all.length - 1) * p)];

function variedCases() {
  const { cases } = parse(readFileSync(RULES.replace('.yaml', '.cases.yaml'), 'utf8'));
  let seed = 12_345;
  const below = (n) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return seed % n;
  };
  return Array.from({ length: COUNT }, () => {
    const { facts, asOf } = structuredClone(cases[below(cases.length)]);
    for (let change = 0; change < 2; change++) {
      const names = Object.entries(facts).flatMap(([group, members]) =>
        Object.keys(members).map((name) => [group, name]),
      );
      if (names.length === 0) break;
      const [group, name] = names[below(names.length)];
      if (name.endsWith('Yen')) facts[group][name] = AMOUNTS[below(AMOUNTS.length)];
      else if (below(10) === 0) delete facts[group][name];
    }
    return { facts, asOf: Date.parse(asOf) + (below(60) - 30) * DAY };
  });
}

async function measure(checkout) {
  const load = (...paths) =>
    import(pathToFileURL(paths.map((path) => resolve(checkout, 'dist', path)).find(existsSync)));
  const textIn = (path) => readFileSync(resolve(checkout, path), 'utf8');
  const { readVocabulary } = await load('rulebook/vocabulary.js');
  const { readRuleSet } = await load('rulebook/read-rule-set.js');
  const { compile } = await load('engine/program.js');
  const { decide } = await load('engine/decide.js');
  const { readFacts } = await load('engine/facts/read-facts.js', 'engine/read-facts.js');
  const { vocabulary } = readVocabulary('vocabulary', textIn('rules/vocabulary.yaml'));
  const program = compile(readRuleSet(RULES, textIn(RULES), vocabulary).ruleSet);
  const read = variedCases().flatMap(
    ({ facts, asOf }) => readFacts(program.ruleSet.vocabulary, facts, asOf).facts ?? [],
  );
  const fresh = [];
  for (const facts of read) {
    const [size, start] = [program.memory.size, performance.now()];
    await decide(program, facts, { explanation: false });
    if (program.memory.size > size) fresh.push(performance.now() - start);
  }
  const perSecond = async (cases, options) => {
    let best = Number.POSITIVE_INFINITY;
    for (let time = 0; time < 5; time++) {
      const start = performance.now();
      for (const facts of cases) await decide(program, facts, options);
      best = Math.min(best, performance.now() - start);
    }
    return (cases.length / best) * 1000;
  };
  const later = fresh.slice(fresh.length / 10);
  return {
    'with reasons, per second': await perSecond(read, { explanation: false }),
    'with the full explanation, per second': await perSecond(read.slice(0, 2000), { explanation: true }),
    'a new key after a tenth of them, ms: median': percentile(later, 0.5),
    'a new key after a tenth of them, ms: 99 %': percentile(later, 0.99),
    'the first case of a process, ms': fresh[0],
  };
}

const checkouts = process.argv.slice(2);
if (checkouts[0] === '--once') console.log(JSON.stringify(await measure(checkouts[1])));
else {
  const runs = new Map(checkouts.map((checkout) => [checkout, []]));
  for (let round = 0; round < ROUNDS; round++)
    for (const [checkout, results] of runs)
      results.push(
        JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--once', checkout])),
      );
  for (const [checkout, results] of runs)
    for (const name of Object.keys(results[0])) {
      const all = results.map((result) => result[name]);
      const [median, least, most] = [0.5, 0, 1].map((p) =>
        Number(percentile(all, p).toPrecision(4)).toLocaleString('en'),
      );
      console.log(`| ${checkout} | ${name} | ${median} | ${least} | ${most} |`);
    }
}
