/** Callers that take too long. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { BODY_DEADLINE_MS } from '../../src/http/request/read-body.ts';
import { type Listening, listen } from '../../src/http/server.ts';
import { answered, typeOf } from './batch-client.ts';
import { type OpenApp, openApp, sound } from './harness.ts';
import { until } from './until.ts';

let opened: OpenApp;
const listening: Listening[] = [];
beforeAll(async () => {
  opened = await openApp('postgres');
});
afterAll(async () => {
  for (const { close } of listening) await close();
  await opened?.close();
});
afterEach(() => void vi.useRealTimers());

const patience = { headMs: 60_000, silenceMs: 60_000, lookMs: 10 };

async function call(limits: Partial<typeof patience>, path: string, type: string): Promise<Socket> {
  const server = await listen(opened.app, { host: '127.0.0.1', port: 0 }, { ...patience, ...limits });
  listening.push(server);
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname).on('error', () => {});
  socket.write(
    [
      `POST ${path} HTTP/1.1`,
      'Host: localhost',
      `Content-Type: ${type}`,
      'Transfer-Encoding: chunked',
      '',
    ].join('\r\n'),
  );
  return socket;
}

const chunk = (body: string): string => `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`;
const paths: [string, string][] = [
  ['/evaluate', 'application/json'],
  ['/evaluate/batch', 'application/x-ndjson'],
];

describe.each(paths)('%s', (path, type) => {
  test('a head that does not end', async () => {
    const socket = await call({ headMs: 50 }, path, type);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('silence in the body', async () => {
    const socket = await call({ silenceMs: 50 }, path, type);
    socket.write(`\r\n${chunk('{')}`);
    socket.resume();
    await once(socket, 'close');
  });
});

/** The time that the routes see. */
const pass = (ms: number): void => void vi.advanceTimersByTime(ms);

test('a body in drops', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const socket = await call({}, '/evaluate', 'application/json');
  socket.write(`\r\n${chunk('{"facts":')}`);
  // Node has handed over the first piece once it has answered another caller that came after.
  await fetch(`${listening.at(-1)?.url}/healthz`);
  pass(BODY_DEADLINE_MS + 1);
  socket.write(chunk('{'));
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(answer).toContain('urn:hosho:problem:request-timeout');
});

test('a line in drops ends the batch; the lines before it are answered', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const socket = await call({}, '/evaluate/batch', 'application/x-ndjson');
  let received = '';
  socket.setEncoding('utf8').on('data', (piece: string) => {
    received += piece;
  });
  const answers = (): string[] => received.match(/^\{"line":.*(?=\n)/gm) ?? [];
  const reach = (count: number) => until(() => (answers().length === count ? true : undefined));
  const line = `${JSON.stringify(sound)}\n`;
  const [head, tail] = [line.slice(0, 100), line.slice(100)];
  socket.write(`\r\n${chunk(head)}`);
  await fetch(`${listening.at(-1)?.url}/healthz`);
  // As long as each line is whole in time, a batch may take longer.
  pass(0.6 * BODY_DEADLINE_MS);
  socket.write(chunk(tail + head));
  await reach(1);
  pass(0.6 * BODY_DEADLINE_MS);
  socket.write(chunk(`${tail}{`));
  await reach(2);
  pass(BODY_DEADLINE_MS + 1);
  socket.write(chunk('"'));
  await once(socket, 'close');
  expect(answers().map((written) => typeOf(answered(written)))).toEqual([
    ...['answer', 'answer', 'request-timeout'],
  ]);
});
