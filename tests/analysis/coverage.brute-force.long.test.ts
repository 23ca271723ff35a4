/** What coverage calls impossible, against trying every case of small rule sets. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { evaluateCase } from '../../src/analysis/cases/evaluate-case.ts';
import { coverageQuestions } from '../../src/analysis/coverage/questions.ts';
import { withAnalysis } from '../../src/analysis/search/analysis.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import { runs } from '../fixtures/runs.ts';
import { everyCase } from './enumeration.ts';
import { choices, choicesInTime, generated, generatedInTime, vocabulary } from './generated.ts';
import { mutableOf } from './small-cases.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

it.each([
  ['all kinds', generated, choices],
  ['what is counted', generatedInTime, choicesInTime],
] as const)(
  'finds impossible what no case of small rule sets shows, and nothing else: %s',
  async (_, arbitrary, tried) => {
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ pool, written }) => {
        const { program, source } = mutableOf(written, vocabulary);
        const { ruleSet } = program;
        await withAnalysis(solver, [ruleSet], {}, async (analysis) => {
          const questions = coverageQuestions(source, analysis.only());
          const answerTo = await analysis.search(questions.map(({ property }) => property));
          const all = everyCase(pool, tried).map((given) => evaluateCase(ruleSet, given));
          for (const { property, about, showing } of questions) {
            const found = answerTo(property);
            // A counted day may need an instant that is not among those tried: a case that is found is judged itself.
            const seen = found.kind === 'shown' ? [evaluateCase(ruleSet, found.values)] : all;
            const isShown = seen.some((one) => property.truthIn([one]) === 'true');
            expect([about, showing, found.kind]).toEqual([about, showing, isShown ? 'shown' : 'none']);
          }
        });
      }),
      { numRuns: runs(60) },
    );
  },
  runs(120_000),
);
