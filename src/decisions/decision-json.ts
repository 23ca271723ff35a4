import type { DecisionStore, Erasure, JsonText, StoredDecision } from './store.ts';

/** When and why the facts of a decision were erased; null where they are there. */
export const erasureOf = async (
  store: Pick<DecisionStore, 'findErasures'>,
  { id, answer }: StoredDecision,
): Promise<Erasure | null> => (answer === null ? ((await store.findErasures([id]))[0] ?? null) : null);

/**
 * A logged decision as it is shown: the facts and the answer as they were logged, to the byte; null where they were erased. Of a
 * partial one what is left, and what is `missing`.
 */
export function decisionJson(logged: StoredDecision, erasure: Erasure | null): JsonText {
  const { facts, answer, chain, seq, salt, factsHash, answerHash, previous, hash, ...about } = logged;
  const seal = { chain, seq, salt, factsHash, answerHash, previous, hash };
  const erased = erasure && { erasedAt: erasure.erasedAt, reason: erasure.reason };
  return `${JSON.stringify({ ...about, seal, erased }).slice(0, -1)},"facts":${facts},"answer":${answer}}`;
}
