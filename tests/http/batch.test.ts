/** POST /evaluate/batch, on a real port. */
import { once } from 'node:events';
import postgres from 'postgres';
import { v4 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { StoreUnavailable } from '../../src/decisions/store.ts';
import { MAX_BODY_BYTES } from '../../src/http/request/read-body.ts';
import { MAX_BATCHES } from '../../src/http/routes/evaluate.ts';
import { answered, idOf, NDJSON, openBatch, sendBatch, typeOf } from './batch-client.ts';
import { type OpenServer, openServer, post, sound } from './harness.ts';
import { until } from './until.ts';

let server: OpenServer;
let url: string;
let isAway = false;
/** Evaluations that came as far as the store. */
let begun = 0;
beforeAll(async () => {
  server = await openServer('postgres', (store) => ({
    append(record, idempotency) {
      begun += 1;
      return isAway
        ? Promise.reject(new StoreUnavailable({ ja: '不在', en: 'away' }))
        : store.append(record, idempotency);
    },
  }));
  url = server.url;
});
afterAll(() => server?.close());
beforeEach(() => {
  isAway = false;
  begun = 0;
});

const json = (value: unknown): string => JSON.stringify(value);
const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => json({ ...sound, reference: `case ${i + 1}` }));

test('every line is answered, in order, and logged', async () => {
  const { status, headers, lines } = await sendBatch(url, `${numbered(1500).join('\n')}\n`);
  expect(status).toBe(200);
  expect(headers['content-type']).toBe(NDJSON);
  expect(lines.map(({ line }) => line)).toEqual(Array.from({ length: 1500 }, (_, i) => i + 1));
  for (const at of [0, 700, 1499]) {
    const record = await server.store.find(idOf(lines[at] ?? answered('')));
    expect(record?.reference).toBe(`case ${at + 1}`);
  }
  expect(new Set(lines.map(idOf)).size).toBe(1500);
});

test('a line is answered before the next is sent', async () => {
  const { sending, lines } = openBatch(url);
  const answers = lines();
  for (const line of [1, 2, 3]) {
    sending.write(`${json(sound)}\n`);
    const { value } = await answers.next();
    expect(answered(value)).toMatchObject({ line, answer: { outcome: 'eligible' } });
  }
  sending.end();
  expect((await answers.next()).done).toBe(true);
});

test('a bad line answers for itself, as POST /evaluate would', async () => {
  const bodies = [
    '{"prefecture":',
    '[]',
    json({ ...sound, asOf: '2023-03-05' }),
    json({ ...sound, prefecture: 'nowhere' }),
    json({ ...sound, version: '000000' }),
    json({ ...sound, facts: { voucher: { medium: 'papr' }, wrong: 1 } }),
    Buffer.from('{"reference":"\xff"}', 'latin1'),
  ];
  const alone = await Promise.all(
    bodies.map(async (body) => (await fetch(`${url}/evaluate`, { ...post(''), body })).json()),
  );
  const pieces = bodies.flatMap((body) => [Buffer.from(body), Buffer.from(`\n${json(sound)}\n`)]);
  const { status, lines } = await sendBatch(url, pieces);
  expect(status).toBe(200);
  expect(lines.filter((line) => 'problem' in line)).toEqual(
    alone.map((problem, i) => ({ line: 2 * i + 1, problem })),
  );
  expect(lines.filter((line) => 'answer' in line)).toHaveLength(bodies.length);
});

test('line ends, blank lines and the last line', async () => {
  const body = json(sound);
  const { lines } = await sendBatch(url, `\n${body}\r\n\r\n  \n${body}\n\n${body}`);
  expect(lines.map((line) => [line.line, typeOf(line)])).toEqual([
    [2, 'answer'],
    [5, 'answer'],
    [7, 'answer'],
  ]);
});

test.each(['', '\n', '\r\n \n'])('nothing to answer: %j', async (body) => {
  expect(await sendBatch(url, body)).toMatchObject({ status: 200, written: '' });
});

test('UTF-8 that arrives byte by byte', async () => {
  const reference = '補償の案件 😀';
  const pieces = [...Buffer.from(`${json({ ...sound, reference })}\n`)].map((byte) => Buffer.from([byte]));
  const { lines } = await sendBatch(url, pieces);
  const record = await server.store.find(idOf(lines[0] ?? answered('')));
  expect(record?.reference).toBe(reference);
});

test('a line over 1 MiB', async () => {
  const most = json(sound).padEnd(MAX_BODY_BYTES);
  const { lines } = await sendBatch(url, [most, `${most} `, ' '.repeat(5_000_000), json(sound)].join('\n'));
  expect(lines.map((line) => [line.line, typeOf(line)])).toEqual([
    [1, 'answer'],
    [2, 'body-too-large'],
    [3, 'body-too-large'],
    [4, 'answer'],
  ]);
});

test('what the whole request has wrong', async () => {
  const refused: [Record<string, string>, number][] = [
    [{ 'Content-Type': 'application/json' }, 415],
    [{ 'Content-Encoding': 'gzip' }, 415],
    [{ 'Idempotency-Key': 'x'.repeat(241) }, 400],
    [{ 'Idempotency-Key': 'a b' }, 400],
  ];
  for (const [headers, status] of refused) {
    const response = await sendBatch(url, json(sound), headers);
    expect(response.status).toBe(status);
    expect(response.headers['content-type']).toBe('application/problem+json');
  }
  const response = await fetch(`${url}/evaluate/batch`);
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  expect(begun).toBe(0);
});

test('429 beyond so many batches at once; a single request is answered all the same', async () => {
  const batches = Array.from({ length: MAX_BATCHES }, () => openBatch(url));
  for (const { response } of batches) expect((await response()).statusCode).toBe(200);
  const refused = await sendBatch(url, json(sound));
  expect(refused.status).toBe(429);
  expect(refused.headers['retry-after']).toMatch(/^\d+$/);
  expect((await fetch(`${url}/evaluate`, post(sound))).status).toBe(200);
  for (const { sending, response } of batches) {
    sending.end();
    await once((await response()).resume(), 'end');
  }
  const again = await until(async () => {
    const { status, lines } = await sendBatch(url, json(sound));
    return status === 200 ? lines : undefined;
  });
  expect(again).toHaveLength(1);
});

test('while the store is away, each line says so for itself; nothing is decided', async () => {
  const { sending, lines } = openBatch(url, { 'X-Request-Id': 'away' });
  const answers = lines();
  const ask = async (count: number): Promise<string[]> => {
    sending.write(`${json(sound)}\n`.repeat(count));
    const types: string[] = [];
    for (let i = 0; i < count; i++) types.push(typeOf(answered((await answers.next()).value)));
    return types;
  };
  expect(await ask(3)).toEqual(Array(3).fill('answer'));
  isAway = true;
  expect(await ask(20)).toEqual(Array(20).fill('store-unavailable'));
  isAway = false;
  expect(await ask(3)).toEqual(Array(3).fill('answer'));
  sending.end();
  const logged = await until(() => {
    const of = server.log.lines().filter(({ requestId }) => requestId === 'away');
    return of.some(({ msg }) => msg === 'request') ? of : undefined;
  });
  expect(logged).toMatchObject([
    { level: 50, line: 4, err: { type: 'StoreUnavailable' } },
    { level: 30, lines: 26, problems: 20 },
  ]);
});

describe('Idempotency-Key', () => {
  test("a line's key is <key>/<line>", async () => {
    const key = `~${v4()}`.padEnd(240, '!');
    const { lines } = await sendBatch(url, `\n${json(sound)}`, { 'Idempotency-Key': key });
    const alone = await fetch(`${url}/evaluate`, post(sound, { 'Idempotency-Key': `${key}/2` }));
    expect(alone.headers.get('idempotency-replayed')).toBe('true');
    expect(lines).toEqual([{ line: 2, answer: await alone.json() }]);
    const other = await sendBatch(url, `\n${json({ ...sound, reference: 'x' })}`, { 'Idempotency-Key': key });
    expect(other.lines.map(typeOf)).toEqual(['idempotency-conflict']);
  });

  test('a batch that broke off is sent again as a whole, and each line is decided once', async () => {
    const own = await openServer('postgres');
    const headers = { 'Idempotency-Key': v4() };
    // Without an instant, so that deciding again would give another answer.
    const { asOf: _, ...request } = sound;
    const body = Array.from({ length: 600 }, (_, i) => `${json({ ...request, reference: `${i}` })}\n`).join(
      '',
    );

    const first = openBatch(own.url, headers);
    // The last line is not whole.
    first.sending.write(body.slice(0, -10));
    const seen: string[] = [];
    for await (const written of first.lines()) {
      seen.push(written);
      if (seen.length === 300) break;
    }
    first.sending.destroy();

    const second = await sendBatch(own.url, body, headers);
    expect(second.written.split('\n').slice(0, 300)).toEqual(seen);
    expect(second.lines.map(typeOf)).toEqual(Array(600).fill('answer'));
    const third = await sendBatch(own.url, body, headers);
    expect(third.written).toBe(second.written);

    const session = postgres(own.place.databaseUrl ?? '');
    const [logged] =
      await session`select count(*)::int as decisions, count(distinct reference)::int as cases from decisions`;
    await session.end();
    expect(logged).toEqual({ decisions: 600, cases: 600 });
    await own.close();
  });
});
