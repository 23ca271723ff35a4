import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { WINDOW } from '../../src/http/routes/evaluate.ts';
import { NDJSON } from './batch-client.ts';
import { openApp, sound } from './harness.ts';
import { until } from './until.ts';

test('all batches together have so many lines under evaluation, first come, first served', async () => {
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const begun: unknown[] = [];
  const opened = await openApp('postgres', (store) => ({
    async append(record, idempotency) {
      begun.push(record.reference);
      await gate;
      return store.append(record, idempotency);
    },
  }));
  const lines = WINDOW - 56;
  async function send(name: string): Promise<Response> {
    const references = Array.from({ length: lines }, (_, at) => `${name}${at}`);
    const body = references.map((reference) => `${JSON.stringify({ ...sound, reference })}\n`).join('');
    return opened.app.request('/evaluate/batch', {
      ...{ method: 'POST', headers: { 'Content-Type': NDJSON }, body },
    });
  }
  const answers = [await send('a'), await send('b')].map((response) => response.text());
  await until(() => (begun.length >= WINDOW ? true : undefined));
  for (let turn = 0; turn < 200; turn += 1) await setImmediate();
  expect(begun).toHaveLength(WINDOW);
  open();
  for (const text of answers) {
    const numbers = (await text).match(/(?<=^\{"line":)\d+(?=,"answer")/gm);
    expect(numbers).toEqual(Array.from({ length: lines }, (_, at) => String(at + 1)));
  }
  for (const name of ['a', 'b']) {
    const order = begun.filter((reference) => String(reference).startsWith(name));
    expect(order).toEqual(Array.from({ length: lines }, (_, at) => `${name}${at}`));
  }
  await opened.close();
});
