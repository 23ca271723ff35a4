/** Who may do what with the log. */
import postgres from 'postgres';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../src/decisions/open.ts';
import type { DecisionStore } from '../../src/decisions/store.ts';
import { freshDatabase, freshPlace, sampleRecord, sampleVersion } from '../support/stores.ts';

const version = sampleVersion('a0');
const record = sampleRecord(version);
let databaseUrl: string;
let store: DecisionStore;
let sql: postgres.Sql;
beforeAll(async () => {
  databaseUrl = await freshDatabase();
  store = await openStore({ databaseUrl, dataDir: '' });
  await store.saveVersions([version], new Date());
  await store.append(record, { key: 'key', requestHash: 'hash' });
  sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
  await sql?.end();
  await store?.close();
});

const changes = [
  "update decisions set outcome = 'lapsed'",
  'update decisions set facts = null, answer = null, salt = null',
  'delete from decisions',
  'truncate decisions',
  'update decisions_2020_04 set seq = 2',
  'delete from decisions_2020_04',
  'truncate decisions_2020_04',
  "update rule_set_versions set rule_text = ''",
  "update rule_set_versions set commit = 'a', rule_text = ''",
  'delete from rule_set_versions',
  'update current_versions set since = now()',
  'delete from current_versions',
  'update payment_runs set input = null',
  'delete from payments',
  'delete from payment_run_ends',
];

const TRIED = ['hosho_service', 'hosho_auditor', 'hosho_eraser', 'postgres'];
describe.each(TRIED)('%s may not', (role) => {
  test.each(changes)('%s', async (change) => {
    const tried = sql.begin(async (transaction) => {
      await transaction.unsafe(`set local role ${role}`);
      await transaction.unsafe(change);
    });
    // 42501: no right; 23001: refused by a trigger.
    await expect(tried).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|23001|0A000)$/) });
  });
});

test('the eraser takes away what an erasure names, and only that', async () => {
  const as = (change: string) =>
    sql.begin(async (transaction) => {
      await transaction`set local role hosho_eraser`;
      await transaction`insert into erasures (decision_id, erased_at) values (${record.id}, now())`;
      await transaction.unsafe(change);
    });
  await expect(as("update decisions set facts = '{}'")).rejects.toMatchObject({ code: '23001' });
  await expect(as('update decisions set facts = null, answer = null')).rejects.toMatchObject({
    code: '23001',
  });
  await expect(as('delete from erasures')).rejects.toMatchObject({ code: '42501' });
  await expect(as('update decisions set facts = null, answer = null, salt = null')).resolves.not.toThrow();
  await expect(sql`delete from erasures`).rejects.toMatchObject({ code: '23001' });
});

describe('a login that is a member of hosho_service alone', () => {
  const login = `login_${v7().replaceAll('-', '')}`;
  let url: string;
  beforeAll(async () => {
    await sql.unsafe(`create role ${login} login password 'x' in role hosho_service`);
    const parsed = new URL(databaseUrl);
    Object.assign(parsed, { username: login, password: 'x' });
    url = parsed.href;
  });

  test('serves, also in a month that has no partition yet', async () => {
    const service = await openStore({ databaseUrl: url, dataDir: '' });
    await service.saveVersions([version], new Date());
    const fresh = sampleRecord(version, { decidedAt: new Date('2031-05-01T00:00:00Z') });
    expect(await service.append(fresh, { key: 'another', requestHash: 'hash' })).toEqual({
      kind: 'appended',
    });
    expect(await service.find(fresh.id)).toMatchObject(fresh);
    await service.close();
  });

  test('reads as an auditor', async () => {
    const auditor = await openStore({ databaseUrl: url, dataDir: '', actor: 'auditor' });
    expect(await auditor.find(record.id)).not.toBeNull();
    await expect(auditor.append(sampleRecord(version))).rejects.toThrow('42501');
    await auditor.close();
  });

  test('may not migrate, and says who has to', async () => {
    const older = await freshDatabase();
    const parsed = new URL(older);
    Object.assign(parsed, { username: login, password: 'x' });
    const opening = openStore({ databaseUrl: parsed.href, dataDir: '' });
    await expect(opening).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await expect(opening).rejects.toThrow(/hosho migrate/);
  });
});

test('a login of no role is told which it needs', async () => {
  const login = `login_${v7().replaceAll('-', '')}`;
  await sql.unsafe(`create role ${login} login password 'x'`);
  const url = new URL(databaseUrl);
  Object.assign(url, { username: login, password: 'x' });
  await sql.unsafe(
    `grant usage on schema drizzle to ${login}; grant select on drizzle.__drizzle_migrations to ${login}`,
  );
  await expect(openStore({ databaseUrl: url.href, dataDir: '' })).rejects.toThrow(/hosho_service/);
});

test('the embedded store takes on the roles too', async () => {
  const place = await freshPlace('embedded');
  const service = await openStore(place);
  await service.saveVersions([version]);
  await service.append(record);
  await service.close();
  const auditor = await openStore({ ...place, actor: 'auditor' });
  expect(await auditor.find(record.id)).toMatchObject(record);
  await expect(auditor.append(sampleRecord(version))).rejects.toThrow('42501');
  await auditor.close();
});
