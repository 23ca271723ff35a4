/** What is said where the solver runs out of time. */
import { expect, it } from 'vitest';
import { diff } from '../../src/analysis/diff/diff.ts';
import { prove } from '../../src/analysis/findings/prove.ts';
import type { Solver, SolverSession } from '../../src/analysis/solver/solver.ts';
import { ruleSetOf } from '../engine/small.ts';
import { provablySame } from './small-cases.ts';

/** Never has the time. */
const slow: Solver = {
  open: (): SolverSession => ({
    assert: () => undefined,
    check: async () => 'unknown',
    core: () => [],
    isTrue: () => false,
    integer: () => 0,
    end: () => undefined,
  }),
  end: async () => undefined,
};

const flag = { fact: 'case.flag', operator: 'equal', value: true };

it('every question that could not be decided is a finding that says so', async () => {
  const findings = await prove(ruleSetOf({}), slow);
  expect(new Set(findings.map(({ verdict }) => verdict))).toEqual(new Set(['undecided']));
  expect(findings.every(({ example }) => example === null)).toBe(true);
  expect(findings.map(({ code, about }) => [code, ...about].join(' '))).toEqual([
    'no-contact contact',
    'never-holds eligibility/A',
    'no-next-step claimState/waiting',
    'no-deadline claimState/waiting',
    'falls-to-last outcome/granted',
    'never-holds remedies/refund',
  ]);
});

it('a comparison that could not be decided proves nothing', async () => {
  const [a, b] = [
    ruleSetOf({}),
    ruleSetOf({ eligibility: [{ id: 'A', clause: 'C1', label: 'A', when: { not: flag } }] }),
  ];
  const { differences: found, isProved } = await diff(a, b, slow);
  expect(isProved).toBe(false);
  expect(new Set(found.map(({ verdict }) => verdict))).toEqual(new Set(['undecided']));
  expect(await provablySame(a, b, slow)).toBe(false);
});
