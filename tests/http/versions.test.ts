/** Versions of rule sets over HTTP: listed, readable to the byte, and compared. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sampleVersion } from '../support/stores.ts';
import { wordsOf } from '../support/words.ts';
import { type OpenApp, openApp, rulesDir } from './harness.ts';
import { listSchema } from './version-list.ts';

const path = '/rule-sets/yamaguchi/2023-02-24';

describe('what is asked of them', () => {
  let opened: OpenApp;
  let version: string;
  const gone = sampleVersion('abc123', { ruleText: 'prefecture: sample\r\n# 〜\n' });
  const twin = sampleVersion('abc1234');
  const get = async (to: string, headers: Record<string, string> = {}): Promise<Response> =>
    opened.app.request(to, { headers });

  beforeAll(async () => {
    opened = await openApp('postgres');
    version = opened.registry.find('yamaguchi', '2023-02-24')?.version ?? '';
    await opened.store.saveVersions([gone, twin], new Date('2020-02-01T00:00:00Z'));
  });
  afterAll(() => opened?.close());

  test('a rule set links to its versions', async () => {
    expect(await (await get(path)).json()).toMatchObject({ versionsHref: `${path}/versions` });
  });

  test('versions of a rule set that is no longer served: none is current', async () => {
    const response = await get('/rule-sets/sample/2020-01-01/versions');
    const { versions } = listSchema.parse(await response.json());
    expect(versions.map((one) => [one.version, one.isCurrent])).toEqual([
      [gone.version, false],
      [twin.version, false],
    ]);
    const text = await get(`/rule-sets/sample/2020-01-01/versions/${gone.version}`);
    expect(await text.text()).toBe(gone.ruleText);
  });

  test.each(['application/yaml', 'text/yaml', '*/*'])(
    'the text, which never changes (%s)',
    async (accept) => {
      const response = await get(`${path}/versions/${version}`, { Accept: accept });
      expect(await response.text()).toBe(await readFile(join(rulesDir, 'yamaguchi/2023-02-24.yaml'), 'utf8'));
      expect(response.headers.get('content-type')).toMatch(/^(application|text)\/yaml; charset=utf-8$/);
      expect(response.headers.get('etag')).toBe(`"${version}"`);
      expect(response.headers.get('cache-control')).toMatch(/immutable/);
      const short = await get(`${path}/versions/${version.slice(0, 6).toUpperCase()}`, { Accept: accept });
      expect(short.headers.get('cache-control')).toBe('no-cache');
      const again = await get(`${path}/versions/${version}`, { 'If-None-Match': `"${version}"` });
      expect(again.status).toBe(304);
    },
  );

  const ruleText = readFileSync(join(rulesDir, 'yamaguchi/2023-02-24.yaml'), 'utf8');
  const vocabularyText = wordsOf(ruleText, rulesDir);

  test('the vocabulary it was read with', async () => {
    const response = await get(`${path}/versions/${version}/vocabulary`);
    expect(await response.text()).toBe(vocabularyText);
    expect(response.headers.get('cache-control')).toMatch(/immutable/);
  });

  test('JSON has both texts and what is known of it, which may change', async () => {
    const response = await get(`${path}/versions/${version}`, { Accept: 'application/json' });
    expect(await response.json()).toMatchObject({
      ...{ prefecture: 'yamaguchi', incident: '2023-02-24', version, isCurrent: true },
      ruleText: await readFile(join(rulesDir, 'yamaguchi/2023-02-24.yaml'), 'utf8'),
      vocabularyText,
    });
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('etag')).not.toBe(`"${version}"`);
  });

  test.each(['abc12', 'abc1235', 'abc123', 'xyz', `${'a'.repeat(65)}`])(
    '404 for …/versions/%s',
    async (asked) => {
      for (const of of ['', '/vocabulary']) {
        const response = await get(`/rule-sets/sample/2020-01-01/versions/${asked}${of}`);
        expect(response.status).toBe(404);
        expect(await response.json()).toMatchObject({
          ...{ type: 'urn:hosho:problem:unknown-version', known: [gone.version, twin.version] },
        });
      }
    },
  );

  test.each(['/versions', '/versions/abcdef', '/versions/abcdef/vocabulary', '/diff?from=abcdef'])(
    'a rule set that never was: %s',
    async (of) => {
      for (const name of ['yamaguti/2023-02-24', 'yamaguchi/%00', '%00/%00']) {
        const response = await get(`/rule-sets/${name}${of}`);
        expect(response.status).toBe(404);
        expect(await response.json()).toMatchObject({
          type: 'urn:hosho:problem:unknown-rule-set',
          known: expect.arrayContaining([{ prefecture: 'yamaguchi', incident: '2023-02-24' }]),
        });
      }
      const near = await get(`/rule-sets/yamaguti/2023-02-24${of}`);
      expect(await near.json()).toMatchObject({ detail: expect.stringContaining('yamaguchi/2023-02-24') });
    },
  );

  test.each([
    ['', [{ parameter: 'from', code: 'missing' }]],
    ['?from=', [{ parameter: 'from', code: 'not-allowed' }]],
    ['?from=abc12', [{ parameter: 'from', code: 'not-allowed' }]],
    ['?from=2023-03-20', [{ parameter: 'from', code: 'not-allowed' }]],
    ['?from=0000-03-20T00:00:00Z', [{ parameter: 'from', code: 'not-allowed' }]],
    ['?from=abc123&from=abc123', [{ parameter: 'from', code: 'repeated' }]],
    [
      '?form=abc123&to=x',
      [
        { parameter: 'from', code: 'missing' },
        { parameter: 'to', code: 'not-allowed' },
        { parameter: 'form', code: 'unknown-parameter', suggestion: 'from' },
      ],
    ],
  ])('400 for …/diff%s', async (query, errors) => {
    const response = await get(`${path}/diff${query}`);
    expect(response.status).toBe(400);
    const body = z
      .looseObject({
        type: z.string(),
        errors: z.array(z.looseObject({ detail: z.string(), detailJa: z.string() })),
      })
      .parse(await response.json());
    expect(body).toMatchObject({ type: 'urn:hosho:problem:invalid-query', errors });
    expect(body.errors).toHaveLength(errors.length);
  });

  test.each([
    ['from', `?from=abcdef&to=${'0'.repeat(64)}`],
    ['from', '?from=2000-01-01T00:00:00Z'],
  ])('404 for …/diff%s', async (parameter, query) => {
    const response = await get(`${path}/diff${query}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      ...{ type: 'urn:hosho:problem:unknown-version', known: [version] },
      errors: [{ parameter, code: 'unknown-version' }],
    });
  });
});
