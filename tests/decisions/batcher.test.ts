import { v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { createBatcher, MOST_AT_ONCE } from '../../src/decisions/batcher.ts';
import { openStore } from '../../src/decisions/open.ts';
import { StoreUnavailable } from '../../src/decisions/store.ts';
import { freshPlace, kinds, sampleRecord, sampleVersion } from '../support/stores.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('what arrives together is handled together', () => {
  /** Batches that end when told to. */
  function held() {
    const batches: { items: number[]; end(): void }[] = [];
    const handle = createBatcher<number, number>(
      (items) =>
        new Promise((resolve) => batches.push({ items, end: () => resolve(items.map((i) => i * 10)) })),
    );
    return { batches, handle };
  }

  test('a lone item leaves at once, the others when it has ended, in order, each with its own result', async () => {
    const { batches, handle } = held();
    const results = [1, 2, 3, 4].map((item) => handle(item));
    expect(batches.map(({ items }) => items)).toEqual([[1]]);
    batches[0]?.end();
    await turn();
    expect(batches.map(({ items }) => items)).toEqual([[1], [2, 3, 4]]);
    batches[1]?.end();
    expect(await Promise.all(results)).toEqual([10, 20, 30, 40]);
    const later = handle(5);
    expect(batches[2]?.items).toEqual([5]);
    batches[2]?.end();
    expect(await later).toBe(50);
  });

  test('a batch takes no more than one statement does', async () => {
    const { batches, handle } = held();
    const results = Array.from({ length: 2 + MOST_AT_ONCE }, (_, i) => handle(i));
    for (const n of [0, 1, 2]) {
      batches[n]?.end();
      await turn();
    }
    expect(batches.map(({ items }) => items.length)).toEqual([1, MOST_AT_ONCE, 1]);
    expect(await Promise.all(results)).toEqual(results.map((_, i) => i * 10));
  });

  test('of a batch that is refused, only the items at fault fail', async () => {
    let tries = 0;
    const handle = createBatcher<number, number>(async (items) => {
      tries++;
      await turn();
      if (items.some((item) => item < 0)) throw new Error('refused');
      return items;
    });
    const results = await Promise.allSettled([1, 2, -3, 4, -5].map((item) => handle(item)));
    expect(results.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'rejected'],
    ]);
    expect(await handle(6)).toBe(6);
    await turn();

    // One of 128 behind a first: halved seven times.
    tries = 0;
    const more = Array.from({ length: 129 }, (_, i) => handle(i === 77 ? -1 : i));
    const refused = (await Promise.allSettled(more)).flatMap(({ status }, i) =>
      status === 'rejected' ? i : [],
    );
    expect(refused).toEqual([77]);
    expect(tries).toBe(1 + 1 + 2 * 7);
  });

  test('when the store is away, a batch is not tried again in parts', async () => {
    let tries = 0;
    const handle = createBatcher<number, number>(async () => {
      tries++;
      await turn();
      throw new StoreUnavailable({ ja: '不在', en: 'away' });
    });
    const results = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => handle(i)));
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(tries).toBe(2);
  });
});

describe.each(kinds)('group commit (%s)', (kind) => {
  test('a thousand at once: every one is there, with keys that repeat and conflict among them', async () => {
    const store = await openStore(await freshPlace(kind));
    const version = sampleVersion('b0');
    await store.saveVersions([version]);
    const keys = [v7(), v7(), v7()];
    const appends = Array.from({ length: 1000 }, (_, i) => ({
      record: sampleRecord(version, { reference: `case ${i}` }),
      idempotency: i % 10 === 0 ? { key: keys[i % 3] ?? '', requestHash: `hash ${i % 7 === 0}` } : undefined,
    }));
    const results = await Promise.all(
      appends.map(({ record, idempotency }) => store.append(record, idempotency)),
    );
    const perKey = new Map<string, string[]>();
    for (const [i, { record, idempotency }] of appends.entries()) {
      const found = await store.find(record.id);
      if (results[i]?.kind === 'appended') expect(found).toMatchObject(record);
      else expect(found).toBeNull();
      if (idempotency && found)
        perKey.set(idempotency.key, [...(perKey.get(idempotency.key) ?? []), found.id]);
    }
    expect([...perKey.values()].map((ids) => ids.length)).toEqual([1, 1, 1]);
    await store.close();
  });

  test('a row at fault in a batch fails alone', async () => {
    const store = await openStore(await freshPlace(kind));
    const version = sampleVersion('c0');
    await store.saveVersions([version]);
    const taken = sampleRecord(version);
    await store.append(taken);
    const records = [
      sampleRecord(version),
      sampleRecord(version, { id: taken.id }),
      sampleRecord(sampleVersion('d0')),
      sampleRecord(version),
    ];
    const results = await Promise.allSettled([sampleRecord(version), ...records].map((r) => store.append(r)));
    expect(results.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'fulfilled', 'rejected', 'rejected', 'fulfilled'],
    ]);
    await store.close();
  });
});
