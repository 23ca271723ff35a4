/** GET /decisions: by every filter, page by page. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { kinds, sampleRecord, sampleVersion } from '../support/stores.ts';
import { type OpenApp, openApp } from './harness.ts';

const page = z.object({ decisions: z.array(z.looseObject({ id: z.string() })), next: z.string().nullable() });

describe.each(kinds)('GET /decisions (%s)', (kind) => {
  let opened: OpenApp;
  /** The oldest first. */
  const ids: string[] = [];
  const first = sampleVersion('a0b1c2');
  const second = sampleVersion('a0b1d3', { prefecture: 'other', incident: '2021-01-01' });
  beforeAll(async () => {
    opened = await openApp(kind);
    await opened.store.saveVersions([first, second]);
    const day = (n: number) => new Date(Date.UTC(2022, 0, n));
    const records = Array.from({ length: 9 }, (_, i) =>
      sampleRecord(i < 6 ? first : second, {
        reference: i % 2 === 0 ? `case ${i}` : null,
        outcome: i === 3 ? 'lapsed' : 'eligible',
        categories: i === 4 ? ['A', 'B'] : i === 5 ? [] : ['A'],
        asOf: day(i + 1),
        decidedAt: day(20 - i),
      }),
    );
    ids.push(...records.map(({ id }) => id));
    // The ids count, not when they were written.
    await opened.store.appendAll(records.toReversed());
  });
  afterAll(() => opened?.close());

  const ask = (query: string) => opened.app.request(`/decisions${query}`);
  const list = async (query: string) => page.parse(await (await ask(query)).json());
  const found = async (query: string): Promise<number[]> =>
    (await list(query)).decisions.map(({ id }) => ids.indexOf(id));

  test('the newest first, without facts and answers', async () => {
    expect(await found('')).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0]);
    const { decisions, next } = await list('?limit=1');
    expect(next).toBe(ids[8]);
    expect(decisions).toEqual([
      {
        ...{ id: ids[8], prefecture: 'other', incident: '2021-01-01', version: second.version },
        ...{ reference: 'case 8', outcome: 'eligible', categories: ['A'], isErased: false },
        ...{
          asOf: '2022-01-09T00:00:00.000Z',
          decidedAt: '2022-01-12T00:00:00.000Z',
          engineVersion: '0.1.0',
        },
        ...{ chain: expect.any(String), seq: expect.any(Number), hash: expect.any(String) },
        href: `/decisions/${ids[8]}`,
      },
    ]);
  });

  test.each<[query: string, found: number[]]>([
    ['?prefecture=other', [8, 7, 6]],
    ['?incident=2020-01-01&order=oldest', [0, 1, 2, 3, 4, 5]],
    ['?prefecture=other&incident=2020-01-01', []],
    ['?version=a0b1c2', [5, 4, 3, 2, 1, 0]],
    ['?version=A0B1D3', [8, 7, 6]],
    ['?outcome=lapsed', [3]],
    ['?category=B', [4]],
    ['?category=A&outcome=eligible&version=a0b1c2', [4, 2, 1, 0]],
    ['?reference=case%204', [4]],
    ['?asOfFrom=2022-01-03T00:00:00Z&asOfUntil=2022-01-05T00:00:00Z', [3, 2]],
    ['?decidedFrom=2022-01-19T09:00:00%2B09:00', [1, 0]],
    ['?decidedUntil=2022-01-13T00:00:00Z', [8]],
    ["?reference=';--", []],
  ])('%s', async (query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  test.each(['oldest', 'newest'])('pages stay where they are while more is logged: %s', async (order) => {
    const seen: string[] = [];
    let next: string | null = null;
    let link = `?order=${order}&limit=4&incident=2020-01-01`;
    do {
      const response = await ask(link);
      const body = page.parse(await response.json());
      seen.push(...body.decisions.map(({ id }) => id));
      next = body.next;
      const header = response.headers.get('link');
      expect(header === null).toBe(next === null);
      if (header === null) break;
      expect(header).toMatch(/^<\/decisions\?\S+>; rel="next"$/);
      link = header.slice('</decisions'.length, header.indexOf('>'));
      await opened.store.append(sampleRecord(second));
    } while (next !== null);
    const own = ids.slice(0, 6);
    expect(seen).toEqual(order === 'oldest' ? own : own.toReversed());
  });

  test.each([
    ['?outcom=eligible', { parameter: 'outcom', code: 'unknown-parameter', suggestion: 'outcome' }],
    ['?order=newst', { parameter: 'order', code: 'not-allowed', suggestion: 'newest' }],
    ['?limit=501', { parameter: 'limit', code: 'not-allowed' }],
    ['?after=1', { parameter: 'after', code: 'not-allowed' }],
    ['?asOfFrom=2022-01-03', { parameter: 'asOfFrom', code: 'not-allowed' }],
    ['?version=a0b', { parameter: 'version', code: 'not-allowed' }],
    ['?reference=a&reference=b', { parameter: 'reference', code: 'repeated' }],
    ['?reference=%00', { parameter: 'reference', code: 'not-allowed' }],
  ])('400 for %s', async (query, error) => {
    const response = await ask(query);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { type: 'urn:hosho:problem:invalid-query', errors: [error] },
    ]);
  });
});
