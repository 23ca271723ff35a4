/** What `hosho rules export` prints, on json-rules-engine and the published module alone, concludes what hosho does. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Engine } from 'json-rules-engine';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { decide } from '../../src/engine/decide.ts';
import { exportRules } from '../../src/engine/judge/json-rules-engine/export-rules.ts';
import { addFacts, addOperators } from '../../src/engine/judge/json-rules-engine/operators.ts';
import { judge } from '../../src/engine/judge/judge.ts';
import { compile, type Program } from '../../src/engine/program.ts';
import { comparableText } from '../../src/rulebook/compared-texts.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { FactDefinition } from '../../src/rulebook/vocabulary.ts';
import { vocabularyOf } from '../rulebook/fixtures.ts';
import { allWords } from '../support/words.ts';
import { asOf, facts as factsAtRandom, ruleFile, vocabulary } from './generated.ts';
import { factsOf, programOf } from './small.ts';

const page = readFileSync('docs/json-rules-engine.md', 'utf8');
const block = (fence: string): string =>
  new RegExp(`\`\`\`${fence}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';

type Facts = Record<string, Record<string, unknown>>;
type Concluded = Record<string, { rule: string; concludes: string }[]>;
type Judge = (facts: Record<string, unknown>) => Promise<Concluded>;

/** The lines of the page as they stand there, but that their imports are handed in. */
const [imports = '', lines = ''] = block('js').split(/\n\n(?=export)/);
const load: (exported: unknown) => Judge = new Function(
  ...['Engine', 'addFacts', 'addOperators'],
  `${lines.replace('export function', 'return function')}`,
)(Engine, addFacts, addOperators);

const printed = ({ ruleSet }: Program): string => JSON.stringify(exportRules(ruleSet));

/** As the page says: full names, instants as epoch milliseconds. */
function flat({ ruleSet }: Program, facts: Facts, at: string): Record<string, unknown> {
  const entries = Object.entries(facts).flatMap(([group, members]) =>
    Object.entries(members).map(([member, value]): [string, unknown] => {
      const name = `${group}.${member}`;
      const definition = ruleSet.vocabulary.facts.get(name);
      if (definition?.type === 'instant') return [name, Date.parse(String(value))];
      const isText = definition?.type === 'text' && typeof value === 'string';
      return [name, isText ? comparableText(value, definition.comparedAs) : value];
    }),
  );
  return { ...Object.fromEntries(entries), asOf: Date.parse(at) };
}

const ruleIds = (concluded: Concluded, { ruleSet }: Program) =>
  Object.fromEntries(
    ruleSet.sections.map(({ name }) => [name, (concluded[name] ?? []).map(({ rule }) => rule)]),
  );

async function ours(program: Program, facts: Facts, at: string) {
  const { sections, disagreements } = await judge(program, factsOf(program, facts, at).slots);
  expect(disagreements).toEqual([]);
  return Object.fromEntries(
    [...sections].map(([name, { holding }]) => [name, holding.map(({ rule }) => rule.id)]),
  );
}

/** The rules that hold, and what an answer says of them. */
async function compare(program: Program, run: Judge, facts: Facts, at: string): Promise<void> {
  const concluded = await run(flat(program, facts, at));
  expect(ruleIds(concluded, program)).toEqual(await ours(program, facts, at));
  if (concluded.contradictions?.length !== 0) return;
  const decision = await decide(program, factsOf(program, facts, at), { explanation: false });
  const ids = (section: string) => (concluded[section] ?? []).map(({ concludes }) => concludes);
  expect({
    categories: ids('eligibility'),
    remedies: ids('remedies'),
    outcome: ids('outcome')[0],
    claimState: ids('claimState')[0],
    voucherState: ids('voucherState')[0] ?? null,
  }).toEqual({
    categories: decision.categories.map(({ id }) => id),
    remedies: decision.remedies.map(({ id }) => id),
    outcome: decision.outcome,
    claimState: decision.claimState?.id,
    voucherState: decision.voucherState?.id ?? null,
  });
}

const casesSchema = z.object({
  cases: z.array(
    z.looseObject({
      id: z.string(),
      asOf: z.string(),
      facts: z.record(z.string(), z.record(z.string(), z.unknown())),
    }),
  ),
});

function shipped(path: string) {
  const shared = vocabularyOf(allWords());
  const { ruleSet, problems } = readRuleSet(path, readFileSync(path, 'utf8'), shared);
  if (ruleSet === null) throw new Error(JSON.stringify(problems));
  const program = compile(ruleSet);
  const text = readFileSync(path.replace('.yaml', '.cases.yaml'), 'utf8');
  const { cases } = casesSchema.parse(parse(text));
  return { program, cases };
}

const INSTANTS = ['2023-02-24T23:59:30+09:00', '2023-03-20T10:00:00+09:00', '2024-08-01T00:00:00+09:00'];

/** Values that a fact may take, to fill in what a case leaves unknown. */
function choices({ type, values, pattern, dateMeans }: FactDefinition): unknown[] {
  const ids = values?.map(({ id }) => id) ?? [];
  switch (type) {
    case 'boolean':
      return [true, false];
    case 'enum':
      return ids;
    case 'set':
      return [[], ids, ids.slice(0, 1)];
    case 'instant':
      // A midnight does not say which day it ends, and is unknown then.
      return dateMeans === null ? INSTANTS : INSTANTS.filter((text) => !text.includes('T00:00:00'));
    case 'integer':
      return [0, 1, 2500];
    case 'text':
      return pattern === null
        ? ['someone@example.jp', '-']
        : ['35', '13', 'T1'].filter((text) => new RegExp(pattern).test(text));
  }
}

function completed({ ruleSet }: Program, facts: Facts, seed: number): Facts {
  const complete: Facts = structuredClone(facts);
  let step = seed;
  for (const definition of ruleSet.vocabulary.facts.values()) {
    const [group = '', member = ''] = definition.name.split('.');
    if (definition.absent.kind !== 'unknown' || complete[group]?.[member] !== undefined) continue;
    const all = choices(definition);
    complete[group] = { ...complete[group], [member]: all[step % all.length] };
    step = (step * 31 + 7) % 1009;
  }
  return complete;
}

const FILES = [
  'rules/yamaguchi/2023-02-24.yaml',
  'rules/sample/network-outage-2024.yaml',
  'rules/sample/disaster-relief-2024.yaml',
  'rules/sample/mobile-outage-2024.yaml',
  'rules/sample/express-ticket-2024.yaml',
  'rules/sample/card-terminal-2024.yaml',
];

it('the page imports what it is handed here', () => {
  expect(imports.split('\n')).toEqual([
    "import { addFacts, addOperators } from 'hosho/json-rules-engine-operators';",
    "import { Engine } from 'json-rules-engine';",
  ]);
});

describe.each(FILES)('%s', { timeout: 180_000 }, (path) => {
  const { program, cases } = shipped(path);
  const text = printed(program);

  it('concludes the same for every case, completed', async () => {
    const run = load(JSON.parse(text));
    expect(cases.length).toBeGreaterThan(5);
    for (const [seed, one] of cases.entries())
      await compare(program, run, completed(program, one.facts, seed), one.asOf);
  });

  it('is told apart from one with a comparison turned round', async () => {
    const turned = text.replaceAll('"operator":"greaterThanInclusive"', '"operator":"lessThan"');
    expect(turned).not.toBe(text);
    const run = load(JSON.parse(turned));
    const differs = async (facts: Facts, at: string): Promise<boolean> =>
      JSON.stringify(ruleIds(await run(flat(program, facts, at)), program)) !==
      JSON.stringify(await ours(program, facts, at));
    let found = false;
    for (const [seed, one] of cases.entries())
      found ||= await differs(completed(program, one.facts, seed), one.asOf);
    expect(found).toBe(true);
  });
});

it('concludes the same for rule sets and cases at random', { timeout: 180_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      ruleFile,
      fc.array(fc.tuple(factsAtRandom(0, 0), asOf), { minLength: 2, maxLength: 2 }),
      async (file, cases) => {
        const program = programOf(file, vocabulary);
        const run = load(JSON.parse(printed(program)));
        for (const [facts, at] of cases) await compare(program, run, facts, at);
      },
    ),
    { numRuns: 40 },
  );
});

it('what is left out of a case is what the vocabulary says', async () => {
  const fact = (name: string, type: string) =>
    `  ${name}: { ${type}, label: ${name}, question: ${name}はどうですか。 }\n`;
  const choicesOfSet = 'type: set, values: { p: 甲, q: 乙 }';
  const absences = vocabularyOf(
    [
      ...[
        'facts:\n',
        fact('g.yes', 'type: boolean, absent: true'),
        fact('g.none', `${choicesOfSet}, absent: none`),
      ],
      ...[fact('g.all', `${choicesOfSet}, absent: all`), fact('g.yen', 'type: yen, absent: none')],
      'outcomes: { granted: 対象, denied: 対象外, open: 情報不足, odd: 矛盾 }\nvoucherStates: { unknown: わからない }\n',
      'claimStates: { waiting: 待ち, unknown: わからない }\nnextSteps: { provide: お知らせください }\n',
      'whenUnknown: { outcome: open, state: unknown, nextStep: provide }\n',
      'whenContradictory: { outcome: odd, state: unknown, nextStep: provide }\n',
    ].join(''),
  );
  const rule = (id: string, name: string, operator: string, value: unknown) => ({
    ...{ id, clause: 'C1', label: id, when: { fact: name, operator, value } },
  });
  const eligibility = [
    rule('YES', 'g.yes', 'equal', true),
    rule('NONE', 'g.none', 'doesNotContain', 'p'),
    rule('ALL', 'g.all', 'containsAll', ['p', 'q']),
    rule('YEN', 'g.yen', 'lessThan', { sum: [1, { fact: 'g.yen' }] }),
  ];
  const program = programOf({ eligibility }, absences);
  const run = load(JSON.parse(printed(program)));
  const at = '2023-04-15T12:00:00+09:00';
  expect(ruleIds(await run(flat(program, {}, at)), program).eligibility).toEqual(['YES', 'NONE', 'ALL']);
  for (const facts of [{}, { g: { yes: false, none: ['p'], all: ['p'], yen: 3 } }])
    await compare(program, run, facts, at);
});

it('the page shows the rule as it is printed', () => {
  const shown = JSON.parse(block('json'));
  const { sections } = exportRules(shipped('rules/yamaguchi/2023-02-24.yaml').program.ruleSet);
  const eligibility = sections.find(({ section }) => section === 'eligibility');
  expect(eligibility?.conditions).toMatchObject(shown.conditions);
  expect(eligibility?.rules[0]).toEqual(shown.rules[0]);
  const yaml = readFileSync('rules/yamaguchi/2023-02-24.yaml', 'utf8');
  for (const line of block('yaml').split('\n')) expect(yaml).toContain(line);
});
