/** `hosho new` as people call it: what it writes is sound as it stands. */

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callHosho } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'hosho-new-'));
const rules = join(folder, 'rules');

const hosho = (...args: string[]) =>
  callHosho(args, { cwd: folder, env: { ...process.env, RULES_DIR: rules } });

beforeAll(() => {
  for (const path of ['vocabulary.yaml', 'sample'])
    cpSync(join('rules', path), join(rules, path), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sound = async (path: string): Promise<void> => {
  expect(await hosho('check', path)).toMatchObject({ status: 0, stderr: '' });
  const { status, stdout } = await hosho('test', path);
  expect(status, stdout).toBe(0);
  expect(stdout).not.toContain('どの事例にも当てはまらない');
};

test.each(['2026-01-31', 'network-outage'])('passes check and test as it stands (%s)', async (incident) => {
  const { status, stdout } = await hosho('new', 'kagawa', incident);
  expect([status, stdout]).toEqual([0, expect.stringContaining(`kagawa/${incident}.yaml`)]);
  const text = readFileSync(join(rules, 'kagawa', `${incident}.yaml`), 'utf8');
  expect(text).not.toContain('__');
  expect(text.split('\n').filter((line) => line.includes('#')).length).toBeGreaterThan(15);
  await sound(`rules/kagawa/${incident}.yaml`);
});

test('another rule set and its cases, under the new names', async () => {
  expect(
    (await hosho('new', 'kagawa', 'copied', '--from', 'rules/sample/network-outage-2024.yaml')).status,
  ).toBe(0);
  const [copy, original] = ['kagawa/copied', 'sample/network-outage-2024'].map((name) =>
    readFileSync(join(rules, `${name}.yaml`), 'utf8').split('\n'),
  );
  expect(copy?.filter((line, i) => line !== original?.[i])).toEqual([
    'prefecture: kagawa',
    'incident: copied',
  ]);
  await sound('rules/kagawa/copied.yaml');
});

test('nothing is written over, and names must fit a file', async () => {
  const path = join(rules, 'sample', 'network-outage-2024.yaml');
  const before = readFileSync(path, 'utf8');
  expect(await hosho('new', 'sample', 'network-outage-2024')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('すでにあります'),
  });
  expect(readFileSync(path, 'utf8')).toBe(before);
  expect((await hosho('new', '../elsewhere', 'x')).status).toBe(2);
  expect((await hosho('new', 'kagawa', 'x', '--from', 'nowhere.yaml')).status).toBe(2);
  expect(existsSync(join(rules, 'kagawa', 'x.yaml'))).toBe(false);
});
