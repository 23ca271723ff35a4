/** What `diff` says of pairs of versions, against random cases decided by both: unknown facts included. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decideCase } from '../../src/analysis/cases/decide-case.ts';
import { diff } from '../../src/analysis/diff/diff.ts';
import { editWords } from '../../src/analysis/diff/edit-words.ts';
import { editsBetween } from '../../src/analysis/diff/edits.ts';
import { differingMembers } from '../../src/analysis/diff/tried.ts';
import { remembered } from '../../src/analysis/remembered.ts';
import { type Example, fixedInstants } from '../../src/analysis/search/example.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import { readFacts } from '../../src/engine/facts/read-facts.ts';
import { compile } from '../../src/engine/program.ts';
import { toOffsetDateTime } from '../../src/rulebook/calendar.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { RuleSet } from '../../src/rulebook/rule-set.ts';
import type { FactDefinition } from '../../src/rulebook/vocabulary.ts';
import { runs, THOROUGHNESS } from '../fixtures/runs.ts';
import { vocabularyOf } from '../rulebook/fixtures.ts';
import { keysTouched, schemaKeys } from '../support/rule-keys.ts';
import { VERSION_PAIRS, type VersionPair, versionsOf } from '../support/version-pairs.ts';
import { type Answers, deniedChanges, isClaimedOf, isContradictory, isPartial } from './told-by-diff.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

const sets = new Map<string, RuleSet>();
const vocabularies = new Map<string, ReturnType<typeof vocabularyOf>>();

function ruleSetsOf(pair: VersionPair): [before: RuleSet, after: RuleSet] {
  const [before, after] = versionsOf(pair).map(({ file, text, words }) =>
    remembered(sets, words + text, () => {
      const vocabulary = remembered(vocabularies, words, () => vocabularyOf(words));
      const { ruleSet, problems } = readRuleSet(file, text, vocabulary);
      if (ruleSet === null) throw new Error(JSON.stringify(problems, null, 2));
      return ruleSet;
    }),
  );
  if (!before || !after) throw new Error('no two versions');
  return [before, after];
}

type Given = Record<string, unknown>;

/**
 * Of every fact a value; in every other case some are said to be unknown (`null`) or left out. Half of the cases are near one
 * of the examples: most facts are as they are there.
 */
function casesOf(ruleSet: RuleSet, examples: readonly Example[]) {
  const { timeZone, vocabulary } = ruleSet;
  const bounds = fixedInstants(ruleSet).flatMap((at) => [at - 1, at, at + 86_400_000]);
  const anyOf = ({ type, values }: FactDefinition): fc.Arbitrary<unknown> => {
    const ids = (values ?? []).map(({ id }) => id);
    return {
      boolean: fc.constantFrom(true, true, false),
      enum: fc.constantFrom(...(ids.length > 0 ? ids : [''])),
      text: fc.constantFrom('35', '13', 'x'),
      set: fc.subarray(ids),
      instant: fc.constantFrom(...bounds).map((at) => toOffsetDateTime(at, timeZone)),
      integer: fc.constantFrom(0, 1, 2, 24, 25, 30, 80, 81, 82, 1000, 3000, 10_000, 10_001),
    }[type];
  };
  const facts = [...vocabulary.facts.values()];
  const anywhere = (hasHoles: boolean) => {
    const hole = { weight: hasHoles ? 3 : 0, arbitrary: fc.constantFrom(undefined, null) };
    const all = facts.map((fact) => fc.oneof({ weight: 8, arbitrary: anyOf(fact) }, hole));
    return fc.record({
      asOf: fc.constantFrom(...bounds),
      given: fc.tuple(...all).map((values) => namedBy(facts, values)),
    });
  };
  const [first, ...others] = examples;
  if (!first) return fc.oneof(anywhere(false), anywhere(true));
  const near = (hasHoles: boolean) =>
    fc
      .record({
        example: fc.constantFrom(first, ...others),
        changed: fc.subarray(facts, { maxLength: 3 }),
        other: anywhere(hasHoles),
        isThen: fc.boolean(),
      })
      .map(({ example, changed, other, isThen }) => ({
        asOf: isThen ? Date.parse(example.asOf) : other.asOf,
        given: {
          ...flat(example.facts),
          ...namedBy(
            changed,
            changed.map(({ name }) => other.given[name]),
          ),
        },
      }));
  return fc.oneof(anywhere(false), anywhere(true), near(false), near(true));
}

/** What the two answers differ in, whether or not facts are missing. */
const membersOf = (answers: Answers) => differingMembers({ asOf: '', facts: {}, decisions: [...answers] });

const namedBy = (facts: readonly FactDefinition[], values: readonly unknown[]): Given =>
  Object.fromEntries(facts.map(({ name }, i) => [name, values[i]]));
const flat = (facts: Example['facts']): Given =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([group, members]) =>
      Object.entries(members).map(([name, value]) => [`${group}.${name}`, value]),
    ),
  );

function written(given: Given): Example['facts'] {
  const facts: Example['facts'] = {};
  for (const [fact, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const [group = '', name = ''] = fact.split('.');
    facts[group] = { ...facts[group], [name]: value };
  }
  return facts;
}

const raw = /[{}"]| (?:[a-z][A-Za-z]*) ：|undefined|\[object/;
const shown = THOROUGHNESS > 1 ? VERSION_PAIRS : VERSION_PAIRS.filter((_, i) => i % 6 === 1);

it('there is a pair for every key', () => {
  const touched = VERSION_PAIRS.map(({ edited, old, recent }) => {
    const text = readFileSync(edited, 'utf8');
    return keysTouched(text, text.replace(old, recent));
  });
  const known = new Set(touched.flatMap((keys) => [...keys]));
  const schemas = ['rule-set', 'vocabulary', 'words'].map((name) => `rules/${name}.schema.json`);
  const without = [...schemaKeys(schemas)].filter((key) => !known.has(key));
  expect(without.filter((key) => !isComparison(key)).sort()).toEqual(Object.keys(WITHOUT_PAIR).sort());
});

/** Ways to write an operator: to `diff` each is a condition, and the solver is held to each by differences.brute-force. */
const isComparison = (key: string): boolean => /^[ぁ-ん一-龠]+$/u.test(key) && !/満年齢|時点/.test(key);
const WITHOUT_PAIR: Record<string, string> = {
  prefecture: 'of another prefecture it is another rule file, and no version of this one',
  incident: 'as prefecture',
};

it.each(VERSION_PAIRS)('says in words what was changed: $old', (pair) => {
  const edits = editsBetween(...ruleSetsOf(pair));
  const words = edits.map((edit) => editWords(edit).ja);
  expect(words.length).toBeGreaterThan(0);
  expect(words.filter((one) => raw.test(one))).toEqual([]);
});

it('shows whom a changed meaning of absence concerns', async () => {
  const pair = VERSION_PAIRS.find(({ old }) => old.includes('absent: true'));
  if (!pair) throw new Error('no such pair');
  const { tried, absentOtherwise } = await diff(...ruleSetsOf(pair), solver);
  expect(tried?.absent.map(({ fact }) => fact)).toEqual(absentOtherwise);
  for (const { fact, example } of tried?.absent ?? []) {
    const [group = '', name = ''] = fact.split('.');
    expect(example.facts[group]).not.toHaveProperty(name);
    expect(new Set(example.decisions.map(({ outcome }) => outcome)).size).toBe(2);
  }
});

it.each(shown.map((pair, i) => [i, pair.old.trim().slice(0, 40), pair] as const))(
  'pair %i: %s',
  async (_, __, pair) => {
    const { old } = pair;
    const [before, after] = ruleSetsOf(pair);
    const found = await diff(before, after, solver);
    expect(found.edits.length).toBeGreaterThan(0);
    expect(found.edits.map((edit) => editWords(edit).ja).filter((words) => raw.test(words))).toEqual([]);
    const programs = [compile(before), compile(after)] as const;
    const decided = async (facts: unknown, asOf: number): Promise<Answers | null> => {
      const was = await decideCase(programs[0], { facts, asOf });
      const is = await decideCase(programs[1], { facts, asOf });
      return was.decision && is.decision ? [was.decision, is.decision] : null;
    };
    const told = [...found.differences, ...(found.tried?.absent ?? []), ...(found.tried?.differing ?? [])];
    const examples = told.flatMap(({ example }) => example ?? []);
    const skipped = { withoutExample: told.length - examples.length, unread: 0 };
    for (const { facts, asOf, decisions } of examples) {
      const answers = await decided(facts, Date.parse(asOf));
      if (answers === null) skipped.unread += 1;
      else expect(answers).toEqual(decisions);
      expect(JSON.stringify(decisions[0])).not.toBe(JSON.stringify(decisions[1]));
    }
    expect(skipped).toEqual({ withoutExample: 0, unread: 0 });
    const wrong = new Set<string>();
    const members = new Set<string>();
    const toldMembers = new Set<string>(
      told.flatMap(({ example }) => (example ? differingMembers(example) : [])),
    );
    const counts = { unread: 0, contradictory: 0, unclaimed: 0, partial: 0, known: 0, differing: 0 };
    for (const { asOf, given } of fc.sample(casesOf(before, examples), { numRuns: runs(400), seed: 13 })) {
      const answers = await decided(written(given), asOf);
      if (answers === null) {
        counts.unread += 1;
        continue;
      }
      if (JSON.stringify(answers[0]) !== JSON.stringify(answers[1])) counts.differing += 1;
      const isGiven = Object.keys(given).filter((fact) => given[fact] != null);
      const values = [before, after].map(
        ({ vocabulary }) => readFacts(vocabulary, written(given), asOf).facts?.values,
      );
      const isReadAlike = found.readOtherwise.every((fact) => values[0]?.get(fact) === values[1]?.get(fact));
      // Contradictory facts conclude nothing: all else follows from that change.
      const isFollowed = isContradictory(answers[0]) !== isContradictory(answers[1]);
      if (isReadAlike && !isFollowed) for (const member of membersOf(answers)) members.add(member);
      if (!isReadAlike || !isClaimedOf(found, new Set(isGiven))) counts.unclaimed += 1;
      else {
        if (answers.every(isContradictory)) counts.contradictory += 1;
        else counts[isPartial(answers) ? 'partial' : 'known'] += 1;
        for (const one of deniedChanges(found, [before, after], answers)) wrong.add(one);
      }
    }
    if (THOROUGHNESS > 1) console.log(old.trim().slice(0, 30), JSON.stringify(counts));
    expect([...wrong]).toEqual([]);
    // Whether or not the closing sentence claims anything of such a case. It says that of cases not tried nothing is known: where
    // some member is told, others may follow from it in cases that `diff` did not try. Where none is, none may change.
    const untold = [...members].filter((member) => !toldMembers.has(member));
    if (toldMembers.size === 0) expect(untold).toEqual([]);
    else if (untold.length > 0) console.log(old.trim().slice(0, 30), 'not told:', untold.join(' '));
    if (found.edits.every(({ isAnswered }) => !isAnswered)) expect([...members]).toEqual([]);
    expect(Math.min(counts.known, counts.partial)).toBeGreaterThan(0);
  },
  runs(60_000),
);
