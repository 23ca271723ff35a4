/** What the cases show of every rule and comparison. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coverage } from '../../src/analysis/coverage/questions.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import { casesOf, category, equal, flag, mutableOf, other, type Small } from './small-cases.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

/** What is not covered, of the category alone: kind, showing, line:column. */
async function open(written: Record<string, unknown>, ...cases: Small[]): Promise<string[]> {
  const { program, source } = mutableOf(written);
  const covered = await coverage(program.ruleSet, source, casesOf(...cases), solver);
  return covered
    .filter(({ question: { about }, kind }) => kind !== 'covered' && /eligibility|conditions/.test(about))
    .map(({ question: { showing, about, position }, kind }) => {
      const line = source.text.split('\n')[position.line - 1]?.trim();
      return `${kind} ${showing} ${about} ${line}`;
    });
}

const both = { eligibility: category({ all: [flag, other] }) };
const T = { flag: true, other: true };

describe('a condition of two comparisons', () => {
  it('is covered by the three cases that MC/DC asks for', async () => {
    const cases = [T, { flag: false, other: true }, { flag: true, other: false }];
    expect(await open(both, ...cases.map((facts) => ({ facts })))).toEqual([]);
  });

  it('is not covered where a comparison is never false while the other is true', async () => {
    expect(await open(both, { facts: T }, { facts: { flag: false, other: false } })).toEqual([
      'uncovered decides-false eligibility/A - fact: case.flag',
      'uncovered decides-false eligibility/A - fact: case.other',
    ]);
  });

  it('takes nothing from a fact that is unknown', async () => {
    const found = await open(both, { facts: { other: true } });
    expect(found).toContain('uncovered taken eligibility/A - id: A');
    expect(found).toContain('uncovered not-taken eligibility/A - id: A');
    expect(found).toHaveLength(6);
  });
});

it('tells apart what no case could show', async () => {
  const written = { eligibility: category({ any: [flag, { all: [flag, other] }] }) };
  const found = await open(written, { facts: { flag: true } }, { facts: { flag: false, other: true } });
  expect(found.toSorted()).toEqual([
    'impossible decides-false eligibility/A - fact: case.other',
    'impossible decides-true eligibility/A - fact: case.flag',
    'impossible decides-true eligibility/A - fact: case.other',
  ]);
});

it('asks that a comparison of a named condition decides a rule, not only the condition', async () => {
  const third = equal('case.kind', 'one');
  const written = {
    conditions: { either: { any: [flag, other] } },
    eligibility: category({ all: [{ condition: 'either' }, third] }),
  };
  const facts = { flag: true, other: false };
  const decided = 'uncovered decides-true conditions/either - fact: case.flag';
  expect(await open(written, { facts: { ...facts, kind: 'two' } })).toContain(decided);
  expect(await open(written, { facts: { ...facts, kind: 'one' } })).not.toContain(decided);
});

it('does not count a state that one above it has taken', async () => {
  const written = {
    outcome: [{ id: 'denied', when: flag }, { id: 'granted', when: other }, { id: 'review' }],
  };
  const { program, source } = mutableOf(written);
  const covered = await coverage(program.ruleSet, source, casesOf({ facts: T }), solver);
  const kinds = covered
    .filter(({ question }) => question.about === 'outcome/granted')
    .map(({ kind }) => kind);
  expect(kinds).toEqual(['uncovered', 'uncovered', 'uncovered', 'uncovered']);
});

it('does not count facts that contradict each other', async () => {
  const odd = { id: 'odd', label: '矛盾', clause: 'C1', facts: ['case.other'], when: other };
  const written = { contradictions: [odd], eligibility: category(flag) };
  expect(await open(written, { facts: T })).toContain('uncovered taken eligibility/A - id: A');
  expect(await open(written, { facts: { flag: true, other: false } })).not.toContain(
    'uncovered taken eligibility/A - id: A',
  );
});
