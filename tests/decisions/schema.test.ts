import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { migrationsFolder } from '../../src/decisions/database.ts';
import { openStore } from '../../src/decisions/open.ts';
import * as schema from '../../src/decisions/schema.ts';
import { freshPlace, sampleRecord, sampleVersion } from '../support/stores.ts';

const journalShape = z.object({ entries: z.array(z.object({ idx: z.number() })) });

test('the migrations bring about the schema (otherwise: npx drizzle-kit generate)', async () => {
  const meta = join(migrationsFolder, 'meta');
  const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(join(meta, file), 'utf8'));
  const journal = journalShape.parse(await read('_journal.json'));
  const last = String(journal.entries.length - 1).padStart(4, '0');
  const before = generateDrizzleJson({});
  const snapshot = z.custom<typeof before>().parse(await read(`${last}_snapshot.json`));
  expect(await generateMigration(snapshot, generateDrizzleJson(schema))).toEqual([]);
});

test('answers are compressed fast or not at all', async () => {
  const place = await freshPlace('postgres');
  const store = await openStore(place);
  const version = sampleVersion('a0');
  await store.saveVersions([version]);
  const words = Array.from({ length: 2_000 }, (_, i) => `補償 ${i}`);
  await store.append(sampleRecord(version, { answer: JSON.stringify(words) }));
  await store.close();
  const session = postgres(place.databaseUrl ?? '', { max: 1 });
  const [{ compression } = {}] =
    await session`select pg_column_compression(answer) as compression from decisions`;
  const [{ hasLz4 } = {}] = await session`
    select 'lz4' = any(enumvals) as "hasLz4" from pg_settings where name = 'default_toast_compression'`;
  await session.end();
  expect(compression).toBe(hasLz4 ? 'lz4' : null);
});
