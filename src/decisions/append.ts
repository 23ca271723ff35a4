import { eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { decisions, idempotencyKeys } from './schema.ts';
import type { AppendResult, DecisionRecord, Idempotency } from './store.ts';

export interface Append {
  record: DecisionRecord;
  idempotency: Idempotency | undefined;
}

/**
 * Resolves after the commit, one result each. All in one transaction: rejects, having written nothing, when an id is taken
 * or a version not saved.
 */
export async function appendAll(database: Database, appends: readonly Append[]): Promise<AppendResult[]> {
  const keys = appends.flatMap(({ record, idempotency }) =>
    idempotency ? [{ ...idempotency, decisionId: record.id }] : [],
  );
  if (keys.length === 0) {
    await database.insert(decisions).values(appends.map(({ record }) => record));
    return appends.map(() => ({ kind: 'appended' }));
  }
  // In one order, so that two instances with the same keys never wait for each other in a circle.
  keys.sort((a, b) => (a.key < b.key ? -1 : 1));
  return database.transaction(async (transaction) => {
    // Waits for another transaction that holds one of the keys; so what is not inserted has been committed.
    const inserted = await transaction
      .insert(idempotencyKeys)
      .values(keys)
      .onConflictDoNothing()
      .returning({ decisionId: idempotencyKeys.decisionId });
    const first = new Set(inserted.map(({ decisionId }) => decisionId));
    const fresh = appends.filter(({ record, idempotency }) => !idempotency || first.has(record.id));
    if (fresh.length > 0) await transaction.insert(decisions).values(fresh.map(({ record }) => record));
    const results: AppendResult[] = [];
    for (const append of appends) {
      const earlier = fresh.includes(append) ? null : await earlierUse(transaction, append);
      results.push(earlier ?? { kind: 'appended' });
    }
    return results;
  });
}

async function earlierUse(database: Database, { idempotency }: Append): Promise<AppendResult | null> {
  const earlier = idempotency ? await findByKey(database, idempotency) : null;
  if (earlier === null) throw new Error('an idempotency key without its decision');
  return earlier;
}

/** What an earlier use of the key left; null where there was none. */
export async function findByKey(
  database: Database,
  { key, requestHash }: Idempotency,
): Promise<Exclude<AppendResult, { kind: 'appended' }> | null> {
  const [use] = await database
    .select({ requestHash: idempotencyKeys.requestHash, first: decisions })
    .from(idempotencyKeys)
    .innerJoin(decisions, eq(decisions.id, idempotencyKeys.decisionId))
    .where(eq(idempotencyKeys.key, key));
  if (!use) return null;
  return use.requestHash === requestHash ? { kind: 'repeated', first: use.first } : { kind: 'conflict' };
}
