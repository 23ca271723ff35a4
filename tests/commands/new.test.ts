/** `hosho new` as people call it: what it writes is sound as it stands. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

const cli = join(inject('dist'), 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'hosho-new-'));
const rules = join(folder, 'rules');

function hosho(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, RULES_DIR: rules },
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  for (const path of ['vocabulary.yaml', 'sample'])
    cpSync(join('rules', path), join(rules, path), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sound = (path: string): void => {
  expect(hosho('check', path)).toMatchObject({ status: 0, stderr: '' });
  const { status, stdout } = hosho('test', path);
  expect(status, stdout).toBe(0);
  expect(stdout).not.toContain('どの事例にも当てはまらない');
};

test.each(['2026-01-31', 'network-outage'])('passes check and test as it stands (%s)', (incident) => {
  const { status, stdout } = hosho('new', 'kagawa', incident);
  expect([status, stdout]).toEqual([0, expect.stringContaining(`kagawa/${incident}.yaml`)]);
  const text = readFileSync(join(rules, 'kagawa', `${incident}.yaml`), 'utf8');
  expect(text).not.toContain('__');
  expect(text.split('\n').filter((line) => line.includes('#')).length).toBeGreaterThan(15);
  sound(`rules/kagawa/${incident}.yaml`);
});

test('another rule set and its cases, under the new names', () => {
  expect(hosho('new', 'kagawa', 'copied', '--from', 'rules/sample/network-outage-2024.yaml').status).toBe(0);
  const [copy, original] = ['kagawa/copied', 'sample/network-outage-2024'].map((name) =>
    readFileSync(join(rules, `${name}.yaml`), 'utf8').split('\n'),
  );
  expect(copy?.filter((line, i) => line !== original?.[i])).toEqual([
    'prefecture: kagawa',
    'incident: copied',
  ]);
  sound('rules/kagawa/copied.yaml');
});

test('nothing is written over, and names must fit a file', () => {
  const path = join(rules, 'sample', 'network-outage-2024.yaml');
  const before = readFileSync(path, 'utf8');
  expect(hosho('new', 'sample', 'network-outage-2024')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('すでにあります'),
  });
  expect(readFileSync(path, 'utf8')).toBe(before);
  expect(hosho('new', '../elsewhere', 'x').status).toBe(2);
  expect(hosho('new', 'kagawa', 'x', '--from', 'nowhere.yaml').status).toBe(2);
  expect(existsSync(join(rules, 'kagawa', 'x.yaml'))).toBe(false);
});
