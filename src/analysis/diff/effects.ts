/** Do changed conditions hold of more cases than before, of fewer, or of the same? */
import {
  type Analysis,
  type AnalyzedRuleSet,
  consistentInBoth,
  type RuleSetPair,
} from '../search/analysis.ts';
import { all, no, type Property } from '../search/properties.ts';
import type { Edit, Effect } from './edits.ts';
import type { EditedPart } from './entries.ts';

/** The edits again, those of conditions with what they do. Judged are cases that contradict themselves by neither file. */
export async function withEffects(analysis: Analysis, edits: readonly Edit[]): Promise<Edit[]> {
  const pair = analysis.pair();
  const asked = edits.map((edit) => (edit.field === 'when' ? questionsOf(pair, edit) : null));
  const answers = await analysis.search(asked.flatMap((questions) => questions ?? []));
  const isShown = (property: Property | undefined): boolean | null => {
    const answer = property && answers.get(property);
    return !answer || answer.kind === 'undecided' ? null : answer.kind === 'shown';
  };
  return edits.map((edit, i): Edit => {
    const questions = asked[i];
    return questions ? { ...edit, effect: effectOf(isShown(questions[0]), isShown(questions[1])) } : edit;
  });
}

/** Is there a case that the condition no longer holds of, and one that it newly holds of? */
function questionsOf(pair: RuleSetPair, { part, id }: Edit): [Property, Property] | null {
  const [before, after] = pair;
  const [was, is] = [conditionOf(before, part, id), conditionOf(after, part, id)];
  if (!was || !is) return null;
  return [consistentInBoth(pair, all([was, no(is)])), consistentInBoth(pair, all([no(was), is]))];
}

function conditionOf(
  { ruleSet, properties }: AnalyzedRuleSet,
  part: EditedPart,
  id: string,
): Property | null {
  if (part === 'conditions') return ruleSet.conditions.has(id) ? properties.named(id) : null;
  const rule = ruleSet.rules.find((one) => one.section === part && one.id === id);
  return rule ? properties.holds(rule) : null;
}

function effectOf(lost: boolean | null, gained: boolean | null): Effect {
  if (lost === null || gained === null) return 'undecided';
  if (lost) return gained ? 'shifted' : 'tightened';
  return gained ? 'loosened' : 'same';
}
