import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { StoreUnavailable } from '../../src/decisions/store.ts';
import { MAX_IN_FLIGHT } from '../../src/http/in-flight.ts';
import { type OpenApp, openApp, sound } from './harness.ts';

const secret = 'password=hunter2';
let opened: OpenApp;
/** What the store does in place of its work. */
let trouble: (() => Promise<never>) | null = null;

beforeAll(async () => {
  opened = await openApp('postgres', (store) => ({
    append: (record, idempotency) => trouble?.() ?? store.append(record, idempotency),
    find: (id) => trouble?.() ?? store.find(id),
    ping: () => trouble?.() ?? store.ping(),
  }));
});
afterAll(() => opened?.close());
beforeEach(() => {
  trouble = null;
});

const away = () => Promise.reject(new StoreUnavailable({ ja: secret, en: `connect ECONNREFUSED ${secret}` }));
const id = '0190b5a4-0000-7000-8000-000000000000';

test('503 while the store is away, and decisions again when it is back', async () => {
  trouble = away;
  for (const response of [await opened.evaluate(sound), await opened.app.request(`/decisions/${id}`)]) {
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ type: 'urn:hosho:problem:store-unavailable' });
    expect(text).not.toContain(secret);
  }
  trouble = null;
  expect((await opened.evaluate(sound)).status).toBe(200);
});

test('500 for a bug: the caller learns nothing of it, the log everything', async () => {
  trouble = () => Promise.reject(new Error(secret));
  const response = await opened.app.request(`/decisions/${id}`, { headers: { 'X-Request-Id': 'buggy' } });
  expect(response.status).toBe(500);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.text()).not.toContain(secret);
  const line = opened.log.lines().find(({ level }) => level === 50);
  const logged = opened.log.lines().filter(({ requestId }) => requestId === 'buggy');
  expect(line).toBeDefined();
  expect(logged).toMatchObject([
    { level: 50, err: { message: secret, stack: expect.any(String) } },
    { path: `/decisions/${id}`, status: 500 },
  ]);
});

test('/healthz knows nothing of it; /readyz does', async () => {
  expect((await opened.app.request('/readyz')).status).toBe(200);
  trouble = away;
  expect((await opened.app.request('/healthz')).status).toBe(200);
  const response = await opened.app.request('/readyz');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    type: 'urn:hosho:problem:not-ready',
    store: { kind: 'postgres', answers: false },
    problems: [],
  });
});

test('429 beyond what is answered at once; those taken on are answered', async () => {
  const bodies: ReadableStreamDefaultController[] = [];
  const headers = { 'Content-Type': 'application/json' };
  const taken = Array.from({ length: MAX_IN_FLIGHT }, () => {
    const body = new ReadableStream({ start: (controller) => void bodies.push(controller) });
    return opened.app.request('/evaluate', { method: 'POST', headers, body, duplex: 'half' });
  });
  const response = await opened.evaluate(sound);
  expect(response.status).toBe(429);
  expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
  expect((await opened.app.request('/healthz')).status).toBe(200);
  for (const body of bodies) body.close();
  const statuses = await Promise.all(taken.map(async (answer) => (await answer).status));
  expect(statuses).toEqual(Array(MAX_IN_FLIGHT).fill(400));
  expect((await opened.evaluate(sound)).status).toBe(200);
});
