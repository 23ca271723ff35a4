/** Two versions of a rule set: what was changed, and what changes for whom. */
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { type AnalysisOptions, withAnalysis } from '../search/analysis.ts';
import type { Solver } from '../solver/solver.ts';
import { type Comparison, differencesIn, unlikeFacts } from './differences.ts';
import { type Edit, editsBetween } from './edits.ts';
import { withEffects } from './effects.ts';

export interface Diff extends Comparison {
  edits: Edit[];
}

export async function diff(
  before: RuleSet,
  after: RuleSet,
  solver: Solver,
  options: AnalysisOptions = {},
): Promise<Diff> {
  const edits = editsBetween(before, after);
  const unlike = unlikeFacts(before, after);
  if (unlike.incomparable.length > 0) return { edits, differences: [], isProved: false, ...unlike };
  return withAnalysis(solver, [before, after], options, async (analysis) => ({
    ...(await differencesIn(analysis, unlike)),
    edits: await withEffects(analysis, edits),
  }));
}
