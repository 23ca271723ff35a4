/** What changes between two small rule sets, against trying every case under both. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Difference, diff } from '../../src/analysis/diff/diff.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import type { RuleSet } from '../../src/rulebook/rule-set.ts';
import { ruleSetOf } from '../engine/small.ts';
import { runs } from '../fixtures/runs.ts';
import { answer, everyCase, wordsOf } from './enumeration.ts';
import { choices, choicesInTime, pair, pairInTime, vocabulary } from './generated.ts';
import { provablySame } from './small-cases.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

type Words = ReturnType<typeof wordsOf>;
const WORDS = ['outcome', 'voucherState', 'claimState'] as const;
const LEVELS = [
  ['outcome', 'categories', 'remedies'],
  ['voucherState', 'claimState', 'states', 'claims'],
  ['nextSteps', 'deadlines', 'assumptions'],
] as const;

/** The changes that one case shows. */
function changesOf(was: Words, is: Words): string[] {
  const found: string[] = [];
  if (was.categories.length === 0 && is.categories.length > 0) found.push('newly-covered');
  if (was.categories.length > 0 && is.categories.length === 0) found.push('no-longer-covered');
  for (const [id, date] of was.dates)
    if (is.dates.has(id) && is.dates.get(id) !== date) found.push(`deadline-moved ${id}`);
  const sections = [...new Set([...was.amounts.keys(), ...is.amounts.keys()])];
  const amounts = sections.map((section) => {
    const none = { value: null, remark: 'none' };
    return [was.amounts.get(section) ?? none, is.amounts.get(section) ?? none] as const;
  });
  for (const [{ value: a }, { value: b }] of amounts)
    if (a !== null && b !== null && a !== b) found.push(a < b ? 'amount-raised' : 'amount-lowered');
  for (const [level, fields] of LEVELS.entries()) {
    const here: string[] = [];
    for (const field of fields) {
      if (WORDS.some((word) => word === field)) {
        if (was[field][0] !== is[field][0]) here.push(`changed ${field} ${was[field][0]} ${is[field][0]}`);
        continue;
      }
      for (const id of is[field]) if (!was[field].includes(id)) here.push(`added ${field} ${id}`);
      for (const id of was[field]) if (!is[field].includes(id)) here.push(`removed ${field} ${id}`);
    }
    if (level === LEVELS.length - 1 && amounts.some(([a, b]) => a.remark !== b.remark))
      here.push('amount-otherwise');
    found.push(...here);
    if (here.length > 0) break;
  }
  return found;
}

function expected(before: RuleSet, after: RuleSet, pool: readonly string[], tried: typeof choices): string[] {
  const found = new Set<string>();
  for (const values of everyCase(pool, tried)) {
    const [was, is] = [answer(before, values), answer(after, values)];
    if (was.isContradictory && !is.isContradictory) found.add('no-longer-contradictory');
    if (!was.isContradictory && is.isContradictory) found.add('newly-contradictory');
    if (was.isContradictory || is.isContradictory) continue;
    for (const change of changesOf(wordsOf(before, was), wordsOf(after, is))) found.add(change);
  }
  return [...found].sort();
}

function text(difference: Difference): string {
  switch (difference.kind) {
    case 'changed':
      return `changed ${difference.field} ${difference.from} ${difference.to}`;
    case 'added':
    case 'removed':
      return `${difference.kind} ${difference.field} ${difference.what}`;
    case 'deadline-moved':
      return `deadline-moved ${difference.deadline}`;
    default:
      return difference.kind;
  }
}

const FAMILIES: [of: string, arbitrary: typeof pair, tried: typeof choices, usual: number][] = [
  ['all kinds', pair, choices, 200],
  ['what is counted', pairInTime, choicesInTime, 50],
];

it.each(FAMILIES)(
  'finds every change that some case shows, and proves that there is no other: %s',
  async (_, arbitrary, tried, usual) => {
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ pool, before, after }) => {
        const [a, b] = [ruleSetOf(before, vocabulary), ruleSetOf(after, vocabulary)];
        const { differences: found, isProved } = await diff(a, b, solver);
        const wanted = expected(a, b, pool, tried);
        expect(isProved).toBe(true);
        expect(found.map(text).sort()).toEqual(wanted);
        expect(await provablySame(a, b, solver)).toBe(wanted.length === 0);
      }),
      { numRuns: runs(usual) },
    );
  },
  runs(600_000),
);
