/** What was logged before there were chains is sealed by the migration, in SQL. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { verifyLog } from '../../src/audit/verify.ts';
import { migrationsFolder } from '../../src/decisions/database.ts';
import { openStore } from '../../src/decisions/open.ts';
import { versionOf } from '../../src/rule-files/load.ts';
import { freshDatabase, sampleRecord, sampleVersion } from '../support/stores.ts';

const texts = { ruleText: 'title: 見本\n', vocabularyText: 'facts: {}\n' };
const version = sampleVersion(versionOf(texts.ruleText, texts.vocabularyText), texts);

/** A database as the first two migrations left it. */
async function before(): Promise<{ databaseUrl: string; sql: postgres.Sql }> {
  const databaseUrl = await freshDatabase();
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  await sql`create schema drizzle`;
  await sql`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;
  const journal = JSON.parse(await readFile(join(migrationsFolder, 'meta/_journal.json'), 'utf8'));
  for (const { tag, when } of journal.entries.slice(0, 2)) {
    const text = await readFile(join(migrationsFolder, `${tag}.sql`), 'utf8');
    for (const statement of text.split('--> statement-breakpoint')) await sql.unsafe(statement);
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${tag}, ${when})`;
  }
  return { databaseUrl, sql };
}

test('every row is moved as it was, and verified', async () => {
  const { databaseUrl, sql } = await before();
  const { prefecture, incident, ruleText, vocabularyText } = version;
  await sql`
    insert into rule_set_versions (version, prefecture, incident, rule_text, vocabulary_text, first_loaded_at)
    values (${version.version}, ${prefecture}, ${incident}, ${ruleText}, ${vocabularyText}, '2020-04-01T00:00:00Z')`;
  const records = [
    sampleRecord(version, {
      answer: '{"outcome": "eligible","categories":[{"id":"A"},{"id":"B\\u3042\\""}]}',
      categories: ['A', 'Bあ"'],
      facts: ' {"a" : "\u2028 ☂ 𠮷"}',
      reference: '整理番号\t"1"\\',
    }),
    // The last millisecond of a month in Japan, and the first of the next.
    sampleRecord(version, { decidedAt: new Date('2020-04-30T14:59:59.999Z'), categories: [] }),
    sampleRecord(version, { decidedAt: new Date('2020-04-30T15:00:00.000Z'), categories: [] }),
    sampleRecord(version, { answer: '{"outcome":"\\u0000"}', outcome: '', categories: [] }),
    sampleRecord(version, { answer: '{}', outcome: '', categories: [] }),
    sampleRecord(version, { answer: '{"outcome":"eligible","categories":null}', categories: [] }),
  ];
  for (const { id, asOf, decidedAt, reference, facts, answer, engineVersion } of records)
    await sql`
      insert into decisions (id, prefecture, incident, version, as_of, decided_at, reference, facts, answer, engine_version)
      values (${id}, ${prefecture}, ${incident}, ${version.version}, ${asOf}, ${decidedAt}, ${reference},
        ${facts}::text::json, ${answer}::text::json, ${engineVersion})`;
  const key = v7();
  await sql`
    insert into idempotency_keys (key, request_hash, decision_id) values (${key}, 'hash', ${records[0]?.id ?? ''})`;
  await sql.end();

  const store = await openStore({ databaseUrl, dataDir: '' });
  for (const record of records) expect(await store.find(record.id)).toMatchObject(record);
  expect(await verifyLog(store, { checkpoints: [] })).toMatchObject({
    decisions: 6,
    chains: 2,
    findings: [],
  });
  expect(await store.findByKey({ key, requestHash: 'hash' })).toEqual({
    ...{ kind: 'repeated', answer: records[0]?.answer },
  });
  expect(await store.versionsOf(prefecture, incident)).toMatchObject([
    { version: version.version, current: [{ since: new Date('2020-04-01T00:00:00Z'), until: null }] },
  ]);
  // What comes now has a chain of its own.
  await store.append(sampleRecord(version));
  expect(await verifyLog(store, { checkpoints: [] })).toMatchObject({
    decisions: 7,
    chains: 3,
    findings: [],
  });
  await store.close();
});
