/** `hosho new` as people call it: what it writes is a draft, sound as it stands. */

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callHosho } from '../support/command-line.ts';
import { copyWords } from '../support/words.ts';

const folder = mkdtempSync(join(tmpdir(), 'hosho-new-'));
const rules = join(folder, 'rules');

const hosho = (...args: string[]) =>
  callHosho(args, { cwd: folder, env: { ...process.env, RULES_DIR: rules } });

beforeAll(() => {
  copyWords(rules);
  cpSync('rules/sample', join(rules, 'sample'), { recursive: true });
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
  expect(copy?.filter((line) => !original?.includes(line))).toEqual([
    'prefecture: kagawa',
    'incident: copied',
    expect.stringContaining('status: draft'),
  ]);
  expect(original?.filter((line) => !copy?.includes(line))).toHaveLength(2);
  await sound('rules/kagawa/copied.yaml');
});

test('the next version, beside the file that is served', async () => {
  const path = 'rules/sample/network-outage-2024.yaml';
  expect((await hosho('new', 'sample', 'network-outage-2024', '--from', path)).status).toBe(0);
  const draft = 'rules/sample/network-outage-2024.draft.yaml';
  await sound(draft);
  const { status, stdout } = await hosho('check', draft);
  expect([status, stdout]).toEqual([0, expect.stringContaining(`下書き：${draft}`)]);
  const written = readFileSync(join(folder, draft), 'utf8');
  writeFileSync(join(folder, draft), written.replace('until: 2024-', 'until: 2025-'));
  expect((await hosho('diff', path, draft)).stdout).toContain('2025年');
  expect(await hosho('new', 'sample', 'network-outage-2024', '--from', path)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('draft.yaml：すでにあります'),
  });
});

test('what is to be filled in is refused once it is no draft', async () => {
  await hosho('new', 'kagawa', 'filled');
  const path = join(rules, 'kagawa', 'filled.yaml');
  const marked = readFileSync(path, 'utf8').split('\n');
  const lines = marked.flatMap((line, i) => (line.includes('〔要記入〕') ? [i + 1] : []));
  const { stdout } = await hosho('check', 'rules/kagawa/filled.yaml');
  expect(stdout).toContain(`〔要記入〕が${lines.length}行に残っています：${lines.join('、')}行目`);
  writeFileSync(path, marked.filter((line) => !line.startsWith('status:')).join('\n'));
  const refused = await hosho('check', 'rules/kagawa/filled.yaml');
  expect(refused.status).toBe(1);
  expect(refused.stdout.match(/〔要記入〕が残っています/g)).toHaveLength(lines.length);
  rmSync(path);
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
