import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Query } from './database.ts';
import { decisions, erasures, idempotencyKeys } from './schema.ts';
import type { WhichToErase } from './store.ts';

/** Also of what could be guessed back: the salts and the hashes of requests. Rejects with 42501 where the login is no member of hosho_eraser. */
export const erase: Query<'erase'> = async (database, which, { at, reason }) =>
  database.transaction(async (transaction) => {
    await transaction.execute(sql`set local role hosho_eraser`);
    const ids = 'archived' in which ? which.archived : await findErasable(transaction, which);
    if (ids.length === 0) return [];
    // First, because only what is on record may be erased.
    await transaction
      .insert(erasures)
      .values(ids.map((decisionId) => ({ decisionId, erasedAt: at, reason })))
      .onConflictDoNothing();
    await transaction
      .update(decisions)
      .set({ facts: null, answer: null, salt: null })
      .where(inArray(decisions.id, ids));
    await transaction
      .update(idempotencyKeys)
      .set({ requestHash: null })
      .where(inArray(idempotencyKeys.decisionId, ids));
    return [...ids];
  });

/** Those of which anything is there that can be erased. */
async function findErasable(
  database: Database,
  which: Exclude<WhichToErase, { archived: unknown }>,
): Promise<string[]> {
  const asked = 'id' in which ? eq(decisions.id, which.id) : eq(decisions.reference, which.reference);
  const found = await database
    .select({ id: decisions.id })
    .from(decisions)
    .where(and(asked, sql`num_nonnulls(${decisions.facts}, ${decisions.answer}, ${decisions.salt}) > 0`));
  return found.map(({ id }) => id);
}
