/**
 * Faults that all other tests once let through. Each test fails when the code is broken as its comment says; none of them
 * holds by chance, because the two cases compared differ in that alone.
 */
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/engine/answer/fields.ts';
import type { Program } from '../../src/engine/program.ts';
import { decideAfresh, decideCase, programOf, programWhen } from './small.ts';

const leaf = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });
const category = (id: string, when: unknown) => ({ id, clause: 'C1', label: id, when });
const ids = (things: readonly { id: string }[]): string[] => things.map(({ id }) => id);

/** One program decides all the cases, in both directions, and each as a program does that has seen none. */
async function allAsAfresh(program: () => Program, cases: readonly unknown[]): Promise<Decision[]> {
  const fresh = await Promise.all(cases.map((facts) => decideAfresh(program(), { case: facts })));
  for (const order of [[...cases.keys()], [...cases.keys()].reverse()]) {
    const remembering = program();
    for (const i of order) expect(await decideCase(remembering, { case: cases[i] })).toEqual(fresh[i]);
  }
  return fresh;
}

describe('the order of bounds', () => {
  // ROOM 2 → 1: days 2 and 3 would lie equally far below 4. Also: the key without the order of bounds.
  it('tells whether there is a number between a known amount and a bound of the file', async () => {
    const between = {
      all: [leaf('case.hours', 'greaterThan', { fact: 'case.tally' }), leaf('case.hours', 'lessThan', 4)],
    };
    const decided = await allAsAfresh(() => programWhen(between), [{ tally: 2 }, { tally: 3 }, { tally: 4 }]);
    expect(decided.map(({ outcome }) => outcome)).toEqual(['open', 'denied', 'denied']);
  });

  // ROOM 2 → 1, and the distances between two known amounts left out.
  it('tells whether there is a number between two known amounts', async () => {
    const between = {
      all: [
        leaf('case.hours', 'greaterThan', { fact: 'case.tally' }),
        leaf('case.hours', 'lessThan', { fact: 'case.total' }),
      ],
    };
    const cases = [8, 9, 10].map((total) => ({ tally: 7, total }));
    const decided = await allAsAfresh(() => programWhen(between), cases);
    expect(decided.map(({ outcome }) => outcome)).toEqual(['denied', 'open', 'open']);
  });
});

describe('the decision key', () => {
  // The truths of rules in place of those of comparisons: the second case would be explained by the first one's.
  it('cases that come to the same by other comparisons are each explained by their own', async () => {
    const either = { any: [leaf('case.flag', 'equal', true), leaf('case.kind', 'equal', 'one')] };
    const decided = await allAsAfresh(
      () => programWhen(either),
      [
        { flag: true, kind: 'two' },
        { flag: false, kind: 'one' },
        { flag: true, kind: 'one' },
      ],
    );
    const why = decided.map(({ explanation }) =>
      explanation?.find(({ rule }) => rule === 'eligibility/A')?.conditions.map(({ fact }) => fact),
    );
    expect(why).toEqual([['case.flag'], ['case.kind'], ['case.flag', 'case.kind']]);
  });

  // Only the first ten truths packed, or the last, unfinished character left out.
  it('takes in every comparison, however many there are', async () => {
    const bounds = Array.from({ length: 25 }, (_, i) => i);
    const program = () =>
      programOf({
        eligibility: bounds.map((bound) => category(`A${bound}`, leaf('case.hours', 'greaterThan', bound))),
      });
    const decided = await allAsAfresh(
      program,
      [...bounds, 25].map((hours) => ({ hours })),
    );
    expect(decided.map(({ categories }) => categories.length)).toEqual([...bounds, 25]);
  });

  // assumedBits left out: what was said would be told as assumed, or the other way round.
  it('tells a fact that was left out from one that was given as what it is taken for', async () => {
    const when = leaf('case.other', 'equal', false);
    const decided = await allAsAfresh(() => programWhen(when), [{}, { other: false }]);
    expect(decided.map(({ assumptions }) => assumptions.map(({ fact }) => fact))).toEqual([
      ['case.other'],
      [],
    ]);
  });
});

describe('sections are remembered by all that they read', () => {
  // `reads` left out of the key: the outcome compares no fact, only what was concluded before.
  it('by what earlier sections concluded', async () => {
    const decided = await allAsAfresh(() => programOf({}), [{ flag: true }, { flag: false }, {}]);
    expect(decided.map(({ outcome }) => outcome)).toEqual(['granted', 'denied', 'open']);
  });

  // The section left out of the key: contradictions and eligibility compare the same.
  it('and by which section it is', async () => {
    const program = () =>
      programOf({
        contradictions: [{ ...category('odd', leaf('case.flag', 'equal', false)), facts: ['case.flag'] }],
        eligibility: [category('A', leaf('case.flag', 'equal', true))],
      });
    const decided = await allAsAfresh(program, [{ flag: true }, { flag: false }]);
    expect(decided.map(({ outcome }) => outcome)).toEqual(['granted', 'contradictory']);
  });
});

describe('candidate values', () => {
  const parts = ['p', 'q', 'r', 's', 't', 'u', 'v', 'w'];
  const exactly = (some: readonly string[], all: readonly string[]) => ({
    all: all.map((part) => {
      const includes = leaf('case.code', 'includesText', part);
      return some.includes(part) ? includes : { not: includes };
    }),
  });
  // Subsets of one text in place of eight (or seven): neither small nor nearly full, so it would not be tried.
  it.each([
    [2, 4],
    [4, 8],
  ])('%i of the %i texts named, and none of the others, is one of the values tried', async (some, all) => {
    const program = programWhen(exactly(parts.slice(0, some), parts.slice(0, all)));
    expect(await decideCase(program, { case: {} })).toMatchObject({
      outcome: 'open',
      missingFacts: [{ fact: 'case.code' }],
    });
  });
});

describe('rules that lead to the same state', () => {
  const information = { papers: { label: '書類', clause: 'C1', items: { a: '甲' } } };
  const one = { when: leaf('case.kind', 'equal', 'one'), concludes: 'waiting' };
  // The first rule taken for what all of them say, whichever comes first.
  it.each([
    ['the first says more', ['ask', 'apply'], ['apply']],
    ['the second says more', ['apply'], ['ask', 'apply']],
    ['each says something of its own', ['ask', 'apply'], ['apply', 'correct']],
  ])('share only what each of them says: %s', async (_, first, second) => {
    const program = programOf({
      information,
      claimState: [
        { id: 'a', ...one, nextSteps: first, requiredInformation: 'papers' },
        { id: 'b', concludes: 'waiting', nextSteps: second },
      ],
    });
    const decision = await decideCase(program, { case: { flag: true } });
    expect(decision.claimState?.id).toBe('waiting');
    expect(ids(decision.nextSteps)).toEqual(['apply']);
    expect(decision.requiredInformation).toEqual([]);
  });
});

describe('missing facts', () => {
  // `relevantFacts` without its last line: each fact is fixed by the other, so neither alone changes anything.
  it('that can only change together are all asked for', async () => {
    const [flag, one] = [leaf('case.flag', 'equal', true), leaf('case.kind', 'equal', 'one')];
    const program = programOf({
      contradictions: [
        {
          ...category('odd', { any: [{ all: [flag, { not: one }] }, { all: [{ not: flag }, one] }] }),
          facts: ['case.flag', 'case.kind'],
        },
      ],
      eligibility: [category('A', flag), category('B', one)],
    });
    const decision = await decideCase(program, { case: {} });
    expect(decision.outcome).toBe('open');
    expect(decision.missingFacts.map(({ fact }) => fact)).toEqual(['case.flag', 'case.kind']);
  });
});

describe('what is open', () => {
  // `truthByTest` true (or false) as soon as one of the things that a state may be is.
  it('in an earlier section leaves open what reads it', async () => {
    const program = programOf({
      claimState: [
        { id: 'closed', when: leaf('case.kind', 'equal', 'one') },
        { id: 'waiting', when: leaf('case.kind', 'equal', 'two') },
        { id: 'rest', concludes: 'waiting' },
      ],
      outcome: [{ id: 'granted', when: leaf('claimState', 'equal', 'closed') }, { id: 'denied' }],
    });
    const decision = await decideCase(program, { case: { flag: true } });
    expect(decision.outcome).toBe('open');
    const reason = decision.explanation?.find(({ rule }) => rule === 'outcome/granted');
    expect(reason).toMatchObject({
      truth: 'unknown',
      conditions: [{ fact: 'claimState', truth: 'unknown' }],
    });
  });

  // `decisiveComparisons` that at unknown goes only into parts that are unknown themselves.
  it('is explained by every comparison that cannot be told, also in a part that fails', async () => {
    const failing = { all: [leaf('case.flag', 'equal', true), leaf('case.kind', 'equal', 'one')] };
    const program = programWhen({ any: [failing, leaf('case.hours', 'greaterThan', 3)] });
    const { explanation } = await decideCase(program, { case: { kind: 'two' } });
    const rule = explanation?.find((one) => one.rule === 'eligibility/A');
    expect(rule).toMatchObject({ truth: 'unknown' });
    expect(rule?.conditions.map(({ fact }) => fact)).toEqual(['case.flag', 'case.hours']);
  });

  // `decisiveComparisons` that at false takes every comparison that fails, also those of parts that hold.
  it('or failed is explained by the parts that failed, not by what failed in a part that holds', async () => {
    const holding = { any: [leaf('case.flag', 'equal', true), leaf('case.kind', 'equal', 'one')] };
    const program = programWhen({ all: [holding, leaf('case.hours', 'greaterThan', 3)] });
    const { explanation } = await decideCase(program, { case: { flag: false, kind: 'one', hours: 1 } });
    const rule = explanation?.find((one) => one.rule === 'eligibility/A');
    expect(rule?.conditions.map(({ fact }) => fact)).toEqual(['case.hours']);
  });
});
