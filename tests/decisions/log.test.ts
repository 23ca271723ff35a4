import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../src/decisions/open.ts';
import type { DecisionStore } from '../../src/decisions/store.ts';
import { freshPlace, kinds, sampleRecord, sampleVersion } from '../support/stores.ts';

const version = sampleVersion('a0');
const other = sampleVersion('b1', { incident: '2021-01-01' });

describe.each(kinds)('the decision log (%s)', (kind) => {
  let store: DecisionStore;

  beforeAll(async () => {
    store = await openStore(await freshPlace(kind));
    await store.saveVersion(version);
    await store.saveVersion(other);
  });
  afterAll(() => store?.close());

  test('says its kind and answers', async () => {
    expect(store.kind).toBe(kind);
    await expect(store.ping()).resolves.toBeUndefined();
  });

  test('gives back what was appended', async () => {
    const record = sampleRecord(version, {
      reference: '整理番号 第１号 🎫',
      facts: {
        voucher: { medium: '紙', balanceAfterGraceYen: 1500 },
        app: null,
        ratio: 0.1,
        codes: [3, 1, 2],
      },
      answer: {
        outcome: 'eligible',
        label: '２月24日までで、残額がある方',
        text: '\'"\\ \u2028 \u0000 \ud800',
      },
    });
    expect(await store.append(record)).toEqual({ kind: 'appended' });
    expect(await store.find(record.id)).toEqual(record);
  });

  test('keeps the order of keys, to the byte', async () => {
    const answer = { zebra: 1, apple: { y: 1, x: [{ b: 1, a: 2 }] }, 'key with space': '', Mango: 1.5e-7 };
    const record = sampleRecord(version, { answer, facts: { b: 1, a: 2 } });
    await store.append(record);
    const found = await store.find(record.id);
    expect(JSON.stringify(found?.answer)).toBe(JSON.stringify(answer));
    expect(JSON.stringify(found?.facts)).toBe('{"b":1,"a":2}');
  });

  test.each([['12'], [12], ['{"a":1}'], [true], [[]]])('keeps %j apart from its like', async (facts) => {
    const record = sampleRecord(version, { facts });
    await store.append(record);
    expect((await store.find(record.id))?.facts).toStrictEqual(facts);
  });

  test.each(['0001-01-01T00:00:00.000Z', '1887-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'])(
    'keeps the instant %s',
    async (instant) => {
      const record = sampleRecord(version, { asOf: new Date(instant) });
      await store.append(record);
      expect((await store.find(record.id))?.asOf.toISOString()).toBe(instant);
    },
  );

  test('finds nothing under an unknown id, or one that is none', async () => {
    expect(await store.find(v7())).toBeNull();
    expect(await store.find('not-an-id')).toBeNull();
  });

  test('refuses an id that is taken and writes nothing', async () => {
    const record = sampleRecord(version);
    await store.append(record);
    const same = sampleRecord(version, { id: record.id, answer: { outcome: 'ineligible' } });
    const idempotency = { key: v7(), requestHash: 'hash' };
    await expect(store.append(same)).rejects.toThrow('23505');
    await expect(store.append(same, idempotency)).rejects.toThrow('23505');
    expect(await store.find(record.id)).toEqual(record);
    // The key was not used up either.
    expect(await store.append(sampleRecord(version), idempotency)).toEqual({ kind: 'appended' });
  });

  test('refuses a decision whose version it does not hold', async () => {
    const record = sampleRecord(sampleVersion('dead'));
    await expect(store.append(record)).rejects.toThrow('23503');
    expect(await store.find(record.id)).toBeNull();
  });

  test('an error does not carry the facts of a case', async () => {
    const record = sampleRecord(sampleVersion('dead'), { facts: { secret: 'himitsu' } });
    const error: unknown = await store.append(record).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('himitsu');
  });
});
