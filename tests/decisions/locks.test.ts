/** Instances that write the same rows take them in one order, so that none waits for another that waits for it. */
import postgres from 'postgres';
import { v7 } from 'uuid';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/decisions/open.ts';
import { freshDatabase, freshFolder, sampleRecord, sampleVersion } from '../support/stores.ts';

/** A store, and a transaction of another instance that has written nothing yet. */
async function twoInstances() {
  const databaseUrl = await freshDatabase();
  const store = await openStore({ databaseUrl, dataDir: await freshFolder() });
  const session = postgres(databaseUrl, { max: 2 });
  const other = await session.reserve();
  await other`begin`;
  onTestFinished(async () => {
    other.release();
    await session.end();
    await store.close();
  });
  const waiting = () => session`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  const storeWaits = () => expect.poll(waiting).toHaveLength(1);
  return { store, other, storeWaits };
}

test('versions', async () => {
  const { store, other, storeWaits } = await twoInstances();
  const [a, b] = [sampleVersion('a0'), sampleVersion('b0')];
  const save = ({ version }: typeof a) => other`
    insert into rule_set_versions (version, prefecture, incident, rule_text, vocabulary_text)
    values (${version}, 'sample', '2020-01-01', '', '')`;
  await save(a);
  const saved = store.saveVersions([b, a]);
  await storeWaits();
  await save(b);
  await other`rollback`;
  await saved;
  expect(await store.findVersion('sample', '2020-01-01', 'b0')).toEqual(b);
});

test('idempotency keys', async () => {
  const { store, other, storeWaits } = await twoInstances();
  const version = sampleVersion('a0');
  await store.saveVersions([version]);
  const use = (key: string) =>
    other`insert into idempotency_keys (key, request_hash, decision_id) values (${key}, 'hash', ${v7()})`;
  await use('a');
  // A batch of one goes ahead, so that the others are one batch.
  const ahead = store.append(sampleRecord(version));
  const appended = ['b', 'a'].map((key) => store.append(sampleRecord(version), { key, requestHash: 'hash' }));
  await storeWaits();
  await use('b');
  await other`rollback`;
  expect(await Promise.all([ahead, ...appended])).toEqual(Array(3).fill({ kind: 'appended' }));
});
