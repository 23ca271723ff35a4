/** Which of what the cases should show they do show, and which of the rest any case could. */
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Source } from '../../rulebook/source.ts';
import type { CasesFile } from '../cases/cases-file.ts';
import { evaluateCase, readPartialCase } from '../cases/evaluate-case.ts';
import { type Analysis, withAnalysis } from '../search/analysis.ts';
import type { Solver } from '../solver/solver.ts';
import { type CoverageQuestion, coverageQuestions } from './questions.ts';

export interface Covered {
  question: CoverageQuestion;
  /**
   * `covered` by a case; `uncovered`, though a case could; `impossible`: proved that no case can, and not counted;
   * `undecided`: not covered, and the time was up.
   */
  kind: 'covered' | 'uncovered' | 'impossible' | 'undecided';
}

/** In the order of the file. The analysis is the caller's to go on with, and to end. */
export async function cover(analysis: Analysis, source: Source, { cases }: CasesFile): Promise<Covered[]> {
  const side = analysis.only();
  const { ruleSet } = side;
  const questions = coverageQuestions(source, side);
  const open = new Set(questions);
  for (const example of cases) {
    const given = readPartialCase(ruleSet, example);
    if (given === null) continue;
    const evaluation = evaluateCase(ruleSet, given);
    for (const question of open)
      if (question.property.truthIn([evaluation]) === 'true') open.delete(question);
  }
  const answers = await analysis.search([...open].map(({ property }) => property));
  return questions.map((question) => {
    if (!open.has(question)) return { question, kind: 'covered' };
    const { kind } = answers.get(question.property) ?? { kind: 'undecided' };
    return { question, kind: kind === 'none' ? 'impossible' : kind === 'shown' ? 'uncovered' : kind };
  });
}

export const coverage = (
  ruleSet: RuleSet,
  source: Source,
  cases: CasesFile,
  solver: Solver,
): Promise<Covered[]> => withAnalysis(solver, [ruleSet], {}, (analysis) => cover(analysis, source, cases));
