/** The log that hosho 0.1 wrote (tests/fixtures/log-0.1), in a database of its own, with the schema of then. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import type { DecisionStore } from '../../src/decisions/store.ts';
import { freshDatabase, freshFolder, type Place } from './stores.ts';

const folder = fileURLToPath(new URL('../fixtures/log-0.1', import.meta.url));

/** The absolute path of one of its files. */
export const fixtureFile = (name: string): string => join(folder, name);

/** No migration of this program has run on it yet: whoever opens it first brings it up to date. */
export async function restoreLog(kind: DecisionStore['kind']): Promise<Place> {
  const dataDir = await freshFolder();
  const texts = await Promise.all(
    ['roles.sql', 'log.sql'].map((name) => readFile(fixtureFile(name), 'utf8')),
  );
  if (kind === 'postgres') {
    const databaseUrl = await freshDatabase();
    const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
    for (const text of texts) await sql.unsafe(text);
    await sql.end();
    return { dataDir, databaseUrl };
  }
  const engine = await PGlite.create({ dataDir: join(dataDir, 'postgres') });
  for (const text of texts) await engine.exec(text);
  await engine.close();
  return { dataDir };
}
