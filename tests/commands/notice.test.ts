/** The notice and the picture as people ask for them. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { callHosho } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'hosho-notice-'));
const rules = join(folder, 'rules');
const file = 'rules/yamaguchi/2023-02-24.yaml';
const names = ['yamaguchi', '2023-02-24'];

const hosho = (...args: string[]) =>
  callHosho(args, { cwd: folder, env: { ...process.env, RULES_DIR: rules } });
const written = (name: string): string => readFileSync(join(folder, name), 'utf8');
function edit(from: string, to: string): void {
  const text = written(file);
  expect(text).toContain(from);
  writeFileSync(join(folder, file), text.replace(from, to));
}

beforeEach(() => {
  rmSync(rules, { recursive: true, force: true });
  cpSync('rules', rules, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(['notice', 'timeline'])('%s', (command) => {
  test('takes a file, two names, or the options of evaluate', async () => {
    const byFile = await hosho(command, file);
    expect(byFile).toMatchObject({ status: 0, stderr: '' });
    expect(await hosho(command, ...names)).toEqual(byFile);
    expect(await hosho(command, '--prefecture', 'yamaguchi', '--incident', '2023-02-24')).toEqual(byFile);
    expect((await hosho(command, 'rules/sample/network-outage-2024.yaml')).stdout).not.toBe(byFile.stdout);
  });

  test('writes what it prints into the file named', async () => {
    const { stdout } = await hosho(command, file);
    expect(await hosho(command, file, '--output', 'out.txt')).toEqual({
      status: 0,
      stdout: 'out.txt\n',
      stderr: '',
    });
    expect(written('out.txt')).toBe(stdout);
  });

  test('shows what is wrong with a file, at its line', async () => {
    edit('asOf: grace-expiry まで', 'asOf: grace-expirey まで');
    const { status, stdout, stderr } = await hosho(command, file);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/2023-02-24\.yaml:\d+:\d+ .*unknown-deadline/);
  });

  test('--help has examples', async () => {
    expect((await hosho(command, '--help')).stdout).toContain(`$ hosho ${command} `);
  });
});

describe('notice', () => {
  test.each([
    ['no rule set named', []],
    ['a prefecture alone', ['--prefecture', 'yamaguchi']],
    ['three names', [...names, 'more']],
    ['an unknown rule set', ['yamaguti', '2023-02-24']],
    ['a file that is not there', ['rules/nowhere.yaml']],
    ['a file of words', ['rules/vocabulary.yaml']],
    ['an unknown format', [file, '--format', 'word']],
    ['a folder that is not there', [file, '--output', 'nowhere/out.html']],
  ])('%s is a mistake in the call', async (_, args) => {
    const { status, stdout, stderr } = await hosho('notice', ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
  });

  test('is Markdown, or HTML where asked for or where the output is called so', async () => {
    expect((await hosho('notice', file)).stdout).toMatch(/^# .*\n/);
    expect((await hosho('notice', file, '--format', 'html')).stdout).toMatch(/^<!doctype html>/);
    await hosho('notice', file, '--output', 'page.html');
    expect(written('page.html')).toMatch(/^<!doctype html>[\s\S]*<svg [\s\S]*<\/html>\n$/);
    await hosho('notice', file, '--output', 'page.html', '--format', 'markdown');
    expect(written('page.html')).toMatch(/^# /);
  });

  test('says a deadline that was moved, and names the sentences that it overtakes', async () => {
    edit('application: { until: 2023-04-30', 'application: { until: 2023-05-07');
    edit('from: 2023-05-01, until: 2023-05-10', 'from: 2023-05-08, until: 2023-05-10');
    const { status, stdout, stderr } = await hosho('notice', file);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('2023年5月7日(日)まで');
    expect(stdout).not.toContain('4月30日');
    expect(stderr).toContain('S2.A2.web.apply_by');
  });
});

describe('timeline', () => {
  test('is SVG in a pipe, and text where asked for', async () => {
    expect((await hosho('timeline', file)).stdout).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    const { stdout } = await hosho('timeline', file, '--format', 'text');
    expect(stdout).toMatch(/█/);
    expect(stdout).not.toContain('<');
  });
});
