import { and, asc, eq, getTableColumns, gt, inArray, sql } from 'drizzle-orm';
import { validate } from 'uuid';
import type { Database } from './database.ts';
import { decisions, idempotencyKeys } from './schema.ts';
import type { DecisionRecord, EarlierUse, Idempotency, JsonText, PageOf } from './store.ts';

/** JSON is read as text, because the drivers would parse it. */
const recordColumns = {
  ...getTableColumns(decisions),
  facts: sql<JsonText>`${decisions.facts}::text`,
  answer: sql<JsonText>`${decisions.answer}::text`,
};

/** Those that there are, in no order; an id that is no UUID belongs to none. */
export async function findAll(database: Database, ids: readonly string[]): Promise<DecisionRecord[]> {
  const sound = ids.filter((id) => validate(id));
  if (sound.length === 0) return [];
  return database.select(recordColumns).from(decisions).where(inArray(decisions.id, sound));
}

export async function findPage(
  database: Database,
  { prefecture, incident, after, limit }: PageOf,
): Promise<DecisionRecord[]> {
  const ofRuleSet = and(eq(decisions.prefecture, prefecture), eq(decisions.incident, incident));
  return database
    .select(recordColumns)
    .from(decisions)
    .where(after === null ? ofRuleSet : and(ofRuleSet, gt(decisions.id, after)))
    .orderBy(asc(decisions.id))
    .limit(limit);
}

/** What an earlier use of each key left; null where there was none. */
export async function findUses(
  database: Database,
  asked: readonly Idempotency[],
): Promise<(EarlierUse | null)[]> {
  const keys = asked.map(({ key }) => key);
  const found = await database
    .select({ key: idempotencyKeys.key, requestHash: idempotencyKeys.requestHash, first: recordColumns })
    .from(idempotencyKeys)
    .innerJoin(decisions, eq(decisions.id, idempotencyKeys.decisionId))
    .where(inArray(idempotencyKeys.key, keys));
  const uses = new Map(found.map((use) => [use.key, use]));
  return asked.map(({ key, requestHash }) => {
    const use = uses.get(key);
    if (!use) return null;
    return use.requestHash === requestHash ? { kind: 'repeated', first: use.first } : { kind: 'conflict' };
  });
}
