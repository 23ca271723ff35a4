/** `hosho fmt` as people call it. */
import {
  cpSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { callHosho } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'hosho-fmt-'));
const rules = join(folder, 'rules');
cpSync('tests/fixtures/log-0.1/rules', rules, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILE = 'rules/sample/card-terminal-2024.yaml';
const text = (): string => readFileSync(join(folder, FILE), 'utf8');
const hosho = (...args: string[]) =>
  callHosho(args, { cwd: folder, env: { ...process.env, RULES_DIR: rules } });

test('says what would be written, writes it, and then finds nothing more', async () => {
  const before = text();
  writeFileSync(join(folder, 'before.yaml'), before);
  const asked = await hosho('fmt', '--check', FILE);
  expect([asked.status, text()]).toEqual([1, before]);
  expect(asked.stdout).toMatch(/card-terminal-2024\.yaml（\d+行 → \d+行）/);

  expect(await hosho('fmt', FILE)).toMatchObject({ status: 0, stderr: '' });
  expect(text()).not.toMatch(/operator:|condition:/);
  expect((await hosho('diff', 'before.yaml', FILE)).stdout).toContain('変更点はありません');
  expect(await hosho('fmt', '--check', FILE)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('すべて短い形'),
  });
});

test('rules that lie elsewhere, and a file behind a link', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'hosho-fmt-elsewhere-'));
  cpSync('tests/fixtures/log-0.1/rules', join(elsewhere, 'rules'), { recursive: true });
  const [file, real] = ['rules/sample/network-outage-2024.yaml', 'kept.yaml'].map((name) =>
    join(elsewhere, name),
  );
  renameSync(file ?? '', real ?? '');
  symlinkSync(real ?? '', file ?? '');
  const env = { ...process.env, RULES_DIR: join(elsewhere, 'rules') };
  expect(await callHosho(['fmt'], { cwd: folder, env })).toMatchObject({ status: 0, stderr: '' });
  expect(readFileSync(real ?? '', 'utf8')).not.toMatch(/operator:/);
  expect(lstatSync(file ?? '').isSymbolicLink()).toBe(true);
  rmSync(elsewhere, { recursive: true });
});

test('a file that does not read is told and left as it is', async () => {
  const broken = text().replace('eligibility:', 'eligibilty:');
  writeFileSync(join(folder, FILE), broken);
  expect(await hosho('fmt', FILE)).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('もしかして：eligibility'),
  });
  expect(text()).toBe(broken);
});
