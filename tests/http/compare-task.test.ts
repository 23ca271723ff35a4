import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import type { Solver, SolverSession } from '../../src/analysis/solver/solver.ts';
import compareTask from '../../src/operations/compare-task.ts';
import { wordsOf } from '../support/words.ts';

/** Never has the time. */
vi.mock('../../src/analysis/solver/solver.ts', () => ({
  startSolver: async (): Promise<Solver> => ({
    open: (): SolverSession => ({
      ...{ assert: () => undefined, check: async () => 'unknown', core: () => [] },
      ...{ isTrue: () => false, integer: () => 0, end: () => undefined },
    }),
    end: async () => undefined,
  }),
}));

test('what was changed is told where the solver has no time, and nothing is said to be proved', async () => {
  const ruleText = readFileSync('rules/yamaguchi/2023-02-24.yaml', 'utf8');
  const vocabularyText = wordsOf(ruleText);
  const before = { version: 'a'.repeat(64), ruleText, vocabularyText };
  const edited = ruleText.replace('application: { until: 2023-04-30,', 'application: { until: 2023-05-01,');
  const after = { version: 'b'.repeat(64), ruleText: edited, vocabularyText };
  const compared = await compareTask({ file: 'rules/yamaguchi/2023-02-24.yaml', before, after, limitMs: 1 });
  if (compared.kind !== 'compared') throw new Error(compared.kind);
  expect(compared.isProved).toBe(false);
  const json = JSON.parse(compared.json);
  expect(json).toMatchObject({ isProved: false, edits: [{ part: 'deadlines', id: 'application' }] });
  const verdicts = json.differences.map(({ verdict }: { verdict: string }) => verdict);
  expect(verdicts).toContain('undecided');
  expect(compared.markdown).toContain('時間内に決められなかったもの');
});
