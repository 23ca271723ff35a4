/** POST /try. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenApp, openApp, post, sound } from './harness.ts';

let opened: OpenApp;
beforeAll(async () => {
  opened = await openApp('embedded');
});
afterAll(() => opened?.close());

const tryOut = async (body: unknown): Promise<Response> => opened.app.request('/try', post(body));

describe('POST /try', () => {
  test.each(['reasons', 'full'])('answers as /evaluate does, but for the log: %s', async (explain) => {
    const request = { ...sound, explain, reference: 'case-1' };
    const { links, ...evaluated } = JSON.parse(await (await opened.evaluate(request)).text());
    const logged = opened.appended.length;
    const response = await tryOut(request);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const tried: object = JSON.parse(await response.text());
    expect(evaluated).toMatchObject({ logged: true, reference: 'case-1' });
    expect(links).toEqual({
      decision: `/decisions/${evaluated.id}`,
      explanation: `/decisions/${evaluated.id}/explanation`,
    });
    expect(tried).toEqual({ ...evaluated, id: null, decidedAt: null, logged: false });
    expect(Object.keys(tried)).toEqual(Object.keys(evaluated));
    expect(opened.appended).toHaveLength(logged);
  });

  test.each([
    ['a misspelt field', { ...sound, as_of: sound.asOf }],
    ['an unknown rule set', { ...sound, prefecture: 'yamaguti' }],
    ['facts that do not fit', { ...sound, facts: { voucher: { medum: 'paper' } } }],
    ['an unknown version', { ...sound, version: 'abcdef' }],
  ])('refuses what /evaluate refuses, in its words: %s', async (_, body) => {
    const [evaluated, tried] = [await opened.evaluate(body), await tryOut(body)];
    expect(tried.status).toBe(evaluated.status);
    expect(await tried.text()).toBe(await evaluated.text());
  });
});
