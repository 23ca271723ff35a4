/** What is said where the solver runs out of time. */
import { expect, it } from 'vitest';
import { diff } from '../../src/analysis/diff/diff.ts';
import { prove } from '../../src/analysis/findings/prove.ts';
import type { Solver, SolverSession } from '../../src/analysis/solver/solver.ts';
import { type Told, withoutExample } from '../../src/commands/rules/check-file.ts';
import { tell } from '../../src/commands/rules/told-findings.ts';
import { openIo } from '../../src/commands/terminal/io.ts';
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

it('once the time of a file is over, no question is asked any more', async () => {
  let checks = 0;
  const counting: Solver = {
    ...slow,
    open: (limitMs) => ({
      ...slow.open(limitMs),
      check: async () => {
        checks += 1;
        return 'unknown';
      },
    }),
  };
  // Each question takes all the time that one may take: there is some for three.
  const options = { limitMs: 10, leftMs: () => 39 - 10 * checks };
  const findings = await prove(ruleSetOf({}), counting, options);
  expect(checks).toBe(3);
  expect(findings.map(({ verdict }) => verdict)).toEqual(Array(6).fill('undecided'));
});

it('of many that were not decided the first of a kind are told, and how many more there are', async () => {
  const lines: string[] = [];
  const io = openIo({ out: (text) => lines.push(text), err: () => undefined, lang: 'en', color: false });
  const [one] = (await prove(ruleSetOf({}), slow)).map(withoutExample);
  if (!one) throw new Error('nothing was found');
  const findings = Array.from({ length: 8 }, (_, i): Told => ({ ...one, about: [`eligibility/${i}`] }));
  tell({ io, texts: new Map(), isBrief: false, consequences: false }, findings);
  expect(lines.map((line) => /eligibility\/\d|^\d more/.exec(line)?.[0])).toEqual([
    ...['eligibility/0', 'eligibility/1', 'eligibility/2', '5 more'],
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
