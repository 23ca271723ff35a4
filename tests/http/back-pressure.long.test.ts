/** POST /evaluate/batch towards callers that do not read, on a real port. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { MAX_BATCHES, WINDOW } from '../../src/http/routes/evaluate.ts';
import { openBatch } from './batch-client.ts';
import { type OpenServer, openServer, sound } from './harness.ts';
import { until } from './until.ts';

let server: OpenServer;
let url: string;
/** Evaluations that came as far as the store. */
let begun = 0;
beforeAll(async () => {
  server = await openServer('postgres', (store) => ({
    append(record, idempotency) {
      begun += 1;
      return store.append(record, idempotency);
    },
  }));
  url = server.url;
});
afterAll(() => server?.close());
beforeEach(() => {
  begun = 0;
});

/** Until it has been the same for a second; nothing says that a caller is waited for. */
async function untilStill(): Promise<number> {
  let [last, same] = [-1, 0];
  return until(() => {
    same = last === begun ? same + 1 : 0;
    last = begun;
    return same === 50 ? begun : undefined;
  });
}

const LINES = 1500;
/** 80 kB of answer each: no buffer between us takes all of them. */
const line = `${JSON.stringify({ ...sound, explain: 'full' })}\n`;

test('a caller that does not read is waited for; when it reads again, it has every answer', async () => {
  const { sending, response, lines } = openBatch(url);
  sending.end(line.repeat(LINES));
  await response();
  const before = await untilStill();
  expect(before).toBeGreaterThanOrEqual(WINDOW);
  expect(before).toBeLessThan(LINES / 2);
  let count = 0;
  for await (const written of lines()) {
    count += 1;
    expect(written.startsWith(`{"line":${count},"answer":`)).toBe(true);
  }
  expect(count).toBe(LINES);
}, 120_000);

test('a caller that goes away stops the work and leaves its place to others', async () => {
  for (let i = 0; i <= MAX_BATCHES; i++) {
    const { sending, response } = openBatch(url, { 'X-Request-Id': `gone-${i}` });
    sending.end(line.repeat(LINES));
    expect((await response()).statusCode).toBe(200);
    sending.destroy();
    const logged = await until(() => server.log.lines().find(({ requestId }) => requestId === `gone-${i}`));
    expect(logged).toMatchObject({ path: '/evaluate/batch', status: 200 });
    expect(logged.lines).toBeLessThan(LINES);
  }
  const still = await untilStill();
  expect(still).toBeLessThan((MAX_BATCHES * LINES) / 2);
}, 120_000);
