import { expect, test } from 'vitest';
import { BadSettings, readSettings } from '../../src/service/settings.ts';
import { freshPlace } from '../support/stores.ts';
import { refusal, spawnService } from './spawned.ts';

function problemOf(environment: Record<string, string>): string {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof BadSettings) return error.message;
  }
  throw new Error('nothing is wrong');
}

test('nothing is allowed that was not named', () => {
  const nothing = { host: '127.0.0.1', insecureNoKeys: false, allowedHosts: [] };
  expect(readSettings({})).toMatchObject(nothing);
  expect(readSettings({ HOST: '', INSECURE_NO_KEYS: '', ALLOWED_HOSTS: '' })).toMatchObject(nothing);
});

test('ALLOWED_HOSTS: names and addresses, a comma between them', () => {
  const hosts = 'Hosho.example.JP , b.example.,198.51.100.7,[FD00:0::2],fd00::3,xn--y3qt27k.example';
  expect(readSettings({ ALLOWED_HOSTS: hosts }).allowedHosts).toEqual([
    ...['hosho.example.jp', 'b.example', '198.51.100.7', 'fd00::2', 'fd00::3', 'xn--y3qt27k.example'],
  ]);
});

test.each([
  ['https://hosho.example/', 'hosho.example'],
  ['hosho.example:8080', 'hosho.example'],
  ['hosho.example/evaluate', 'hosho.example'],
  ['[fd00::2]:8080', 'fd00::2'],
  ['補償.example', 'xn--y3qt27k.example'],
  ['*', null],
  ['*.example.jp', null],
  ['a b', null],
  ['a..b', null],
  ['fe80::1%eth0', null],
  ['', null],
])('ALLOWED_HOSTS=good.example,%s', (wrong, meant) => {
  const said = problemOf({ ALLOWED_HOSTS: `good.example,${wrong}` });
  expect(said).toContain(`ALLOWED_HOSTS: "${wrong}" is no host name`);
  expect(said).toContain(`「${wrong}」は`);
  expect(said).not.toContain('"good.example"');
  expect(/Did you mean (\S+)\?/.exec(said)?.[1] ?? null).toBe(meant);
  expect(/もしかして：([^。]+)。/.exec(said)?.[1] ?? null).toBe(meant);
});

test.each(['0', 'true', 'yes', '11', ' 1'])('INSECURE_NO_KEYS=%s', (value) => {
  expect(problemOf({ INSECURE_NO_KEYS: value })).toMatch(
    /INSECURE_NO_KEYS: must be 1, or left out\n[\s\S]*INSECURE_NO_KEYS: 1 と書くか/,
  );
});

test('all that is wrong is said at once, and the process ends', async () => {
  const environment = { ALLOWED_HOSTS: '*', INSECURE_NO_KEYS: 'true', HOST: '0.0.0.0' };
  const said = await refusal(spawnService(await freshPlace('postgres'), environment));
  expect(said).toMatch(/INSECURE_NO_KEYS: [\s\S]*ALLOWED_HOSTS: /);
});
