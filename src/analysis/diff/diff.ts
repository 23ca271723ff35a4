/** Two versions of a rule set: what was changed, and what changes for whom. */
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { Analysis, DEFAULT_LIMIT_MS } from '../search/analysis.ts';
import type { Solver } from '../solver/solver.ts';
import { type CompareOptions, type Comparison, differencesIn, unlikeFacts } from './differences.ts';
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
  const analysis = new Analysis(solver, [before, after], options.limitMs ?? DEFAULT_LIMIT_MS);
  try {
    return { ...(await differencesIn(analysis, unlike)), edits: await withEffects(analysis, edits) };
  } finally {
    analysis.end();
  }
}
