/** Decisions in process, with reasons: ours against json-rules-engine, zen-engine and json-logic-engine on the same rule file. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { allWords } from '../tests/support/words.ts';
import {
  at,
  type BenchCase,
  type Contender,
  compare,
  grouped,
  markdown,
  randomCases,
  table,
} from './cases.ts';
import { jsonLogic } from './json-logic.ts';
import { plainEngine } from './plain-engine.ts';
import { twoValued } from './two-valued.ts';
import { zenEngine } from './zen.ts';

const dist = inject('dist');
const load = <T>(path: string): Promise<T> => import(/* @vite-ignore */ join(dist, path));

const RULES = 'rules/yamaguchi/2023-02-24.yaml';
const VOCABULARY = 'rules/vocabulary.yaml';
const reasons = { explanation: false };
const full = { explanation: true };
/** Evaluations of zen-engine under way at once. */
const LANES = [1, 2, 8, 64];

test('engine', async () => {
  // The compiled program, as it is served.
  const { readVocabulary } =
    await load<typeof import('../src/rulebook/vocabulary.ts')>('rulebook/vocabulary.js');
  const { readRuleSet } =
    await load<typeof import('../src/rulebook/read-rule-set.ts')>('rulebook/read-rule-set.js');
  const { compile } = await load<typeof import('../src/engine/program.ts')>('engine/program.js');
  const { decide } = await load<typeof import('../src/engine/decide.ts')>('engine/decide.js');
  const { judge } = await load<typeof import('../src/engine/judge/judge.ts')>('engine/judge/judge.js');
  const { readFacts } = await load<typeof import('../src/engine/facts/read-facts.ts')>(
    'engine/facts/read-facts.js',
  );
  const { truthOf } =
    await load<typeof import('../src/engine/judge/operators.ts')>('engine/judge/operators.js');
  const { resolveOperand, factsOf } =
    await load<typeof import('../src/engine/facts/values.ts')>('engine/facts/values.js');
  const { OPERATOR_NAMES } =
    await load<typeof import('../src/rulebook/operators.ts')>('rulebook/operators.js');

  const { vocabulary } = readVocabulary(VOCABULARY, allWords());
  const ruleSet = vocabulary && readRuleSet(RULES, readFileSync(RULES, 'utf8'), vocabulary).ruleSet;
  if (!ruleSet) throw new Error('the rule set is not sound');
  const program = compile(ruleSet);
  const cases = randomCases(RULES.replace('.yaml', '.cases.yaml'), 20_000);
  const read = cases.map(({ facts, asOf }) => {
    const { facts: known } = readFacts(ruleSet.vocabulary, facts, asOf);
    if (!known) throw new Error('bad facts');
    return known;
  });

  const fresh: number[] = [];
  for (const facts of read) {
    const before = program.memory.size;
    const start = performance.now();
    await decide(program, facts, reasons);
    if (program.memory.size > before) fresh.push(performance.now() - start);
  }

  const plain = plainEngine(program, {
    truthOf: (operator, left, right) => Reflect.apply(truthOf, null, [operator, left, right]),
    resolveOperand: (operand, values, of) => Reflect.apply(resolveOperand, null, [operand, values, of]),
    operators: OPERATOR_NAMES,
  });
  const { sections, valuesOf } = twoValued(program, {
    resolveOperand: (operand, values, of) => Reflect.apply(resolveOperand, null, [operand, values, of]),
    factsOf: (operand, deadlines) => Reflect.apply(factsOf, null, [operand, deadlines]),
  });
  const [zen, logic] = [zenEngine(sections), jsonLogic(sections)];

  // In agreement about every rule, where nothing that is unknown leaves one open: the peers know only true and false.
  let agreed = 0;
  for (const { slots } of read.slice(0, 500)) {
    const standings = Object.values((await judge(program, slots)).sections);
    if (standings.some(({ section, open }) => open.length > 0 && section !== 'contradictions')) continue;
    const ours = standings.map(({ section, holding }) => [
      section,
      holding.map((one: { rule: { id: string } }) => one.rule.id),
    ]);
    for (const held of [
      await plain(slots),
      await zen.evaluate({ facts: valuesOf(slots) }),
      logic(valuesOf(slots)),
    ])
      expect(Object.entries(held).map(([section, rules]) => [section, rules.map(({ id }) => id)])).toEqual(
        ours,
      );
    agreed++;
  }

  const some = read.slice(0, 4000);
  const [values, contexts] = [some, some].map((all) => all.map(({ slots }) => valuesOf(slots)));
  const contenders = [
    each('json-rules-engine', read.slice(0, 300), ({ slots }) => plain(slots)),
    ...LANES.map((lanes) => atOnce(lanes, contexts ?? [], (facts) => zen.run({ facts }))),
    each('json-logic-engine, compiled', values ?? [], logic),
    each('hosho, with reasons', read, (facts) => decide(program, facts, reasons)),
    each('hosho, from the request’s JSON values', cases, ({ facts, asOf }) => {
      const { facts: known } = readFacts(ruleSet.vocabulary, facts, asOf);
      return known && decide(program, known, reasons);
    }),
    each('hosho, with the full explanation', some, (facts) => decide(program, facts, full)),
  ];
  const figures = await compare(contenders, 5);
  const zenBest = figures.slice(1, 1 + LANES.length).toSorted((a, b) => b.median - a.median);
  const bases = [
    ...figures.slice(0, 1),
    ...zenBest.slice(0, 1).map((best) => ({ ...best, name: 'zen at best' })),
  ];
  console.log(`\n${table('Decisions in process, one thread', figures, ...bases)}`);
  console.log(
    `\n${grouped(cases.length)} cases, ${program.leaves.length} distinct comparisons, ${ruleSet.rules.length} rules;`,
    `${agreed} of 500 cases complete, every rule in agreement with the three peers.\n`,
  );

  const times = (name: string, all: readonly number[]): string[] => {
    const sorted = all.toSorted((a, b) => a - b);
    return [name, String(all.length), ...[0.5, 0.99, 1].map((share) => at(sorted, share).toFixed(1))];
  };
  const rows = [
    times('in a process that has seen half of all patterns', fresh.slice(fresh.length >> 1)),
    times('in a process that has seen a tenth', fresh.slice(Math.ceil(fresh.length / 10), fresh.length >> 1)),
    times('the very first case of a process', cases.slice(0, 20).map(firstCase)),
  ];
  const head = ['a pattern never seen', 'times', 'ms, median', '99 %', 'most'];
  console.log(`${markdown('New patterns', head, rows)}\n`);
});

function each<Item>(name: string, items: readonly Item[], run: (item: Item) => unknown): Contender {
  return {
    name,
    perRound: items.length,
    async run() {
      for (const item of items) {
        const answer = run(item);
        if (answer instanceof Promise) await answer;
      }
    },
  };
}

function atOnce<Item>(
  lanes: number,
  items: readonly Item[],
  run: (item: Item) => Promise<unknown>,
): Contender {
  return {
    name: `zen-engine, decision tables, ${lanes} at once`,
    perRound: items.length,
    async run() {
      for (let from = 0; from < items.length; from += lanes)
        await Promise.all(items.slice(from, from + lanes).map(run));
    },
  };
}

/** Milliseconds that the first decision of a process takes. */
function firstCase({ facts, asOf }: BenchCase): number {
  const script = `
    const [{ loadLibrary }, { decide }, { readFacts }] = await Promise.all(
      ['rule-files/load.js', 'engine/decide.js', 'engine/facts/read-facts.js'].map(
        (file) => import(${JSON.stringify(dist)} + '/' + file),
      ),
    );
    const { program } = (await loadLibrary('rules')).ruleSets.get('yamaguchi/2023-02-24');
    const { facts } = readFacts(program.ruleSet.vocabulary, ${JSON.stringify(facts)}, ${asOf});
    const start = performance.now();
    await decide(program, facts, { explanation: false });
    console.log(performance.now() - start);`;
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }),
  );
}
