import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type OpenApp, openApp, post, sound } from './harness.ts';

let opened: OpenApp;
beforeAll(async () => {
  opened = await openApp('postgres');
});
afterAll(() => opened?.close());

const type = (name: string) => `urn:hosho:problem:${name}`;
const withFacts = (facts: unknown) => ({ ...sound, facts });
/** The sound request's JSON, edited: for what `JSON.stringify` would not write. */
const edited = (from: string, to: string) => JSON.stringify(sound).replace(from, to);
const problemSchema = z.looseObject({
  type: z.string(),
  status: z.number(),
  errors: z
    .array(z.looseObject({ pointer: z.string(), detailJa: z.string(), suggestion: z.string().optional() }))
    .default([]),
});
const problemOf = async (response: Response) => problemSchema.parse(await response.json());
const deep = (n: number) => '['.repeat(n) + ']'.repeat(n);

/** What is sent, and the first of `errors` that comes back. */
type Row = [name: string, body: unknown, pointer: string, code: string, suggestion?: string];

const { asOf, facts: _, ...rest } = sound;
const invalidRequests: Row[] = [
  ['no object', [], '', 'wrong-type'],
  ['null', 'null', '', 'wrong-type'],
  ['deep nesting', deep(500_000), '', 'wrong-type'],
  ['no prefecture', { ...sound, prefecture: undefined }, '/prefecture', 'missing'],
  ['a number for an incident', { ...sound, incident: 2023 }, '/incident', 'wrong-type'],
  ['no facts', { ...rest, asOf }, '/facts', 'missing'],
  ['asOf without an offset', { ...sound, asOf: '2023-03-05T12:00:00' }, '/asOf', 'no-offset'],
  ['a day for asOf', { ...sound, asOf: '2023-03-05' }, '/asOf', 'no-offset'],
  ['asOf on no day', { ...sound, asOf: '2023-02-30T12:00:00+09:00' }, '/asOf', 'no-offset'],
  ['asOf before year 1', { ...sound, asOf: '0001-01-01T00:00:00+09:00' }, '/asOf', 'not-allowed'],
  ['asOf after year 9999', { ...sound, asOf: '9999-12-31T23:59:59-09:00' }, '/asOf', 'not-allowed'],
  ['asOf as a number', { ...sound, asOf: 1677985200000 }, '/asOf', 'wrong-type'],
  ['a misspelt key', { ...sound, as_of: asOf }, '/as_of', 'unknown-key', 'asOf'],
  ['a key with a slash', { ...sound, 'a/b~c': 1 }, '/a~1b~0c', 'unknown-key'],
  ['__proto__', edited('"facts":', '"__proto__":{"asOf":"x"},"facts":'), '/__proto__', 'unknown-key'],
  ['constructor', { ...sound, constructor: 1 }, '/constructor', 'unknown-key'],
  ['a long reference', { ...sound, reference: 'x'.repeat(201) }, '/reference', 'not-allowed'],
  ['U+0000 in the reference', { ...sound, reference: 'a\0b' }, '/reference', 'not-allowed'],
  ['half a pair in the reference', { ...sound, reference: '\ud83d' }, '/reference', 'not-allowed'],
  ['null for an optional field', { ...sound, reference: null }, '/reference', 'wrong-type'],
  [
    'U+0000 in the prefecture',
    { ...sound, prefecture: '\0', version: 'abcdef' },
    '/prefecture',
    'not-allowed',
  ],
  ['U+0000 in the incident', { ...sound, incident: '\0', version: 'abcdef' }, '/incident', 'not-allowed'],
  ['a version of 5 digits', { ...sound, version: 'abcde' }, '/version', 'not-allowed'],
  ['a version with a %', { ...sound, version: 'abcdef%' }, '/version', 'not-allowed'],
  ['a misspelt explain', { ...sound, explain: 'ful' }, '/explain', 'not-allowed', 'full'],
];
const known = 'yamaguchi/2023-02-24';
const unknownRuleSets: Row[] = [
  ['prefecture', { ...sound, prefecture: 'yamaguti' }, '/prefecture', 'unknown-rule-set', known],
  ['incident', { ...sound, incident: '2023-02-23' }, '/incident', 'unknown-rule-set', known],
  ['__proto__', { ...sound, prefecture: '__proto__' }, '/prefecture', 'unknown-rule-set'],
  ['version and incident', { ...sound, incident: '1', version: 'abcdef' }, '/incident', 'unknown-rule-set'],
];
const unknownVersions: Row[] = [
  ['version', { ...sound, version: '0123456789abcdef' }, '/version', 'unknown-version'],
];
const invalidFacts: Row[] = [
  ['a list', withFacts([]), '/facts', 'wrong-type'],
  ['null', withFacts(null), '/facts', 'wrong-type'],
  [
    'a misspelt fact',
    withFacts({ voucher: { medum: 1 } }),
    '/facts/voucher/medum',
    'unknown-fact',
    'voucher.medium',
  ],
  ['a misspelt group', withFacts({ vouchr: {} }), '/facts/vouchr', 'unknown-fact', 'voucher'],
  ['a group __proto__', edited('"facts":{', '"facts":{"__proto__":{},'), '/facts/__proto__', 'unknown-fact'],
  [
    'a fact __proto__',
    edited('"voucher":{', '"voucher":{"__proto__":1,'),
    '/facts/voucher/__proto__',
    'unknown-fact',
  ],
  ['text for a boolean', withFacts({ programme: { used: 'true' } }), '/facts/programme/used', 'wrong-type'],
  [
    'text for yen',
    withFacts({ voucher: { balanceNowYen: '1' } }),
    '/facts/voucher/balanceNowYen',
    'wrong-type',
  ],
  [
    'more yen than a number holds',
    edited('"balanceNowYen":1', '"balanceNowYen":1e999'),
    '/facts/voucher/balanceNowYen',
    'wrong-type',
  ],
  [
    'an unknown choice',
    withFacts({ voucher: { medium: 'papr' } }),
    '/facts/voucher/medium',
    'not-allowed',
    'paper',
  ],
  [
    'an instant without an offset',
    withFacts({ voucher: { originalExpiry: '2023-02-24T23:59:00' } }),
    '/facts/voucher/originalExpiry',
    'no-offset',
  ],
  ['deep nesting', edited('"paper"', deep(400_000)), '/facts/voucher/medium', 'wrong-type'],
  ['U+0000', withFacts({ claim: { urlSender: '\0' } }), '/facts/claim/urlSender', 'not-allowed'],
  ['half a pair', withFacts({ claim: { urlSender: '\udc00' } }), '/facts/claim/urlSender', 'not-allowed'],
  ['U+0000 in a name', withFacts({ 'nothing\0': 1 }), '/facts/nothing\0', 'unknown-fact'],
];

describe('POST /evaluate refuses, and logs no decision:', () => {
  describe.each([
    { name: 'invalid-request', status: 400, rows: invalidRequests },
    { name: 'unknown-rule-set', status: 404, rows: unknownRuleSets },
    { name: 'unknown-version', status: 404, rows: unknownVersions },
    { name: 'invalid-facts', status: 422, rows: invalidFacts },
  ])('$status $name', ({ name, status, rows }) => {
    test.each(rows)('%s', async (_, body, pointer, code, suggestion) => {
      const response = await opened.evaluate(body);
      const problem = await problemOf(response);
      expect(problem).toMatchObject({ type: type(name), status });
      expect(problem.errors[0]).toMatchObject({ pointer, code });
      expect(problem.errors[0]?.suggestion).toBe(suggestion);
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(response.headers.get('cache-control')).toBe('no-store');
    });
  });

  test.each([
    ['no JSON', '{"prefecture": "yamaguchi",\n  oops}', 2, 3],
    ['nothing', '', 1, 1],
    ['nesting that breaks off', '['.repeat(500_000), 1, 500_001],
  ])('400 malformed-json: %s', async (_, body, line, column) => {
    const problem = await problemOf(await opened.evaluate(body));
    expect(problem).toMatchObject({ type: type('malformed-json'), status: 400, line, column });
  });

  test('every problem at once, in Japanese too', async () => {
    const facts = { voucher: { medum: 1, balanceNowYen: -1 }, nothing: {} };
    const { errors } = await problemOf(await opened.evaluate(withFacts(facts)));
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
      '/facts/nothing',
      '/facts/voucher/balanceNowYen',
      '/facts/voucher/medum',
    ]);
    for (const error of errors) expect(error.detailJa).toMatch(/\p{Script=Hiragana}/u);
  });

  test('every field at once, in the order of the fields; two versions, then unknown names', async () => {
    const fields = { explain: 'ful', asOf: '2023-03-05', reference: 1, incident: '\0' };
    const versions = { version: 'abcdef', knownAt: sound.asOf };
    const names = '"as_of":1,"__proto__":1,"toString":1,';
    const body = JSON.stringify({ ...fields, ...versions }).replace('{', `{${names}`);
    const { errors } = await problemOf(await opened.evaluate(body));
    expect(errors.map(({ pointer, code, detail }) => [pointer, code, detail])).toEqual([
      ['/prefecture', 'missing', 'prefecture must be the name of a prefecture, a string without U+0000'],
      ['/incident', 'not-allowed', 'incident must be the name of an incident, a string without U+0000'],
      ['/asOf', 'no-offset', expect.stringMatching(/^asOf must be an RFC 3339 datetime/)],
      ['/reference', 'wrong-type', expect.stringMatching(/^reference must be a string of at most 200/)],
      ['/explain', 'not-allowed', 'explain must be reasons or full'],
      ['/facts', 'missing', 'facts must be an object of facts'],
      ['/knownAt', 'not-allowed', expect.stringMatching(/^knownAt cannot stand beside version/)],
      ['/as_of', 'unknown-key', 'a request has no "as_of"'],
      ['/__proto__', 'unknown-key', 'a request has no "__proto__"'],
      ['/toString', 'unknown-key', 'a request has no "toString"'],
    ]);
  });

  test('what is not UTF-8', async () => {
    const body = Buffer.from(JSON.stringify({ ...sound, reference: 'é' }), 'latin1');
    const headers = { 'Content-Type': 'application/json' };
    const response = await opened.app.request('/evaluate', { method: 'POST', headers, body });
    expect(await response.json()).toMatchObject({ type: type('malformed-json') });
  });

  test.each([
    ['no content type', { 'Content-Type': '' }],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['text', { 'Content-Type': 'text/plain' }],
    ['compression', { 'Content-Encoding': 'gzip' }],
  ])('415: %s', async (_, headers) => {
    const response = await opened.evaluate(sound, headers);
    expect(response.status).toBe(415);
    expect(response.headers.get('accept')).toBe('application/json');
    expect(await response.json()).toMatchObject({
      type: type('unsupported-media-type'),
      accepted: ['application/json'],
    });
  });

  test.each(['', 'with space', 'é', 'x'.repeat(256), 'a\tb'])('the Idempotency-Key %j', async (key) => {
    const response = await opened.evaluate(sound, { 'Idempotency-Key': key });
    expect(await response.json()).toMatchObject({ type: type('invalid-idempotency-key'), status: 400 });
  });

  test('an unknown rule set, listing the known ones', async () => {
    const { known } = await problemOf(await opened.evaluate({ ...sound, prefecture: 'nowhere' }));
    expect(known).toContainEqual({ prefecture: 'yamaguchi', incident: '2023-02-24' });
  });

  test('an unknown version, telling the current one', async () => {
    const { current } = await problemOf(await opened.evaluate({ ...sound, version: '000000' }));
    expect(current).toBe(opened.registry.find('yamaguchi', '2023-02-24')?.version);
  });

  afterAll(() => expect(opened.appended).toEqual([]));
});

describe('paths and methods', () => {
  test.each(['/', '/evaluate/', '/rule-sets/yamaguchi', '/%00', '/%ff'])('404 %s', async (path) => {
    const response = await opened.app.request(path);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ type: type('unknown-path') });
  });

  test.each([
    ['GET', '/evaluate', 'POST'],
    ['HEAD', '/evaluate', 'POST'],
    ['PUT', '/evaluate', 'POST'],
    ['OPTIONS', '/evaluate', 'POST'],
    ['POST', '/rule-sets', 'GET, HEAD'],
    ['DELETE', '/rule-sets/yamaguchi/2023-02-24', 'GET, HEAD'],
    ['PATCH', '/decisions/0190b5a4-0000-7000-8000-000000000000', 'GET, HEAD'],
    ['POST', '/healthz', 'GET, HEAD'],
  ])('405 %s %s', async (method, path, allow) => {
    const response = await opened.app.request(path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });

  test.each(['/rule-sets', '/rule-sets/yamaguchi/2023-02-24', '/healthz'])('HEAD %s', async (path) => {
    const response = await opened.app.request(path, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });
});

test('a request id is echoed, or made', async () => {
  const echoed = await opened.app.request('/healthz', { headers: { 'X-Request-Id': 'case-42' } });
  expect(echoed.headers.get('x-request-id')).toBe('case-42');
  const made = await opened.app.request('/healthz', { headers: { 'X-Request-Id': 'no "quotes"' } });
  expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('one line per request, without a word of its body', async () => {
  const before = opened.log.lines().length;
  const headers = { 'X-Request-Id': 'quiet-1' };
  await opened.evaluate({ ...sound, reference: 'tell-nobody' }, headers);
  await opened.evaluate(withFacts({ claim: { urlSender: 'tell-nobody' }, wrong: 'tell-nobody' }), headers);
  await opened.app.request('/evaluate?who=tell-nobody', post('tell-nobody', headers));
  const lines = opened.log.lines().slice(before);
  expect(lines.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['POST', '/evaluate', 200],
    ['POST', '/evaluate', 422],
    ['POST', '/evaluate', 400],
  ]);
  for (const line of lines) expect(line).toMatchObject({ requestId: 'quiet-1', ms: expect.any(Number) });
  expect(opened.log.text()).not.toContain('tell-nobody');
});
