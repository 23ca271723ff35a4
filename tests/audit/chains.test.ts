/** Whatever happens while decisions are logged, their chains have no holes. */
import { v7 } from 'uuid';
import { describe, expect, onTestFinished, test } from 'vitest';
import { verifyLog } from '../../src/audit/verify.ts';
import { decisionLog } from '../../src/decisions/log.ts';
import { openStore } from '../../src/decisions/open.ts';
import { openPostgres } from '../../src/decisions/postgres.ts';
import { type DecisionStore, StoreUnavailable } from '../../src/decisions/store.ts';
import { versionOf } from '../../src/rule-files/load.ts';
import { silentProxy } from '../support/silent-proxy.ts';
import { freshDatabase, freshPlace, kinds, sampleRecord, sampleVersion } from '../support/stores.ts';

const texts = { ruleText: 'title: 見本\n', vocabularyText: 'facts: {}\n' };
const version = sampleVersion(versionOf(texts.ruleText, texts.vocabularyText), texts);
const record = (changes: Parameters<typeof sampleRecord>[1] = {}) => sampleRecord(version, changes);
const verified = (store: DecisionStore) => verifyLog(store, { checkpoints: [] });

describe.each(kinds)('%s', (kind) => {
  async function open(): Promise<DecisionStore> {
    const store = await openStore(await freshPlace(kind));
    onTestFinished(() => store.close());
    await store.saveVersions([version]);
    return store;
  }

  test('keys that were used before, and rows that are refused', async () => {
    const store = await open();
    const keys = Array.from({ length: 20 }, () => v7());
    const uses = (requestHash: string) =>
      keys.map((key) => store.append(record(), { key, requestHash }).then(({ kind }) => kind));
    await Promise.all(uses('first'));
    const rest = await Promise.allSettled([
      ...[...uses('first'), ...uses('second'), ...uses('first')],
      ...Array.from({ length: 20 }, (_, i) => store.append(record(i % 5 === 0 ? { facts: '{' } : {}))),
    ]);
    expect(rest.filter(({ status }) => status === 'rejected')).toHaveLength(4);
    expect(await verified(store)).toMatchObject({ decisions: 36, chains: 1, findings: [] });
  });

  test('one at a time and many at once, in one chain', async () => {
    const store = await open();
    await Promise.all([
      store.append(record()),
      store.appendAll(Array.from({ length: 450 }, () => record())),
      store.append(record()),
      store.appendAll([record(), record({ facts: '{' })]).catch(() => undefined),
      store.append(record()),
    ]);
    expect(await verified(store)).toMatchObject({ decisions: 453, chains: 1, findings: [] });
  });

  test('the months of Japan have chains of their own, however they are mixed', async () => {
    const store = await open();
    const at = ['2022-02-28T14:59:59.999Z', '2022-02-28T15:00:00.000Z', '2022-03-31T14:59:59.999Z'];
    await store.appendAll(
      Array.from({ length: 30 }, (_, i) => record({ decidedAt: new Date(at[i % 3] ?? '') })),
    );
    expect(await verified(store)).toMatchObject({ decisions: 30, chains: 2, findings: [] });
    const february = await store.chainHeads({ decidedUntil: new Date('2022-03-01T00:00:00+09:00') });
    expect(february).toMatchObject([{ rows: 10, count: 10 }]);
  });

  test('a month to which something was added meanwhile is not taken out', async () => {
    const place = await freshPlace(kind);
    const store = await openStore({ ...place, actor: 'owner' });
    onTestFinished(() => store.close());
    await store.saveVersions([version]);
    const decidedAt = new Date('2022-02-10T00:00:00Z');
    await store.append(record({ decidedAt }));
    const chains = await store.chainHeads();
    await store.append(record({ decidedAt }));
    const month = { month: '2022-02', archivedAt: new Date(), chains };
    expect(await store.detachMonth(month, { drop: true })).toBe(false);
    expect(await store.archivedMonths()).toEqual([]);
    expect(await store.count({})).toBe(2);
    const now = { ...month, chains: await store.chainHeads() };
    expect(await store.detachMonth(now, { drop: true })).toBe(true);
    expect(await store.count({})).toBe(0);
    await expect(store.append(record({ decidedAt }))).rejects.toThrow();
  });
});

test('when it is not known whether a batch was committed', async () => {
  const databaseUrl = await freshDatabase();
  const proxy = await silentProxy(databaseUrl);
  const store = decisionLog('postgres', await openPostgres(proxy.databaseUrl, 'service', 700));
  onTestFinished(async () => {
    await store.close();
    proxy.close();
  });
  await store.saveVersions([version]);
  const before = record();
  await store.append(before);
  proxy.loseAnswers();
  const lost = record();
  await expect(store.append(lost)).rejects.toBeInstanceOf(StoreUnavailable);
  const after = record();
  await store.append(after);

  const auditor = await openStore({ databaseUrl, dataDir: '', actor: 'auditor' });
  onTestFinished(() => auditor.close());
  // It was, although nobody was told.
  const found = await Promise.all([before, lost, after].map(({ id }) => auditor.find(id)));
  expect(found.map((row) => row?.seq)).toEqual([1, 2, 1]);
  expect(await verified(auditor)).toMatchObject({ decisions: 3, chains: 2, findings: [] });
});
