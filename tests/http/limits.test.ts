/** However much is wrong with a request: 50 errors, the number of the others, and no long quotations. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type OpenApp, openApp, post, sound } from './harness.ts';

let opened: OpenApp;
beforeAll(async () => {
  opened = await openApp('postgres');
});
afterAll(() => opened?.close());

const MEBIBYTE = 1_048_576;
const LISTED = 50;
/** 50 errors in two languages, each with all that may be chosen. */
const LARGEST_ANSWER = 100_000;

const problemSchema = z.looseObject({
  type: z.string().transform((type) => type.replace('urn:hosho:problem:', '')),
  errors: z.array(z.looseObject({ code: z.string(), suggestion: z.string().optional() })),
  moreErrors: z.number().optional(),
});
const withFacts = (facts: unknown) => ({ ...sound, facts });
const numbered = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`name${i}`, i]));

async function problemIn(response: Response) {
  const text = await response.text();
  expect(text.length).toBeLessThan(LARGEST_ANSWER);
  return { status: response.status, ...problemSchema.parse(JSON.parse(text)) };
}

const COUNT = 40_000;
const floods: [name: string, body: unknown, problem: string, code: string][] = [
  [
    'the same wrong item',
    withFacts({ claim: { applicationItems: Array.from({ length: COUNT }, () => '') } }),
    'invalid-facts',
    'not-allowed',
  ],
  [
    'other wrong items',
    withFacts({ claim: { applicationItems: Array.from({ length: COUNT }, (_, i) => `item${i}`) } }),
    'invalid-facts',
    'not-allowed',
  ],
  ['unknown facts', withFacts({ voucher: numbered(COUNT) }), 'invalid-facts', 'unknown-fact'],
  ['unknown groups', withFacts(numbered(COUNT)), 'invalid-facts', 'unknown-fact'],
  ['unknown keys', { ...sound, ...numbered(COUNT) }, 'invalid-request', 'unknown-key'],
];

describe.each(floods)('%s', (_, body, problem, code) => {
  const expected = { type: problem, moreErrors: COUNT - LISTED };
  test('in a request', async () => {
    const found = await problemIn(await opened.evaluate(body));
    expect(found).toMatchObject(expected);
    expect(found.errors.map((error) => error.code)).toEqual(Array(LISTED).fill(code));
  });
  test('in a line of a batch', async () => {
    const response = await opened.app.request(
      '/evaluate/batch',
      post(`${JSON.stringify(body)}\n`, { 'Content-Type': 'application/x-ndjson' }),
    );
    const text = await response.text();
    expect(text.length).toBeLessThan(LARGEST_ANSWER);
    const found = problemSchema.parse(JSON.parse(text).problem);
    expect(found).toMatchObject(expected);
    expect(found.errors).toHaveLength(LISTED);
  });
});

test('unknown parameters of a query', async () => {
  const query = Object.keys(numbered(1000)).join('&');
  const found = await problemIn(await opened.app.request(`/decisions?${query}`));
  expect(found).toMatchObject({ status: 400, type: 'invalid-query', moreErrors: 1000 - LISTED });
  expect(found.errors).toHaveLength(LISTED);
});

test.each([
  [LISTED, undefined],
  [LISTED + 1, 1],
])('%d errors', async (count, moreErrors) => {
  const found = await problemIn(await opened.evaluate(withFacts({ voucher: numbered(count) })));
  expect(found.errors).toHaveLength(LISTED);
  expect(found.moreErrors).toBe(moreErrors);
  expect(Object.hasOwn(found, 'moreErrors')).toBe(moreErrors !== undefined);
});

const LONG = '名'.repeat(MEBIBYTE / 4);
test.each([
  ['a value', withFacts({ voucher: { medium: LONG } }), 422],
  ['a text', withFacts({ programme: { destinationPrefecture: LONG } }), 422],
  ['a fact', withFacts({ voucher: { [LONG]: 1 } }), 422],
  ['a group', withFacts({ [LONG]: 1 }), 422],
  ['a key', { ...sound, [LONG]: 1 }, 400],
  ['a prefecture', { ...sound, prefecture: LONG }, 404],
  ['an incident', { ...sound, incident: LONG }, 404],
  ['a reference', { ...sound, reference: LONG }, 400],
])('%s of a megabyte is not quoted whole', async (_, body, status) => {
  const response = await opened.evaluate(body);
  expect(response.status).toBe(status);
  expect((await response.text()).length).toBeLessThan(3000);
});

const json = JSON.stringify(sound);
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const unhashable: [name: string, body: string][] = [
  ['1e999', json.replace('"balanceNowYen":1', '"balanceNowYen":1e999')],
  ['half a pair', json.replace('"35"', '"\\ud83d"')],
  ['half a pair in a name', json.replace('"used"', '"\\udc00"')],
  ['5,000 levels', json.replace('"35"', nested(5000))],
  ['100,000 levels', json.replace('"used":true', `"used":${nested(100_000)}`)],
  ['100,000 levels of objects', json.replace('"35"', '{"a":'.repeat(100_000) + 1 + '}'.repeat(100_000))],
  ['100,000 levels for all facts', `${json.slice(0, json.indexOf('"facts"'))}"facts":${nested(100_000)}}`],
];
describe.each(unhashable)('bad facts beside an Idempotency-Key: %s', (_, body) => {
  test('are bad facts', async () => {
    const headers = { 'Idempotency-Key': v7() };
    const found = await problemIn(await opened.evaluate(body, headers));
    expect(found).toMatchObject({ status: 422, type: 'invalid-facts' });
    // The key is still free.
    expect((await opened.evaluate(sound, headers)).status).toBe(200);
  });
  test('are bad facts in a batch', async () => {
    const headers = { 'Content-Type': 'application/x-ndjson', 'Idempotency-Key': v7() };
    const response = await opened.app.request('/evaluate/batch', post(`${body}\n`, headers));
    expect(await response.json()).toMatchObject({ problem: { status: 422 } });
  });
  test('are not looked at where there is no such rule set', async () => {
    const elsewhere = body.replace('yamaguchi', 'nowhere');
    const found = await problemIn(await opened.evaluate(elsewhere, { 'Idempotency-Key': v7() }));
    expect(found.status).toBe(404);
  });
});
