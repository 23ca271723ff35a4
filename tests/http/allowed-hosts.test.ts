/** Whom the service answers for: the `Host` header in all its forms, over raw sockets, as no client would send them. */
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { freshPlace } from '../support/stores.ts';
import { openApp, sound } from './harness.ts';
import { spawnService } from './spawned.ts';

/** The status and the problem's type, where there is one: `421 misdirected-request`. */
const ask = (url: string, ...head: string[]): Promise<string> => send(url, head, '');

async function send(url: string, head: string[], body: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write([...head, 'Connection: close', '', body].join('\r\n'));
  const answer = await text(socket);
  const type = /urn:hosho:problem:([a-z-]+)/.exec(answer)?.[1];
  return [/(?<=^HTTP\/1\.1 )\d+/.exec(answer)?.[0], type].filter((part) => part !== undefined).join(' ');
}

const REFUSED = '421 misdirected-request';
const MALFORMED = '400 malformed-request';

const HOSTS: Record<string, readonly string[]> = {
  '200': [
    ...['localhost', 'localhost:80', 'localhost:65535', 'LOCALHOST', 'LocalHost:8080', 'localhost.'],
    ...['127.0.0.1', '127.0.0.1:9000', '127.255.0.3:8080'],
    ...['[::1]', '[::1]:8080', '[::ffff:7f00:1]'],
    ...['hosho.example.jp', 'hosho.example.jp:443', 'HOSHO.Example.JP:443', 'hosho.example.jp.'],
    ...['xn--y3qt27k.example', '[fd00::2]:8080', '198.51.100.7:8080'],
  ],
  [REFUSED]: [
    ...['attacker.example', 'attacker.example:8080', 'ATTACKER.example', 'attacker.example.'],
    ...['localhost.attacker.example', '127.0.0.1.attacker.example', 'a.localhost', 'localhosts'],
    ...['0.0.0.0', '0.0.0.0:8080', '[::]:8080', '198.51.100.8', '[fd00::3]', '[::2]', '[::ffff:8.8.8.8]'],
    ...['sub.hosho.example.jp', 'example.jp', 'xhosho.example.jp'],
  ],
  [MALFORMED]: [
    ...['', 'user@localhost', 'localhost/', 'localhost, attacker.example', 'localhost:80:80', 'localhost:x'],
    ...['::1', '[::1', '[]', '[localhost]', 'localhost:70000', '*', 'ｌｏｃａｌｈｏｓｔ', '[::1%25lo]'],
  ],
};

test('the Host header is loopback’s or one of ALLOWED_HOSTS', async () => {
  const allowed = 'Hosho.example.jp, xn--y3qt27k.example,[FD00:0::2],198.51.100.7';
  const service = spawnService(await freshPlace('postgres'), { ALLOWED_HOSTS: allowed });
  const url = await service.listening();
  const decisions = (...headers: string[]) => ask(url, 'GET /decisions HTTP/1.1', ...headers);
  for (const [answer, hosts] of Object.entries(HOSTS)) {
    const answers = await Promise.all(hosts.map(async (host) => [host, await decisions(`Host: ${host}`)]));
    expect(answers).toEqual(hosts.map((host) => [host, answer]));
  }

  // Several headers, none, and a target that names the host itself.
  expect(await decisions('host: localhost')).toBe('200');
  expect(await decisions('Host: localhost', 'Host: localhost')).toBe(MALFORMED);
  expect(await decisions('Host: localhost', 'HOST: attacker.example')).toBe(MALFORMED);
  expect(await decisions('X-Forwarded-Host: localhost', 'Host: attacker.example')).toBe(REFUSED);
  expect(await decisions()).toBe('400');
  expect(await ask(url, 'GET /decisions HTTP/1.0')).toBe(MALFORMED);
  expect(await ask(url, 'GET /decisions HTTP/1.0', 'Host: localhost')).toBe('200');
  expect(await ask(url, 'GET /decisions HTTP/1.0', 'Host: attacker.example')).toBe(REFUSED);
  const target = (authority: string) => `GET http://${authority}/decisions HTTP/1.1`;
  expect(await ask(url, target('localhost:8080'), 'Host: localhost:8080')).toBe('200');
  expect(await ask(url, target('attacker.example'), 'Host: localhost')).toBe(REFUSED);
  expect(await ask(url, target('localhost'), 'Host: attacker.example')).toBe(REFUSED);
  expect(await ask(url, target('localhost@attacker.example'), 'Host: localhost')).toBe(REFUSED);
});

const PATHS = [
  ...['GET /rule-sets', 'GET /rule-sets/yamaguchi/2023-02-24', 'GET /rule-sets/yamaguchi/2023-02-24/facts'],
  ...['GET /rule-sets/yamaguchi/2023-02-24/versions', 'GET /rule-sets/yamaguchi/2023-02-24/diff'],
  ...['GET /decisions', 'GET /decisions/x', 'GET /decisions/x/explanation', 'GET /decisions/x/receipt'],
  ...['POST /decisions/x/replay', 'POST /evaluate', 'POST /evaluate/batch', 'GET /', 'GET /nothing'],
  ...['GET //healthz', 'GET /healthz/', 'GET /readyz/..%2fdecisions', 'GET /decisions?/healthz'],
];
const PROBES = ['GET /healthz', 'GET /readyz', 'GET /metrics', 'GET /healthz?deep', 'HEAD /readyz'];

test('every path but those of probes looks at it, before anything is decided', async () => {
  const service = spawnService(await freshPlace('postgres'));
  const url = await service.listening();
  const { port } = new URL(url);
  const askAll = (paths: string[], ...head: string[]) =>
    Promise.all(paths.map(async (path) => [path, await ask(url, `${path} HTTP/1.1`, ...head)]));
  const each = (paths: string[], answer: string) => paths.map((path) => [path, answer]);
  expect(await askAll(PATHS, 'Host: attacker.example')).toEqual(each(PATHS, REFUSED));
  for (const host of ['attacker.example', '192.0.2.1:8080', `[fe80::1]:${port}`])
    expect(await askAll(PROBES, `Host: ${host}`)).toEqual(each(PROBES, '200'));
  expect(await ask(url, 'GET /healthz HTTP/1.0')).toBe('200');

  const body = JSON.stringify(sound);
  const evaluate = (host: string) => {
    const about = ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`];
    return send(url, ['POST /evaluate HTTP/1.1', `Host: ${host}`, ...about], body);
  };
  expect(await evaluate('attacker.example')).toBe(REFUSED);
  const list = async () => (await fetch(`${url}/decisions`)).json();
  expect(await list()).toMatchObject({ decisions: [] });
  expect(await evaluate('localhost')).toBe('200');
  expect(await list()).toMatchObject({ decisions: [{ outcome: 'eligible' }] });
  expect(service.allLogged('"status":421').length).toBe(PATHS.length + 1);
});

test('what is answered, and that it is counted', async () => {
  const { app, close } = await openApp('postgres');
  const response = await app.request('http://attacker.example:8080/decisions', {
    headers: { 'X-Request-Id': 'mine' },
  });
  expect(response.status).toBe(421);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-request-id': 'mine',
  });
  expect(await response.json()).toEqual({
    type: 'urn:hosho:problem:misdirected-request',
    title: 'The service does not answer for this host',
    status: 421,
    detail: expect.stringMatching(/attacker\.example.*ALLOWED_HOSTS/),
  });
  const metrics = await (await app.request('/metrics')).text();
  const counts = metrics.split('\n').filter((line) => /_count\{.*\} 1$/.test(line));
  expect(counts.filter((line) => /route="none"/.test(line) && /status="421"/.test(line))).toHaveLength(1);
  await close();
});
