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
    await store.saveVersions([version, other]);
  });
  afterAll(() => store?.close());

  test('says its kind and answers', async () => {
    expect(store.kind).toBe(kind);
    await expect(store.ping()).resolves.toBeUndefined();
  });

  test('gives back what was appended', async () => {
    const record = sampleRecord(version, {
      reference: '整理番号 第１号 🎫',
      facts: '{"voucher":{"medium":"紙","balanceAfterGraceYen":1500},"app":null,"codes":[3,1,2]}',
      answer: JSON.stringify({
        label: '２月24日までで、残額がある方',
        text: '\'"\\ \u2028 \u0000 \u001e \ud800',
      }),
    });
    expect(await store.append(record)).toEqual({ kind: 'appended' });
    expect(await store.find(record.id)).toMatchObject(record);
  });

  test.each([
    '{"zebra":1,"apple":{"y":1,"x":[{"b":1,"a":2}]},"key with space":"","Mango":1.5e-7,"Mango":1.50}',
    ' {\t"a" :\r\n1 } ',
    '"12"',
    '12',
    'null',
    '"{\\"a\\":1}"',
    '[]',
    '"\\u3042 あ \\/ \u007f"',
  ])('keeps %j to the byte', async (json) => {
    const record = sampleRecord(version, { facts: json, answer: json });
    await store.append(record);
    expect(await store.find(record.id)).toMatchObject(record);
  });

  test.each(['', '{', 'yes', '{}\u001e{}', '{}\u001e', "'", '\u0000', '"\n"'])(
    'refuses %j, which is no JSON, and nothing besides',
    async (text) => {
      const records = [
        sampleRecord(version),
        sampleRecord(version, { facts: text }),
        sampleRecord(version, { answer: text }),
        sampleRecord(version),
      ];
      const results = await Promise.allSettled(records.map((record) => store.append(record)));
      expect(results.map(({ status }) => status)).toEqual([
        ...['fulfilled', 'rejected', 'rejected', 'fulfilled'],
      ]);
      const found = await store.findAll(records.map(({ id }) => id));
      expect(found).toHaveLength(2);
      expect(found).toEqual(
        expect.arrayContaining([records[0], records[3]].map((one) => expect.objectContaining(one))),
      );
    },
  );

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

  test('finds those of many ids that there are', async () => {
    const records = Array.from({ length: 450 }, () => sampleRecord(version));
    await store.appendAll(records);
    const asked = ['not-an-id', v7(), ...records.map(({ id }) => id)];
    const found = await store.findAll(asked);
    expect(found.sort((a, b) => (a.id < b.id ? -1 : 1))).toMatchObject(records);
    expect(await store.findAll([])).toEqual([]);
  });

  test('appends all or none', async () => {
    const taken = sampleRecord(version);
    await store.appendAll([taken]);
    await store.appendAll([]);
    const records = [...Array.from({ length: 450 }, () => sampleRecord(version)), { ...taken }];
    await expect(store.appendAll(records)).rejects.toThrow('23505');
    expect(await store.findAll(records.map(({ id }) => id))).toMatchObject([taken]);
  });

  test('refuses an id that is taken and writes nothing', async () => {
    const record = sampleRecord(version);
    await store.append(record);
    const same = sampleRecord(version, { id: record.id, answer: '{"outcome":"ineligible"}' });
    const idempotency = { key: v7(), requestHash: 'hash' };
    await expect(store.append(same)).rejects.toThrow('23505');
    await expect(store.append(same, idempotency)).rejects.toThrow('23505');
    expect(await store.find(record.id)).toMatchObject(record);
    // The key was not used up either.
    expect(await store.append(sampleRecord(version), idempotency)).toEqual({ kind: 'appended' });
  });

  test('refuses a decision whose version it does not hold', async () => {
    const record = sampleRecord(sampleVersion('dead'));
    await expect(store.append(record)).rejects.toThrow('23503');
    expect(await store.find(record.id)).toBeNull();
  });

  test('an error does not carry the facts of a case', async () => {
    const record = sampleRecord(sampleVersion('dead'), { facts: '{"secret":"himitsu"}' });
    const error: unknown = await store.append(record).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('himitsu');
  });
});
