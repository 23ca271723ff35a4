/** Two versions of a rule set: what was changed, and what changes for whom. */
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { LIMIT_MS, Study } from '../search/analysis.ts';
import type { Solver } from '../solver/solver.ts';
import { type CompareOptions, type Comparison, compared, unlikeFacts } from './differences.ts';
import { type Edit, editsBetween } from './edits.ts';
import { withEffects } from './effects.ts';

export interface Diff extends Comparison {
  edits: Edit[];
}

export async function diff(
  before: RuleSet,
  after: RuleSet,
  solver: Solver,
  options: CompareOptions = {},
): Promise<Diff> {
  const edits = editsBetween(before, after);
  const unlike = unlikeFacts(before, after);
  if (unlike.incomparable.length > 0) return { edits, differences: [], isProved: false, ...unlike };
  const study = new Study(solver, [before, after], options.limitMs ?? LIMIT_MS);
  try {
    return { ...(await compared(study, unlike)), edits: await withEffects(study, edits) };
  } finally {
    study.end();
  }
}
