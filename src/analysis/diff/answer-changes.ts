/** Two answers to one case: what of them differs, as a person reads it. */
import { type Answered, READABLE } from '../../engine/answer/fields.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';

/** Of one thing that answers say: what is no longer said, and what is newly said. */
export interface AnswerChange {
  field: LocalizedText;
  removed: string[];
  added: string[];
}

/**
 * In the order of an answer; empty where a person reads the same. `FOLLOWING` is what else differs, and follows from the rest
 * as long as both answers are the same program's.
 */
export const answerChanges = (before: Answered, after: Answered, aspects = READABLE): AnswerChange[] =>
  aspects.flatMap(({ label, items }) => {
    const [was, is] = [items(before), items(after)];
    const removed = was.filter((item) => !is.includes(item));
    const added = is.filter((item) => !was.includes(item));
    return removed.length + added.length > 0 ? [{ field: label, removed, added }] : [];
  });
