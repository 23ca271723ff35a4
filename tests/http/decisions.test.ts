import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { kinds } from '../support/stores.ts';
import { type OpenApp, openApp, sound } from './harness.ts';

const answerSchema = z.looseObject({ id: z.uuidv7(), ruleSet: z.looseObject({ version: z.string() }) });

const HASH = expect.stringMatching(/^[0-9a-f]{64}$/);

describe.each(kinds)('decisions (%s)', (kind) => {
  let opened: OpenApp;
  beforeAll(async () => {
    opened = await openApp(kind);
  });
  afterAll(() => opened?.close());

  test('GET /decisions/:id is what was answered, and to what', async () => {
    const answered = await opened.evaluate({ ...sound, reference: '案件 42' });
    const answer = answerSchema.parse(await answered.json());
    const response = await opened.app.request(`/decisions/${answer.id}`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      id: answer.id,
      prefecture: 'yamaguchi',
      incident: '2023-02-24',
      version: answer.ruleSet.version,
      reference: '案件 42',
      outcome: 'eligible',
      categories: ['A'],
      asOf: '2023-03-05T03:00:00.000Z',
      decidedAt: '2023-03-20T03:00:00.000Z',
      engineVersion: '0.0.0-test',
      seal: {
        chain: expect.any(String),
        seq: expect.any(Number),
        ...{ salt: expect.stringMatching(/^[0-9a-f]{32}$/), factsHash: HASH, answerHash: HASH },
        ...{ previous: HASH, hash: HASH },
      },
      erased: null,
      facts: sound.facts,
      answer,
    });
  });

  test('the instant judged is the clock where asOf is left out', async () => {
    const { asOf: _, ...request } = sound;
    const answer = await (await opened.evaluate(request)).json();
    const now = '2023-03-20T12:00:00+09:00';
    expect(answer).toMatchObject({ asOf: now, decidedAt: now });
  });

  test('the explanation comes on request', async () => {
    const [plain, full] = await Promise.all(
      [{}, { explain: 'full' }].map(async (more) => (await opened.evaluate({ ...sound, ...more })).json()),
    );
    expect(plain).not.toHaveProperty('explanation');
    expect(full).toHaveProperty('explanation.0.conditions');
  });

  test.each([6, 64])('a version of %i digits, in capitals too', async (digits) => {
    const version = opened.registry.find('yamaguchi', '2023-02-24')?.version ?? '';
    const pinned = version.slice(0, digits).toUpperCase();
    const response = await opened.evaluate({ ...sound, version: pinned });
    expect(await response.json()).toMatchObject({ ruleSet: { version } });
  });

  test('404 for an id of no decision', async () => {
    const response = await opened.app.request(`/decisions/${v7()}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ type: 'urn:hosho:problem:unknown-decision' });
  });

  test.each(['1', 'not-a-uuid', '%00', `${v7()}0`, "'; drop table decisions; --"])(
    '400 for %s',
    async (id) => {
      const response = await opened.app.request(`/decisions/${id}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ type: 'urn:hosho:problem:invalid-id' });
    },
  );
});

describe('GET /decisions/:id/explanation', () => {
  let opened: OpenApp;
  let id: string;
  beforeAll(async () => {
    opened = await openApp('postgres');
    id = answerSchema.parse(await (await opened.evaluate(sound)).json()).id;
  });
  afterAll(() => opened?.close());
  const explain = (accept?: string, of = id) =>
    opened.app.request(`/decisions/${of}/explanation`, accept ? { headers: { Accept: accept } } : {});

  test('a page, a text, or JSON', async () => {
    const page = await explain();
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toMatch(/^<!doctype html>/);
    const text = await explain('text/plain');
    expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await text.text()).toContain('eligibility/A');
    expect(await (await explain('application/json')).json()).toMatchObject({ head: { id }, isSame: true });
  });

  test('500 where the logged answer is none that can be read', async () => {
    const [record] = opened.appended;
    const planted = v7();
    if (record) await opened.store.append({ ...record, id: planted, answer: '{"outcome":1}' });
    const response = await explain(undefined, planted);
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({
      ...{ type: 'urn:hosho:problem:unreadable-answer', status: 500 },
      title: 'The logged answer cannot be read',
    });
  });

  test('of a decision that there is', async () => {
    expect((await explain(undefined, v7())).status).toBe(404);
    expect((await explain(undefined, '1')).status).toBe(400);
  });
});
