import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { StoreUnavailable } from '../../src/decisions/store.ts';
import { kinds } from '../support/stores.ts';
import { type OpenApp, openApp, sound } from './harness.ts';

describe.each(kinds)('Idempotency-Key (%s)', (kind) => {
  let opened: OpenApp;
  let isDown = false;
  beforeAll(async () => {
    opened = await openApp(kind, (store) => ({
      append: (record, idempotency) =>
        isDown
          ? Promise.reject(new StoreUnavailable({ ja: '不在', en: 'away' }))
          : store.append(record, idempotency),
    }));
  });
  afterAll(() => opened?.close());
  beforeEach(() => {
    isDown = false;
  });

  test('a retry gets the first answer, byte for byte', async () => {
    const headers = { 'Idempotency-Key': v7() };
    // Without an instant, so that deciding again would give another answer.
    const { asOf: _, ...request } = { ...sound, explain: 'full', reference: '案件 1 😀' };
    const first = await opened.evaluate(request, headers);
    const second = await opened.evaluate(request, headers);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await second.text()).toBe(await first.text());
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
  });

  test('the same request laid out otherwise is a retry', async () => {
    const headers = { 'Idempotency-Key': v7() };
    const first = await opened.evaluate(sound, headers);
    const { facts, ...rest } = sound;
    const again = JSON.stringify({ facts, explain: 'reasons', ...rest }, null, 2);
    const second = await opened.evaluate(again, headers);
    expect(await second.text()).toBe(await first.text());
  });

  test('another body under the same key is refused', async () => {
    const headers = { 'Idempotency-Key': v7() };
    await opened.evaluate(sound, headers);
    for (const change of [
      { reference: 'other' },
      { asOf: '2023-03-05T12:00:01+09:00' },
      { explain: 'full' },
    ]) {
      const response = await opened.evaluate({ ...sound, ...change }, headers);
      expect(response.status).toBe(409);
      expect(await response.json()).toMatchObject({ type: 'urn:hosho:problem:idempotency-conflict' });
    }
  });

  test('of 10 at once, all get one answer', async () => {
    const headers = { 'Idempotency-Key': '!~'.repeat(127) };
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => (await opened.evaluate(sound, headers)).text()),
    );
    expect(new Set(answers).size).toBe(1);
  });

  test('without a key, equal requests are decided each', async () => {
    const answers = [await opened.evaluate(sound), await opened.evaluate(sound)];
    const [first, second] = await Promise.all(answers.map((answer) => answer.json()));
    expect(first).toMatchObject({ outcome: 'eligible' });
    expect(second).not.toEqual(first);
  });

  test('a key whose request was refused or not logged can be used again', async () => {
    const headers = { 'Idempotency-Key': v7() };
    expect((await opened.evaluate({ ...sound, facts: [] }, headers)).status).toBe(422);
    isDown = true;
    expect((await opened.evaluate(sound, headers)).status).toBe(503);
    isDown = false;
    const third = await opened.evaluate(sound, headers);
    expect([third.status, third.headers.get('idempotency-replayed')]).toEqual([200, null]);
  });
});
