import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { migrationsFolder } from '../../src/decisions/database.ts';
import * as schema from '../../src/decisions/schema.ts';

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
