import { validate } from 'uuid';
import type { DecisionStore, StoredDecision } from '../decisions/store.ts';

/** A decision as it was logged. Rejects with StoreUnavailable. */
export async function findDecision(
  store: Pick<DecisionStore, 'find'>,
  id: string,
): Promise<
  { kind: 'found'; decision: StoredDecision } | { kind: 'invalid-id' } | { kind: 'unknown-decision' }
> {
  if (!validate(id)) return { kind: 'invalid-id' };
  const decision = await store.find(id);
  return decision ? { kind: 'found', decision } : { kind: 'unknown-decision' };
}
