import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenApp, openApp, rulesDir } from './harness.ts';

const path = '/rule-sets/yamaguchi/2023-02-24';
const file = join(rulesDir, 'yamaguchi/2023-02-24.yaml');
let opened: OpenApp;
let version: string;
const get = async (to: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  opened.app.request(to, { method, headers });

beforeAll(async () => {
  opened = await openApp('postgres');
  version = opened.registry.find('yamaguchi', '2023-02-24')?.version ?? '';
});
afterAll(() => opened?.close());

test('GET /rule-sets lists what is served', async () => {
  const response = await get('/rule-sets');
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    ruleSets: expect.arrayContaining([
      expect.objectContaining({ prefecture: 'yamaguchi', incident: '2023-02-24', version, href: path }),
    ]),
  });
});

describe('GET /rule-sets/:prefecture/:incident', () => {
  test.each([{}, { Accept: '*/*' }, { Accept: 'application/json' }, { Accept: 'text/html, */*;q=0.8' }])(
    'is JSON for %j',
    async (headers) => {
      const response = await get(path, headers);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(await response.json()).toMatchObject({
        version,
        timeZone: 'Asia/Tokyo',
        brands: expect.arrayContaining([{ id: 'paypay-points', label: 'PayPay ポイント' }]),
        deadlines: expect.arrayContaining([
          expect.objectContaining({
            id: 'final-expiry',
            endsAt: '2023-04-01T00:00:00+09:00',
            clauses: ['S2.A1'],
          }),
        ]),
        eligibility: expect.arrayContaining([expect.objectContaining({ id: 'A', clauses: ['S1.A'] })]),
        contact: { tel: '0120-479-249' },
      });
    },
  );

  test.each(['application/yaml', 'text/yaml', 'application/json;q=0.5, application/yaml'])(
    'is the file itself for %s',
    async (accept) => {
      const response = await get(path, { Accept: accept });
      expect(response.headers.get('content-type')).toMatch(/^(application|text)\/yaml; charset=utf-8$/);
      expect(await response.text()).toBe(await readFile(file, 'utf8'));
    },
  );

  test.each(['application/json', 'application/yaml'])('has the version for an ETag (%s)', async (accept) => {
    const first = await get(path, { Accept: accept });
    expect(first.headers.get('etag')).toBe(`"${version}"`);
    expect(first.headers.get('vary')).toBe('Accept');
    for (const ifNoneMatch of [`"${version}"`, `"other", W/"${version}"`, '*']) {
      const again = await get(path, { Accept: accept, 'If-None-Match': ifNoneMatch });
      expect([again.status, await again.text()]).toEqual([304, '']);
      expect(again.headers.get('etag')).toBe(`"${version}"`);
      expect(again.headers.get('vary')).toBe('Accept');
      expect(again.headers.get('x-request-id')).not.toBeNull();
    }
    const changed = await get(path, { Accept: accept, 'If-None-Match': '"other"' });
    expect(changed.status).toBe(200);
    const head = await get(path, { Accept: accept, 'If-None-Match': `"${version}"` }, 'HEAD');
    expect(head.status).toBe(304);
  });

  test.each([path, `${path}/facts`].map((p) => p.replace('yamaguchi', 'yamaguti')))(
    '404 %s',
    async (unknown) => {
      const response = await get(unknown, { 'If-None-Match': '*' });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({
        type: 'urn:hosho:problem:unknown-rule-set',
        detail: expect.stringContaining('yamaguchi/2023-02-24'),
        known: expect.arrayContaining([{ prefecture: 'yamaguchi', incident: '2023-02-24' }]),
      });
    },
  );
});

test('GET …/facts is a JSON Schema, and not sent again while the version stands', async () => {
  const response = await get(`${path}/facts`);
  expect(response.headers.get('content-type')).toBe('application/schema+json');
  expect(await response.json()).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
  expect(response.headers.get('etag')).toBe(`"${version}"`);
  const again = await get(`${path}/facts`, { 'If-None-Match': `"${version}"` });
  expect(again.status).toBe(304);
});
