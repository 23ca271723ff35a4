/** Decisions in process, with reasons: ours against json-rules-engine on the same rule file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { measure, randomCases, table } from './cases.ts';
import { plainEngine } from './plain-engine.ts';

const dist = inject('dist');
const load = <T>(path: string): Promise<T> => import(/* @vite-ignore */ join(dist, path));

const RULES = 'rules/yamaguchi/2023-02-24.yaml';

test('engine', async () => {
  // The compiled program, as it is served.
  const { readVocabulary } =
    await load<typeof import('../src/rulebook/vocabulary.ts')>('rulebook/vocabulary.js');
  const { readRuleSet } =
    await load<typeof import('../src/rulebook/read-rule-set.ts')>('rulebook/read-rule-set.js');
  const { compile } = await load<typeof import('../src/engine/program.ts')>('engine/program.js');
  const { decide } = await load<typeof import('../src/engine/decide.ts')>('engine/decide.js');
  const { judge } = await load<typeof import('../src/engine/judge.ts')>('engine/judge.js');
  const { readFacts } = await load<typeof import('../src/engine/read-facts.ts')>('engine/read-facts.js');
  const { truthOf } = await load<typeof import('../src/engine/operators.ts')>('engine/operators.js');
  const { resolveOperand } = await load<typeof import('../src/engine/values.ts')>('engine/values.js');
  const { OPERATOR_NAMES } =
    await load<typeof import('../src/rulebook/operators.ts')>('rulebook/operators.js');
  const { SECTIONS } = await load<typeof import('../src/rulebook/rule-set.ts')>('rulebook/rule-set.js');

  const { vocabulary } = readVocabulary('v', readFileSync('rules/vocabulary.yaml', 'utf8'));
  const ruleSet = vocabulary && readRuleSet(RULES, readFileSync(RULES, 'utf8'), vocabulary).ruleSet;
  if (!ruleSet) throw new Error('the rule set is not sound');
  const program = compile(ruleSet);
  const cases = randomCases(RULES.replace('.yaml', '.cases.yaml'), 20_000);
  const read = cases.map(({ facts, asOf }) => {
    const { facts: known } = readFacts(ruleSet.vocabulary, facts, asOf);
    if (!known) throw new Error('bad facts');
    return known;
  });

  const reasons = { explanation: false };
  const full = { explanation: true };
  const seen: number[] = [];
  for (const facts of read) {
    const before = program.memory.size;
    const start = performance.now();
    await decide(program, facts, reasons);
    if (program.memory.size > before) seen.push(performance.now() - start);
  }
  seen.sort((a, b) => a - b);

  const plain = plainEngine(program, {
    truthOf: (operator, left, right) => Reflect.apply(truthOf, null, [operator, left, right]),
    resolveOperand: (operand, values, of) => Reflect.apply(resolveOperand, null, [operand, values, of]),
    operators: OPERATOR_NAMES,
    sections: SECTIONS,
  });
  // In agreement, where nothing that is unknown leaves a rule open: the peer knows only true and false.
  let agreed = 0;
  for (const facts of read.slice(0, 500)) {
    const decision = await decide(program, facts, reasons);
    const { sections } = await judge(program, facts.slots);
    const isOpen = Object.values(sections).some(
      ({ section, open }) => open.length > 0 && section !== 'contradictions',
    );
    if (isOpen || decision.contradictions.length > 0) continue;
    const held = await plain(facts.slots);
    expect(held.outcome?.[0]?.concludes).toBe(decision.outcome);
    expect(held.claimState?.[0]?.concludes).toBe(decision.claimState.id);
    expect(held.eligibility?.map((r) => r.concludes)).toEqual(decision.categories.map((c) => c.id));
    agreed++;
  }

  const some = read.slice(0, 300);
  const peer = await measure('json-rules-engine, flat facts', some.length, 5, async () => {
    for (const facts of some) await plain(facts.slots);
  });
  const ours = await measure('hosho, with reasons', read.length, 5, async () => {
    for (const facts of read) await decide(program, facts, reasons);
  });
  const raw = await measure(
    'hosho, with reasons, from the request’s JSON values',
    cases.length,
    5,
    async () => {
      for (const { facts, asOf } of cases) {
        const { facts: known } = readFacts(ruleSet.vocabulary, facts, asOf);
        if (known) await decide(program, known, reasons);
      }
    },
  );
  const few = read.slice(0, 4000);
  const explained = await measure('hosho, with the full explanation', few.length, 5, async () => {
    for (const facts of few) await decide(program, facts, full);
  });
  console.log(`\n${table('Decisions in process, one thread', [peer, ours, raw, explained], peer)}`);
  const at = (share: number): string => (seen[Math.floor(seen.length * share)] ?? 0).toFixed(1);
  console.log(
    `\n${cases.length} cases, ${program.leaves.length} distinct comparisons, ${ruleSet.rules.length} rules; ${agreed} of 500 compared with the peer, all in agreement.`,
    `\n${seen.length} patterns never seen: median ${at(0.5)} ms, 90 % ${at(0.9)} ms, most ${seen.at(-1)?.toFixed(1)} ms (the first ones learn every rule).\n`,
  );
});
