import { once } from 'node:events';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_BODY_BYTES } from '../../src/http/request/read-body.ts';
import type { Service } from '../../src/service/service.ts';
import { freshPlace } from '../support/stores.ts';
import { type memoryLogger, post, sound, startOn } from './harness.ts';
import { until } from './until.ts';

let service: Service;
let log: ReturnType<typeof memoryLogger>;
beforeAll(async () => {
  ({ service, log } = await startOn(await freshPlace('postgres')));
});
afterAll(() => service?.close());

/** A sound request of exactly so many bytes. */
function bodyOf(bytes: number): Buffer {
  const json = Buffer.from(JSON.stringify(sound));
  return Buffer.concat([json, Buffer.alloc(bytes - json.length, ' ')]);
}

/** Sends what `fetch` would not: the length left out, or a path that is none. */
async function send(options: RequestOptions, body: Buffer[] = []) {
  const sending = request(service.url, {
    ...options,
    headers: { 'Content-Type': 'application/json', ...options.headers },
  });
  for (const piece of body) sending.write(piece);
  sending.end();
  const [response]: IncomingMessage[] = await once(sending, 'response');
  if (!response) throw new Error('no response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

describe('a body of up to 1 MiB', () => {
  const limits: [string, number, number][] = [
    ['at the limit', MAX_BODY_BYTES, 200],
    ['a byte over it', MAX_BODY_BYTES + 1, 413],
    ['far over it', 8 * MAX_BODY_BYTES, 413],
  ];
  test.each(limits)('%s, with its length', async (_, bytes, status) => {
    const response = await fetch(`${service.url}/evaluate`, { ...post(''), body: bodyOf(bytes) });
    expect(response.status).toBe(status);
  });

  test.each(limits)('%s, in pieces', async (_, bytes, status) => {
    const body = bodyOf(bytes);
    const pieces = [body.subarray(0, 100), body.subarray(100, 70_000), body.subarray(70_000)];
    const response = await send({ path: '/evaluate', method: 'POST' }, pieces);
    expect(response.status).toBe(status);
    if (status === 413) {
      expect(response.headers['content-type']).toBe('application/problem+json');
      expect(JSON.parse(response.body)).toMatchObject({
        type: 'urn:hosho:problem:body-too-large',
        maxBytes: 1024 * 1024,
      });
    }
  });
});

test('the connection outlives a body that is far too large', async () => {
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  const head = (line: string, ...more: string[]) => [line, 'Host: localhost', ...more, '', ''].join('\r\n');
  socket.write(
    head('POST /evaluate HTTP/1.1', 'Content-Type: application/json', 'Transfer-Encoding: chunked'),
  );
  const size = 8 * MAX_BODY_BYTES;
  socket.write(`${size.toString(16)}\r\n`);
  socket.write(bodyOf(size));
  socket.write(`\r\n0\r\n\r\n${head('GET /healthz HTTP/1.1', 'Connection: close')}`);
  const statuses = (await text(socket)).match(/(?<=HTTP\/1\.1 )\d+/g);
  expect(statuses).toEqual(['413', '200']);
});

test('a path that makes no URL is a problem too', async () => {
  const response = await send({ path: '/a\\b', method: 'GET' });
  expect(response.status).toBe(400);
  expect(response.headers['content-type']).toBe('application/problem+json');
  expect(JSON.parse(response.body)).toMatchObject({ type: 'urn:hosho:problem:malformed-request' });
});

test('HEAD has the headers of GET and no body', async () => {
  const response = await send({ path: '/rule-sets/yamaguchi/2023-02-24', method: 'HEAD' });
  expect(response).toMatchObject({ status: 200, body: '' });
  expect(response.headers.etag).toMatch(/^"[0-9a-f]{64}"$/);
});

test('a caller that goes away in the middle of its body is no fault of the service', async () => {
  const headers = { 'Content-Type': 'application/json', 'X-Request-Id': 'gone' };
  const sending = request(`${service.url}/evaluate`, { method: 'POST', headers });
  sending.on('error', () => {});
  await new Promise((sent) => sending.write('{"prefecture":', sent));
  sending.destroy();
  const line = await until(() => log.lines().find(({ requestId }) => requestId === 'gone'));
  expect(line).toMatchObject({ level: 30, status: 400 });
});

test('the line at start says where, what and how safely', () => {
  const line = log.lines().find(({ url }) => url === service.url);
  expect(line).toMatchObject({
    ruleSets: expect.arrayContaining([expect.stringMatching(/^yamaguchi\/2023-02-24@[0-9a-f]{12}$/)]),
    store: 'postgres',
    msg: expect.stringMatching(/Decisions are logged in Postgres/),
  });
});
