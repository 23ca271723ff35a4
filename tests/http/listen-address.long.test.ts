/** HOST: the service listens beyond loopback only when it is told that everybody may then read every decision. */
import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { listenAddress, openToAll } from '../../src/service/listen-address.ts';
import { freshFolder, freshPlace } from '../support/stores.ts';
import { refusal, spawnService } from './spawned.ts';

const lanAddresses = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ internal, scopeid }) => !internal && !scopeid)
  .map(({ address }) => address);
/** Kept for documents (RFC 5737): no machine has it, so that even a service that may cannot listen there. */
const NOWHERE = '203.0.113.1';

const BEYOND = [
  '0.0.0.0',
  '::',
  '[::]',
  '0',
  '0x0',
  '::ffff:0.0.0.0',
  '::ffff:203.0.113.1',
  NOWHERE,
  ...lanAddresses,
];

test.each(BEYOND)('HOST=%s is refused, and allowed with INSECURE_NO_KEYS', async (host) => {
  await expect(listenAddress({ host, insecureNoKeys: false })).rejects.toThrow(/INSECURE_NO_KEYS=1/);
  const address = await listenAddress({ host, insecureNoKeys: true });
  expect(openToAll(address)).toMatch(/INSECURE_NO_KEYS/);
});

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['127.8.9.1', '127.8.9.1'],
  ['127.1', '127.0.0.1'],
  ['::1', '::1'],
  ['[::1]', '::1'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['::ffff:7f00:1', '::ffff:127.0.0.1'],
])('HOST=%s is loopback', async (host, address) => {
  expect(await listenAddress({ host, insecureNoKeys: false })).toBe(address);
  expect(openToAll(address)).toBeNull();
});

test('a name is loopback where it resolves to loopback', async () => {
  for (const host of ['localhost', 'LOCALHOST', 'localhost.'])
    expect(['127.0.0.1', '::1']).toContain(await listenAddress({ host, insecureNoKeys: false }));
});

test.each(['0.0.0.0', '::'])(
  'the process with HOST=%s ends and says what it means, in both languages',
  async (host) => {
    const said = await refusal(spawnService(await freshPlace('postgres'), { HOST: host }));
    expect(said).toContain(`HOST=${host} listens beyond this machine`);
    expect(said).toMatch(/set INSECURE_NO_KEYS=1/);
    expect(said).toMatch(/このコンピューターの外から[\s\S]*INSECURE_NO_KEYS=1 を設定/);
  },
);

test('each worker would say it; one does', async () => {
  const said = await refusal(spawnService(await freshPlace('postgres'), { HOST: '0.0.0.0', WORKERS: '2' }));
  expect(said.match(/^hosho: /gm)).toHaveLength(1);
});

test('with INSECURE_NO_KEYS it tries to', async () => {
  const environment = { HOST: NOWHERE, INSECURE_NO_KEYS: '1' };
  expect(await refusal(spawnService(await freshPlace('postgres'), environment))).toMatch(/EADDRNOTAVAIL/);
});

const NO_ADDRESS = /HOST=.*neither an address nor a name[\s\S]*127\.0\.0\.1 など/;

test('a HOST that is nowhere', async () => {
  for (const host of ['localhost:8080', 'no.such.host.invalid', ' ', '[localhost]', '*'])
    await expect(listenAddress({ host, insecureNoKeys: true })).rejects.toThrow(NO_ADDRESS);
  const said = await refusal(spawnService(await freshPlace('postgres'), { HOST: 'localhost:8080' }));
  expect(said).toMatch(NO_ADDRESS);
});

test('an empty HOST is none: Node by itself would listen everywhere', async () => {
  const url = await spawnService(await freshPlace('postgres'), { HOST: '' }).listening();
  expect(new URL(url).hostname).toBe('127.0.0.1');
});

test('IPv6 loopback in brackets', async () => {
  const url = await spawnService(await freshPlace('postgres'), { HOST: '[::1]' }).listening();
  expect(new URL(url).hostname).toBe('[::1]');
  expect((await fetch(`${url}/decisions`)).status).toBe(200);
});

test('the image listens on its own loopback', async () => {
  const dockerfile = await readFile('Dockerfile', 'utf8');
  const set = [...dockerfile.matchAll(/^ENV (.*)$/gm)].flatMap(([, pairs = '']) => pairs.split(' '));
  const environment = Object.fromEntries(set.map((pair) => pair.split('=')));
  expect(Object.keys(environment)).toContain('NODE_ENV');
  const own = { PORT: '0', DATA_DIR: await freshFolder() };
  const url = await spawnService(await freshPlace('postgres'), { ...environment, ...own }).listening();
  expect(new URL(url).hostname).toBe('127.0.0.1');
});
