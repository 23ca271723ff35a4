import { and, asc, desc, eq, getTableColumns, gt, gte, inArray, lt, lte, type SQL, sql } from 'drizzle-orm';
import { validate } from 'uuid';
import type { Database, Query } from './database.ts';
import { decisions, erasures, idempotencyKeys } from './schema.ts';
import { type DecisionFilter, type EarlierUse, ERASABLE, type Idempotency, type PageOf } from './store.ts';
import { storedDecision } from './stored-decision.ts';

/** JSON is read as text, because the drivers would parse it. */
const recordColumns = {
  ...getTableColumns(decisions),
  facts: sql<string | null>`${decisions.facts}::text`,
  answer: sql<string | null>`${decisions.answer}::text`,
};

const nulls = sql<number>`num_nulls(${decisions.facts}, ${decisions.answer}, ${decisions.salt})`;

/** An id that is no UUID belongs to none. */
export const findAll: Query<'findAll'> = async (database, ids) => {
  const sound = ids.filter((id) => validate(id));
  if (sound.length === 0) return [];
  const found = await database.select(recordColumns).from(decisions).where(inArray(decisions.id, sound));
  return found.map(storedDecision);
};

export const findPage: Query<'page'> = async (database, of) => {
  const { where, orderBy } = pageOf(of);
  const page = database.select(recordColumns).from(decisions).where(where);
  return (await page.orderBy(orderBy).limit(of.limit)).map(storedDecision);
};

const { facts: _, answer: __, salt: ___, factsHash, answerHash, previous, ...summaryColumns } = recordColumns;

export const findList: Query<'list'> = async (database, of) => {
  const { where, orderBy } = pageOf(of);
  const columns = { ...summaryColumns, isErased: sql<boolean>`${nulls} = 3` };
  return database.select(columns).from(decisions).where(where).orderBy(orderBy).limit(of.limit);
};

function pageOf({ after, order, limit, ...filter }: PageOf) {
  const [behind, by] = order === 'oldest' ? [gt, asc] : [lt, desc];
  return {
    where: and(...conditionsOf(filter), after === null ? undefined : behind(decisions.id, after)),
    orderBy: by(decisions.id),
  };
}

export const countAll: Query<'count'> = async (database, filter) =>
  database.$count(decisions, and(...conditionsOf(filter)));

function conditionsOf(filter: DecisionFilter): SQL[] {
  const { prefecture, incident, version, outcome, category, reference } = filter;
  const { asOfFrom, asOfUntil, decidedFrom, decidedUntil } = filter;
  const conditions: SQL[] = [];
  if (prefecture !== undefined) conditions.push(eq(decisions.prefecture, prefecture));
  if (incident !== undefined) conditions.push(eq(decisions.incident, incident));
  if (version !== undefined) conditions.push(sql`starts_with(${decisions.version}, ${version})`);
  if (outcome !== undefined) conditions.push(eq(decisions.outcome, outcome));
  if (category !== undefined) conditions.push(sql`${category} = any(${decisions.categories})`);
  if (reference !== undefined) conditions.push(eq(decisions.reference, reference));
  if (asOfFrom !== undefined) conditions.push(gte(decisions.asOf, asOfFrom));
  if (asOfUntil !== undefined) conditions.push(lt(decisions.asOf, asOfUntil));
  if (decidedFrom !== undefined) conditions.push(gte(decisions.decidedAt, decidedFrom));
  if (decidedUntil !== undefined) conditions.push(lt(decisions.decidedAt, decidedUntil));
  return conditions;
}

/** What an earlier use of each key left; null where there was none. */
export async function findUses(
  database: Database,
  asked: readonly Idempotency[],
): Promise<(EarlierUse | null)[]> {
  const keys = asked.map(({ key }) => key);
  const found = await database
    .select({
      key: idempotencyKeys.key,
      requestHash: idempotencyKeys.requestHash,
      answer: recordColumns.answer,
      nulls: nulls.mapWith(Number),
    })
    .from(idempotencyKeys)
    .innerJoin(decisions, eq(decisions.id, idempotencyKeys.decisionId))
    .where(inArray(idempotencyKeys.key, keys));
  const uses = new Map(found.map((use) => [use.key, use]));
  return asked.map(({ key, requestHash }) => {
    const use = uses.get(key);
    if (!use) return null;
    if (use.nulls === ERASABLE.length) return { kind: 'erased' };
    if (use.nulls > 0 || use.answer === null) return { kind: 'partial' };
    return use.requestHash === requestHash ? { kind: 'repeated', answer: use.answer } : { kind: 'conflict' };
  });
}

export const findErasures: Query<'findErasures'> = async (database, ids) => {
  const sound = ids.filter((id) => validate(id));
  if (sound.length === 0) return [];
  return database.select().from(erasures).where(inArray(erasures.decisionId, sound));
};

export const chainHeads: Query<'chainHeads'> = async (database, filter = {}) => {
  const chains = database
    .select({
      chain: decisions.chain,
      rows: sql<number>`count(*)`.mapWith(Number).as('rows'),
      count: sql<number>`max(${decisions.seq})`.mapWith(Number).as('count'),
    })
    .from(decisions)
    .where(and(...conditionsOf(filter)))
    .groupBy(decisions.chain)
    .as('chains');
  return database
    .select({ chain: chains.chain, rows: chains.rows, count: chains.count, head: decisions.hash })
    .from(chains)
    .innerJoin(decisions, and(eq(decisions.chain, chains.chain), eq(decisions.seq, chains.count)))
    .where(and(...conditionsOf(filter)))
    .orderBy(asc(chains.chain));
};

export const chainPage: Query<'chainPage'> = async (database, chain, seq, limit) => {
  const rowsTo = (last?: number) => {
    const isOnPage = last === undefined ? undefined : lte(decisions.seq, last);
    return database
      .select(recordColumns)
      .from(decisions)
      .where(and(eq(decisions.chain, chain), gt(decisions.seq, seq), isOnPage))
      .orderBy(asc(decisions.seq))
      .limit(limit);
  };
  // Where Postgres has no statistics yet, it would sort all that is left of the chain for every page.
  const rows = await rowsTo(seq + limit);
  return (rows.length > 0 ? rows : await rowsTo()).map(storedDecision);
};
