/** Which of what the cases should show they do show, and which of the rest any case could. */

import { readFacts } from '../../engine/facts/read-facts.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Source } from '../../rulebook/source.ts';
import type { CasesFile } from '../cases/cases-file.ts';
import { givenOf, see } from '../cases/evaluate-case.ts';
import { LIMIT_MS, Study } from '../search/analysis.ts';
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

export interface CoverOptions {
  limitMs?: number;
}

/** In the order of the file. The study is the caller's to go on with, and to end. */
export async function cover(study: Study, source: Source, { cases }: CasesFile): Promise<Covered[]> {
  const side = study.only();
  const questions = coverageQuestions(source, side);
  const open = new Set(questions);
  for (const { facts, asOf } of cases) {
    const read = readFacts(side.ruleSet.vocabulary, facts, asOf).facts;
    if (read === null) continue;
    const seen = see(side.ruleSet, givenOf(read, side.ruleSet));
    for (const question of open) if (question.goal.shown([seen]) === 'true') open.delete(question);
  }
  const answers = await study.reach([...open].map(({ goal }) => goal));
  return questions.map((question) => {
    if (!open.has(question)) return { question, kind: 'covered' };
    const { kind } = answers.get(question.goal) ?? { kind: 'undecided' };
    return { question, kind: kind === 'none' ? 'impossible' : kind === 'shown' ? 'uncovered' : kind };
  });
}

export async function coverage(
  ruleSet: RuleSet,
  source: Source,
  cases: CasesFile,
  solver: Solver,
  { limitMs = LIMIT_MS }: CoverOptions = {},
): Promise<Covered[]> {
  const study = new Study(solver, [ruleSet], limitMs);
  try {
    return await cover(study, source, cases);
  } finally {
    study.end();
  }
}
