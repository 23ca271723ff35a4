import postgres from 'postgres';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { MOST_AT_ONCE } from '../../src/decisions/batcher.ts';
import type { Session } from '../../src/decisions/database.ts';
import { decisionLog } from '../../src/decisions/log.ts';
import { openStore } from '../../src/decisions/open.ts';
import { openPostgres } from '../../src/decisions/postgres.ts';
import { type DecisionStore, StoreUnavailable } from '../../src/decisions/store.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { silentProxy } from '../support/silent-proxy.ts';
import { freshDatabase, freshFolder, freshPlace, sampleRecord, sampleVersion } from '../support/stores.ts';

// A server of its own: the run's server must stay up for the others.
let server: PostgresServer;
const version = sampleVersion('a0');

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server?.remove());

/** Every method, so that none hangs or lets a driver's error through. */
async function expectUnavailable(store: DecisionStore): Promise<void> {
  const record = sampleRecord(version);
  const idempotency = { key: record.id, requestHash: 'hash' };
  const calls = [
    () => store.ping(),
    () => store.append(record),
    () => store.append(record, idempotency),
    () => store.appendAll([record]),
    () => store.find(record.id),
    () => store.findAll([record.id]),
    () => store.findByKey(idempotency),
    () => store.saveVersions([version]),
    () => store.findVersion('sample', '2020-01-01', 'a0'),
  ];
  for (const call of calls) await expect(call()).rejects.toBeInstanceOf(StoreUnavailable);
}

test.each(['stop', 'crash'] as const)(
  'after a %s of the server the store recovers by itself',
  async (end) => {
    const databaseUrl = await freshDatabase(server.url('postgres'));
    const store = await openStore({ databaseUrl, dataDir: await freshFolder() });
    await store.saveVersions([version]);
    const records = Array.from({ length: 20 }, () => sampleRecord(version));
    await Promise.all(records.map((record) => store.append(record)));

    await server[end]();
    await expectUnavailable(store);
    await server.start();

    // The first calls may still meet a connection that was being given up.
    await expect.poll(() => store.ping().then(() => 'up')).toBe('up');
    for (const record of records) expect(await store.find(record.id)).toMatchObject(record);
    await store.append(sampleRecord(version));
    await store.close();
  },
);

test('a terminated connection is an outage, and the next call has a new one', async () => {
  const databaseUrl = await freshDatabase(server.url('postgres'));
  const store = await openStore({ databaseUrl, dataDir: await freshFolder() });
  await store.saveVersions([version]);
  const administrator = postgres(databaseUrl, { max: 1 });
  // Holds the table, so that the first append is under way when its connection ends, and the second waits for its turn.
  const holder = await administrator.reserve();
  await holder`begin`;
  await holder`lock table decisions in access exclusive mode`;
  const records = [sampleRecord(version), sampleRecord(version)];
  const results = Promise.allSettled(records.map((record) => store.append(record)));
  await expect.poll(() => holder`select 1 from pg_locks where not granted`).toHaveLength(1);
  await holder`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hosho'`;
  await holder`commit`;
  holder.release();
  await administrator.end();
  const [underWay, waiting] = await results;
  expect(underWay).toMatchObject({ status: 'rejected', reason: { name: 'StoreUnavailable' } });
  expect(waiting).toEqual({ status: 'fulfilled', value: { kind: 'appended' } });
  const found = await Promise.all(records.map(({ id }) => store.find(id)));
  expect(found).toMatchObject([null, { id: records[1]?.id }]);
  const record = sampleRecord(version);
  await store.append(record);
  expect(await store.find(record.id)).toMatchObject(record);
  await store.close();
});

test('a database that has gone silent does not keep anybody waiting, and is used again when it is back', async () => {
  const databaseUrl = await freshDatabase(server.url('postgres'));
  const proxy = await silentProxy(databaseUrl);
  const store = decisionLog('postgres', await openPostgres(proxy.databaseUrl, 'service', 500));
  await store.saveVersions([version]);
  proxy.silence();
  await expectUnavailable(store);
  proxy.listen();
  await expect.poll(() => store.ping().then(() => 'up')).toBe('up');
  await store.close();
  proxy.close();
});

test('many statements may take long together, as long as each is answered in time', async () => {
  const session = await openPostgres(await freshDatabase(server.url('postgres')), 'service', 1000);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const withAnswers = session.run(async (_, answered) => {
    for (let statement = 0; statement < 3; statement++) {
      vi.advanceTimersByTime(900);
      answered();
    }
    return 'done';
  });
  expect(await withAnswers).toBe('done');
  const withoutAnswers = session.run(async () => {
    vi.advanceTimersByTime(900);
    vi.advanceTimersByTime(900);
    await new Promise(() => {});
  });
  await expect(withoutAnswers).rejects.toBeInstanceOf(StoreUnavailable);
  vi.useRealTimers();
  await session.close();
});

test('a bulk run tells of each statement that it was answered', async () => {
  const session = await openPostgres(await freshDatabase(server.url('postgres')));
  let statements = 0;
  const counting: Session = {
    ...session,
    run: (operation) =>
      session.run((database, answered) =>
        operation(database, () => {
          statements++;
          answered();
        }),
      ),
  };
  const store = decisionLog('postgres', counting);
  await store.saveVersions([version]);
  await store.appendAll(Array.from({ length: 2 * MOST_AT_ONCE + 1 }, () => sampleRecord(version)));
  expect(statements).toBe(3);
  await store.close();
});

test.each(['postgres', 'embedded'] as const)(
  'a closed store is unavailable, and may be closed again (%s)',
  async (kind) => {
    const store = await openStore(await freshPlace(kind));
    await store.close();
    await expectUnavailable(store);
    await expect(store.close()).resolves.toBeUndefined();
  },
);
