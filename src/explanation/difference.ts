/** Where the facts, judged again, do not lead to the answer that was logged. */
import canonicalize from 'canonicalize';
import { answerChanges } from '../analysis/diff/answer-changes.ts';
import type { LoggedAnswer } from '../engine/answer/answer-schema.ts';
import { type Decision, FIELD_NAMES, FOLLOWING, fieldsSince } from '../engine/answer/fields.ts';
import type { Difference } from './model.ts';

/**
 * null where every member of the decision is the same JSON, whatever the order of its keys. Who asked when, and how far it was
 * explained, is no part of the decision; nor is a member that answers did not have yet when it was logged.
 */
export function differenceOf(
  { decision: logged, members }: LoggedAnswer,
  again: Decision,
): Difference | null {
  const since = fieldsSince(members);
  const differing = (['asOf', ...FIELD_NAMES] as const).filter(
    (name) =>
      !since.some((newer) => newer === name) &&
      canonicalize(members[name] ?? null) !== canonicalize(again[name] ?? null),
  );
  if (differing.length === 0) return null;
  const asOf = { field: { ja: '判定時点', en: 'judged as of' }, removed: [logged.asOf], added: [again.asOf] };
  const changes = [
    ...answerChanges(logged, again),
    ...(logged.asOf === again.asOf ? [] : [asOf]),
    ...answerChanges(logged, again, FOLLOWING),
  ].map(({ field, removed, added }) => ({ field: field.ja, onlyLogged: removed, onlyAgain: added }));
  const unsaid = { field: `言葉にならない部分（${differing.join('、')}）`, onlyLogged: [], onlyAgain: [] };
  return {
    outcome: { logged: logged.outcomeLabel, again: again.outcomeLabel },
    changes: changes.length > 0 ? changes : [unsaid],
  };
}
