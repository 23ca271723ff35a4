/** What `diff` says of pairs of versions, against random cases decided by both: unknown facts included. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decideCase } from '../../src/analysis/cases/decide-case.ts';
import { type Diff, diff } from '../../src/analysis/diff/diff.ts';
import { editWords } from '../../src/analysis/diff/edit-words.ts';
import { editsBetween } from '../../src/analysis/diff/edits.ts';
import { remembered } from '../../src/analysis/remembered.ts';
import { fixedInstants } from '../../src/analysis/search/example.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import { COMPARED, type Decision, FIELD_NAMES } from '../../src/engine/answer/fields.ts';
import { compile } from '../../src/engine/program.ts';
import { toOffsetDateTime } from '../../src/rulebook/calendar.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { RuleSet } from '../../src/rulebook/rule-set.ts';
import { runs, THOROUGHNESS } from '../fixtures/runs.ts';
import { vocabularyOf } from '../rulebook/fixtures.ts';
import { VERSION_PAIRS } from '../support/version-pairs.ts';
import { wordsOf } from '../support/words.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

const sets = new Map<string, RuleSet>();
const vocabularies = new Map<string, ReturnType<typeof vocabularyOf>>();

function read(file: string, text: string): RuleSet {
  return remembered(sets, text, () => {
    const vocabulary = remembered(vocabularies, file, () => vocabularyOf(wordsOf(text)));
    const { ruleSet, problems } = readRuleSet(file, text, vocabulary);
    if (ruleSet === null) throw new Error(JSON.stringify(problems, null, 2));
    return ruleSet;
  });
}

/** Of every fact some values, `null` where it is said to be unknown, and often nothing at all. */
function casesOf(ruleSet: RuleSet) {
  const { timeZone, vocabulary } = ruleSet;
  const bounds = fixedInstants(ruleSet).flatMap((at) => [at - 1, at, at + 86_400_000]);
  const facts = [...vocabulary.facts.values()].map(({ name, type, values }) => {
    const ids = (values ?? []).map(({ id }) => id);
    const value = {
      boolean: fc.constantFrom(true, true, false),
      enum: fc.constantFrom(...(ids.length > 0 ? ids : [''])),
      text: fc.constantFrom('35', '13', 'x'),
      set: fc.subarray(ids),
      instant: fc.constantFrom(...bounds).map((at) => toOffsetDateTime(at, timeZone)),
      integer: fc.constantFrom(0, 1, 2, 24, 25, 30, 80, 81, 82, 1000, 3000, 10_000, 10_001),
    }[type];
    return fc
      .oneof({ weight: 8, arbitrary: value }, { weight: 1, arbitrary: fc.constantFrom(undefined, null) })
      .map((given): [string, unknown] => [name, given]);
  });
  return fc.record({ asOf: fc.constantFrom(...bounds), facts: fc.tuple(...facts) });
}

function written(given: readonly [string, unknown][]): Record<string, Record<string, unknown>> {
  const facts: Record<string, Record<string, unknown>> = {};
  for (const [fact, value] of given) {
    if (value === undefined) continue;
    const [group = '', name = ''] = fact.split('.');
    facts[group] = { ...facts[group], [name]: value };
  }
  return facts;
}

const ids = (answer: Decision, field: 'categories' | 'remedies'): string[] =>
  answer[field].map(({ id }) => id);

/** What two answers to one case differ in of what the proof speaks of, and the diff does not say. */
function denied({ differences, isProved }: Diff, was: Decision, is: Decision): string[] {
  if (!isProved) return [];
  const differing = FIELD_NAMES.filter(
    (name) => COMPARED.has(name) && JSON.stringify(was[name]) !== JSON.stringify(is[name]),
  );
  const isContradictory = [was, is].some(({ contradictions }) => contradictions.length > 0);
  if (isContradictory || was.missingFacts.length + is.missingFacts.length > 0) return [];
  const found: string[] = [];
  if (was.outcome !== is.outcome) {
    const told = differences.some(
      (one) =>
        one.kind === 'changed' &&
        one.field === 'outcome' &&
        one.from === was.outcome &&
        one.to === is.outcome,
    );
    if (!told) found.push(`outcome ${was.outcome} → ${is.outcome}`);
  } else
    for (const field of ['categories', 'remedies'] as const) {
      const [a, b] = [ids(was, field), ids(is, field)];
      const changed = [
        ...a.filter((id) => !b.includes(id)).map((id) => `removed ${field} ${id}`),
        ...b.filter((id) => !a.includes(id)).map((id) => `added ${field} ${id}`),
      ];
      for (const change of changed) {
        const isTold = differences.some(
          (one) =>
            (one.kind === 'added' || one.kind === 'removed') &&
            `${one.kind} ${one.field} ${one.what}` === change,
        );
        if (!isTold) found.push(change);
      }
    }
  const sameWords = new Set(['outcome', 'categories', 'remedies', 'brands']);
  const moved = differing.filter((name) => !sameWords.has(name) && idsIn(was[name]) !== idsIn(is[name]));
  if (moved.length > 0 && differences.length === 0) found.push(...moved);
  if ((was.amount?.yen ?? null) !== (is.amount?.yen ?? null) && differences.length === 0)
    found.push('amount');
  return found;
}

/** Of ids alone: the proof does not speak of wording and order. */
function idsIn(value: unknown): string {
  const found = JSON.stringify(value, (key, inner) =>
    ['label', 'text', 'question', 'senders', 'url'].includes(key) ? undefined : inner,
  );
  return Array.isArray(value)
    ? [...value]
        .map((one) => JSON.stringify(one?.id ?? ''))
        .sort()
        .join()
    : found;
}

const raw = /[{}"]| (?:[a-z][A-Za-z]*) ：|undefined|\[object/;
const shown = THOROUGHNESS > 1 ? VERSION_PAIRS : VERSION_PAIRS.filter((_, i) => i % 12 === 1);

it.each(VERSION_PAIRS)('says in words what was changed: $old', ({ file, old, recent }) => {
  const text = readFileSync(file, 'utf8');
  const edits = editsBetween(read(file, text), read(file, text.replace(old, recent)));
  const words = edits.map((edit) => editWords(edit).ja);
  expect(words.length).toBeGreaterThan(0);
  expect(words.filter((one) => raw.test(one))).toEqual([]);
});

it('shows whom a changed meaning of absence concerns', async () => {
  const pair = VERSION_PAIRS.find(({ old }) => old.includes('absent: true'));
  const [file, old, recent] = [pair?.file ?? '', pair?.old ?? '', pair?.recent ?? ''];
  const text = readFileSync(file, 'utf8');
  const { tried, absentOtherwise } = await diff(
    read(file, text),
    read(file, text.replace(old, recent)),
    solver,
  );
  expect(tried?.absent.map(({ fact }) => fact)).toEqual(absentOtherwise);
  for (const { fact, example } of tried?.absent ?? []) {
    const [group = '', name = ''] = fact.split('.');
    expect(example.facts[group]).not.toHaveProperty(name);
    expect(new Set(example.decisions.map(({ outcome }) => outcome)).size).toBe(2);
  }
});

it.each(shown.map((pair, i) => [i, pair.old.trim().slice(0, 40), pair] as const))(
  'pair %i: %s',
  async (_, __, { file, old, recent }) => {
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(old);
    const [before, after] = [read(file, text), read(file, text.replace(old, recent))];
    const found = await diff(before, after, solver);
    expect(found.edits.length).toBeGreaterThan(0);
    expect(found.edits.map((edit) => editWords(edit).ja).filter((words) => raw.test(words))).toEqual([]);
    const programs = [compile(before), compile(after)] as const;
    const decided = async (facts: unknown, asOf: number) =>
      [
        await decideCase(programs[0], { facts, asOf }),
        await decideCase(programs[1], { facts, asOf }),
      ] as const;
    const examples = [
      ...found.differences.map(({ example }) => example),
      ...(found.tried?.absent ?? []).map(({ example }) => example),
      ...(found.tried?.differing ?? []).map(({ example }) => example),
    ];
    for (const example of examples) {
      if (example === null) continue;
      const [was, is] = await decided(example.facts, Date.parse(example.asOf));
      const [first, second] = example.decisions;
      if (!was.decision || !is.decision) continue;
      expect([was.decision, is.decision]).toEqual([first, second]);
      expect(JSON.stringify(was.decision)).not.toBe(JSON.stringify(is.decision));
    }
    const wrong = new Set<string>();
    const numRuns = runs(100);
    let [judged, differing] = [0, 0];
    for (const { asOf, facts } of fc.sample(casesOf(before), { numRuns, seed: 13 })) {
      const [was, is] = await decided(written(facts), asOf);
      if (!was.decision || !is.decision) continue;
      judged += 1;
      if (JSON.stringify(was.decision) !== JSON.stringify(is.decision)) differing += 1;
      for (const one of denied(found, was.decision, is.decision)) wrong.add(one);
    }
    if (THOROUGHNESS > 1)
      console.log(
        `${old.trim().slice(0, 30)}: ${judged} read, ${differing} differ, ${examples.length} examples`,
      );
    expect([...wrong]).toEqual([]);
  },
  runs(60_000),
);
