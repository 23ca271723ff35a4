import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../src/decisions/open.ts';
import type { DecisionStore } from '../../src/decisions/store.ts';
import { freshPlace, kinds, sampleRecord, sampleVersion } from '../support/stores.ts';

const version = sampleVersion('a0');
/** With an answer that no other has. */
const own = () => sampleRecord(version, { answer: JSON.stringify({ own: v7() }) });

describe.each(kinds)('idempotency (%s)', (kind) => {
  let store: DecisionStore;

  beforeAll(async () => {
    store = await openStore(await freshPlace(kind));
    await store.saveVersions([version]);
  });
  afterAll(() => store?.close());

  test('a repeated request gets the first answer, to the byte', async () => {
    const idempotency = { key: v7(), requestHash: 'one' };
    const first = sampleRecord(version, { answer: '{"b": "見本", "a":1}', reference: 'case 1' });
    expect(await store.append(first, idempotency)).toEqual({ kind: 'appended' });
    const retry = sampleRecord(version);
    expect(await store.append(retry, idempotency)).toEqual({ kind: 'repeated', answer: first.answer });
    expect(await store.find(retry.id)).toBeNull();
  });

  test('another request under the same key is a conflict', async () => {
    const key = v7();
    await store.append(sampleRecord(version), { key, requestHash: 'one' });
    const another = sampleRecord(version);
    expect(await store.append(another, { key, requestHash: 'two' })).toEqual({ kind: 'conflict' });
    expect(await store.find(another.id)).toBeNull();
  });

  test('equal requests under different keys are two decisions', async () => {
    for (const key of [v7(), v7()]) {
      const record = sampleRecord(version);
      expect(await store.append(record, { key, requestHash: 'one' })).toEqual({ kind: 'appended' });
    }
  });

  test('of 20 at once with one key, exactly one is appended', async () => {
    const idempotency = { key: v7(), requestHash: 'one' };
    const records = Array.from({ length: 20 }, own);
    const results = await Promise.all(records.map((record) => store.append(record, idempotency)));
    const [winner, ...more] = records.filter((_, index) => results[index]?.kind === 'appended');
    expect(more).toEqual([]);
    const repeated = results.filter((result) => result.kind !== 'appended');
    expect(repeated).toEqual(
      Array.from({ length: 19 }, () => ({ kind: 'repeated', answer: winner?.answer })),
    );
    const kept = await Promise.all(records.map((record) => store.find(record.id)));
    expect(kept.filter((record) => record !== null)).toMatchObject([{ id: winner?.id }]);
  });

  test('of 20 different ones at once with one key, one is appended and 19 conflict', async () => {
    const key = v7();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        store.append(sampleRecord(version), { key, requestHash: `request ${index}` }),
      ),
    );
    expect(results.map(({ kind }) => kind).sort()).toEqual(['appended', ...Array(19).fill('conflict')]);
  });

  test('many at once, each the first use, a retry, a conflict or without a key', async () => {
    const earlier = Array.from({ length: 40 }, (_, i) => ({ key: v7(), requestHash: `request ${i}` }));
    const first = earlier.map(own);
    await Promise.all(earlier.map((use, i) => store.append(first[i] ?? own(), use)));
    const kinds = ['retry', 'conflict', 'new', 'none'] as const;
    const asked = earlier.flatMap((use, i) =>
      kinds.map((kind) => ({ kind, use, earlier: first[i], record: sampleRecord(version) })),
    );
    const results = await Promise.all(
      asked.map(({ kind, use, record }) => {
        if (kind === 'none') return store.append(record);
        if (kind === 'new') return store.append(record, { ...use, key: v7() });
        return store.append(record, kind === 'retry' ? use : { ...use, requestHash: 'other' });
      }),
    );
    expect(results).toEqual(
      asked.map(({ kind, earlier: first }) => {
        if (kind === 'retry') return { kind: 'repeated', answer: first?.answer };
        return { kind: kind === 'conflict' ? 'conflict' : 'appended' };
      }),
    );
    const written = asked.filter(({ kind }) => kind === 'new' || kind === 'none').map(({ record }) => record);
    const found = await store.findAll(asked.map(({ record }) => record.id));
    expect(found.sort((a, b) => (a.id < b.id ? -1 : 1))).toMatchObject(written);
  });

  test('of equal keys at once, the first that came is the first use', async () => {
    // A batch of one goes ahead, so that the others are one batch.
    const ahead = store.append(sampleRecord(version));
    const keys = ['z', 'a', 'm'].map((beginning) => ({ key: `${beginning}${v7()}`, requestHash: 'one' }));
    const asked = [...keys, ...keys.toReversed()].map((use) => ({ use, record: own() }));
    const results = await Promise.all(asked.map(({ use, record }) => store.append(record, use)));
    await ahead;
    expect(results.slice(0, 3)).toEqual(keys.map(() => ({ kind: 'appended' })));
    expect(results.slice(3)).toEqual(
      asked
        .slice(0, 3)
        .map(({ record }) => ({ kind: 'repeated', answer: record.answer }))
        .toReversed(),
    );
  });

  test('a key whose first use failed can be used again', async () => {
    const idempotency = { key: v7(), requestHash: 'one' };
    const failing = sampleRecord(sampleVersion('dead'));
    await expect(store.append(failing, idempotency)).rejects.toThrow('23503');
    expect(await store.append(sampleRecord(version), idempotency)).toEqual({ kind: 'appended' });
  });
});
