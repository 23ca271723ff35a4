import { eq } from 'drizzle-orm';
import { validate } from 'uuid';
import type { Database } from './database.ts';
import { decisions } from './schema.ts';
import type { DecisionRecord } from './store.ts';

/** Null when there is no such decision; an id that is no UUID belongs to none. */
export async function find(database: Database, id: string): Promise<DecisionRecord | null> {
  if (!validate(id)) return null;
  const [record] = await database.select().from(decisions).where(eq(decisions.id, id));
  return record ?? null;
}
