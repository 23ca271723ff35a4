import { asc, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Query } from './database.ts';
import { chainHeads } from './find.ts';
import { monthBounds } from './month.ts';
import { archivedMonths } from './schema.ts';
import type { ChainHead } from './store.ts';

const chainsSchema = z.array(z.object({ chain: z.string(), count: z.number(), head: z.string() }));

export const findArchivedMonths: Query<'archivedMonths'> = async (database) => {
  const found = await database.select().from(archivedMonths).orderBy(asc(archivedMonths.month));
  return found.map(({ month, archivedAt, chains }) => ({
    month: month.slice(0, 'YYYY-MM'.length),
    archivedAt,
    chains: chainsSchema.parse(chains),
  }));
};

export const detachMonth: Query<'detachMonth'> = async (
  database,
  { month, archivedAt, chains },
  { drop },
) => {
  const bounds = monthBounds(month);
  if (!bounds) throw new Error(`no month: ${month}`);
  const day = `${month}-01`;
  const partition = sql.identifier(`decisions_${month.replace('-', '_')}`);
  return database.transaction(async (transaction) => {
    // Who waits for a lock makes others wait: rather give up than stop the service behind a long report.
    await transaction.execute(sql`set local lock_timeout = '5s'`);
    // Nobody adds to it while it is compared.
    await transaction.execute(sql`lock table ${partition} in share row exclusive mode`);
    const heads = await chainHeads(transaction, { decidedFrom: bounds.from, decidedUntil: bounds.until });
    if (textOf(heads) !== textOf(chains)) return false;
    await transaction.insert(archivedMonths).values({ month: day, archivedAt, chains });
    await transaction.execute(
      sql`delete from idempotency_keys where decision_id in (select id from ${partition})`,
    );
    await transaction.execute(sql`alter table decisions detach partition ${partition}`);
    if (drop) await transaction.execute(sql`drop table ${partition}`);
    return true;
  });
};

const textOf = (heads: readonly ChainHead[]): string =>
  heads
    .map(({ chain, count, head }) => [chain, count, head].join())
    .sort()
    .join('\n');
