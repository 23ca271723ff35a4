import { expect, inject, test } from 'vitest';
import { openStore } from '../../src/decisions/open.ts';
import { StoreUnavailable } from '../../src/decisions/store.ts';
import { exitCode, startScript } from '../support/child.ts';
import {
  freshDatabase,
  freshFolder,
  freshPlace,
  kinds,
  sampleRecord,
  sampleVersion,
} from '../support/stores.ts';

test('several stores open at once on an empty database', async () => {
  const place = { databaseUrl: await freshDatabase(), dataDir: await freshFolder() };
  const stores = await Promise.all(Array.from({ length: 6 }, () => openStore(place)));
  const version = sampleVersion('a0');
  await stores[0]?.saveVersions([version]);
  for (const store of stores) {
    const record = sampleRecord(version);
    await store.append(record);
    expect(await stores[0]?.find(record.id)).toMatchObject(record);
  }
  await Promise.all(stores.map((store) => store.close()));
});

test('several processes open at once on an empty database', async () => {
  const place = { databaseUrl: await freshDatabase(), dataDir: await freshFolder() };
  const children = Array.from({ length: 4 }, () => startScript('open-once', place));
  expect(await Promise.all(children.map(exitCode))).toEqual([0, 0, 0, 0]);
});

test.each(kinds)('what was logged is there after opening again (%s)', async (kind) => {
  const place = await freshPlace(kind);
  const version = sampleVersion('a0');
  const record = sampleRecord(version);
  const store = await openStore(place);
  await store.saveVersions([version]);
  await store.append(record);
  await store.close();
  const again = await openStore(place);
  expect(await again.find(record.id)).toMatchObject(record);
  await again.close();
});

test('a server that is not there, a database that does not exist and a wrong password are all told', async () => {
  const dataDir = await freshFolder();
  const missing = new URL(inject('postgresUrl'));
  missing.pathname = '/nowhere';
  const stranger = new URL(inject('postgresUrl'));
  stranger.password = 'wrong';
  for (const databaseUrl of ['postgres://127.0.0.1:1/hosho', missing.href, stranger.href]) {
    await expect(openStore({ databaseUrl, dataDir })).rejects.toBeInstanceOf(StoreUnavailable);
  }
});
