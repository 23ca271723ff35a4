import { eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { decisions, idempotencyKeys } from './schema.ts';
import type { AppendResult, DecisionRecord, Idempotency } from './store.ts';

/** Resolves after the commit. Rejects, having written nothing, when the id is taken or the version not saved. */
export async function append(
  database: Database,
  record: DecisionRecord,
  idempotency?: Idempotency,
): Promise<AppendResult> {
  if (!idempotency) {
    await database.insert(decisions).values(record);
    return { kind: 'appended' };
  }
  return database.transaction(async (transaction) => {
    // Waits for another transaction that holds the same key; so when nothing is inserted, it has committed.
    const taken = await transaction
      .insert(idempotencyKeys)
      .values({ ...idempotency, decisionId: record.id })
      .onConflictDoNothing()
      .returning({ key: idempotencyKeys.key });
    if (taken.length === 0) {
      const first = await findByKey(transaction, idempotency);
      if (first === null) throw new Error('an idempotency key without its decision');
      return first;
    }
    await transaction.insert(decisions).values(record);
    return { kind: 'appended' };
  });
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
