/**
 * Decides cases by the engine and the Yamaguchi rules of one built checkout, and prints what it took as JSON:
 *   node decide-checkout.mjs CHECKOUT CASES.json
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [checkout, file] = process.argv.slice(2);
const RULES = 'rules/yamaguchi/2023-02-24.yaml';
const textIn = (path) => readFileSync(resolve(checkout, path), 'utf8');
/** The first of these modules that the checkout has. */
const load = (...paths) =>
  import(pathToFileURL(paths.map((path) => resolve(checkout, 'dist', path)).find(existsSync)));
const { readVocabulary } = await load('rulebook/vocabulary.js');
const { readRuleSet } = await load('rulebook/read-rule-set.js');
const { compile } = await load('engine/program.js');
const { decide } = await load('engine/decide.js');
const { readFacts } = await load('engine/facts/read-facts.js', 'engine/read-facts.js');

const { vocabulary } = readVocabulary('vocabulary', textIn('rules/vocabulary.yaml'));
const program = compile(readRuleSet(RULES, textIn(RULES), vocabulary).ruleSet);
const cases = JSON.parse(readFileSync(file, 'utf8')).map(
  ({ facts, asOf }) => readFacts(program.ruleSet.vocabulary, facts, asOf).facts,
);

/** Milliseconds of each case whose key was new. */
const fresh = [];
for (const facts of cases) {
  const [size, start] = [program.memory.size, performance.now()];
  await decide(program, facts, { explanation: false });
  if (program.memory.size > size) fresh.push(performance.now() - start);
}

/** Per second, the best of five. */
async function best(some, options) {
  const took = [];
  for (let time = 0; time < 5; time++) {
    const start = performance.now();
    for (const facts of some) await decide(program, facts, options);
    took.push(performance.now() - start);
  }
  return (some.length / Math.min(...took)) * 1000;
}

console.log(
  JSON.stringify({
    reasons: await best(cases, { explanation: false }),
    full: await best(cases.slice(0, 2000), { explanation: true }),
    fresh,
  }),
);
