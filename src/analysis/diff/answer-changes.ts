/** Two answers to one case: what of them differs, as a person reads it. */
import type { Said } from '../../rulebook/lang.ts';
import { ANSWER_FIELDS } from '../cases/answer-fields.ts';
import type { ReadableAnswer } from '../cases/readable-answer.ts';

/** Of one field of the answer: what it no longer says, and what it newly says. */
export interface AnswerChange {
  field: Said;
  removed: string[];
  added: string[];
}

/** The fields that a person reads, in the order of an answer. */
export const READABLE_FIELDS = ANSWER_FIELDS.flatMap(({ label, items }) =>
  label && items ? [{ field: label, items }] : [],
);

/** In the order of an answer; empty where a person reads the same. */
export function answerChanges(before: ReadableAnswer, after: ReadableAnswer): AnswerChange[] {
  return READABLE_FIELDS.flatMap(({ field, items }) => {
    const [was, is] = [items(before), items(after)];
    const removed = was.filter((item) => !is.includes(item));
    const added = is.filter((item) => !was.includes(item));
    return removed.length + added.length > 0 ? [{ field, removed, added }] : [];
  });
}
