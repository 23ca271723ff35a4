/** Do changed conditions hold of more cases than before, of fewer, or of the same? */

import type { Side, Study } from '../search/analysis.ts';
import { all, type Goal, no } from '../search/properties.ts';
import type { Edit, Effect } from './edits.ts';

/** The edits again, those of conditions with what they do. Judged are cases that contradict themselves by neither file. */
export async function withEffects(study: Study, edits: readonly Edit[]): Promise<Edit[]> {
  const [before, after] = study.pair();
  const asked = edits.map((edit) => (edit.field === 'when' ? questionsOf(before, after, edit) : null));
  const answers = await study.reach(asked.flatMap((questions) => questions ?? []));
  const isShown = (goal: Goal | undefined): boolean | null => {
    const answer = goal && answers.get(goal);
    return !answer || answer.kind === 'undecided' ? null : answer.kind === 'shown';
  };
  return edits.map((edit, i): Edit => {
    const questions = asked[i];
    return questions ? { ...edit, effect: effectOf(isShown(questions[0]), isShown(questions[1])) } : edit;
  });
}

/** Is there a case that the condition no longer holds of, and one that it newly holds of? */
function questionsOf(before: Side, after: Side, { part, id }: Edit): [Goal, Goal] | null {
  const [was, is] = [conditionOf(before, part, id), conditionOf(after, part, id)];
  if (!was || !is) return null;
  const consistent = (goal: Goal): Goal => before.sayings.consistent(after.sayings.consistent(goal));
  return [consistent(all([was, no(is)])), consistent(all([no(was), is]))];
}

function conditionOf({ ruleSet, sayings }: Side, part: Edit['part'], id: string): Goal | null {
  if (part === 'conditions') return ruleSet.conditions.has(id) ? sayings.named(id) : null;
  const rule = ruleSet.rules.find((one) => one.section === part && one.id === id);
  return rule ? sayings.holds(rule) : null;
}

function effectOf(lost: boolean | null, gained: boolean | null): Effect {
  if (lost === null || gained === null) return 'undecided';
  if (lost) return gained ? 'shifted' : 'tightened';
  return gained ? 'loosened' : 'same';
}
