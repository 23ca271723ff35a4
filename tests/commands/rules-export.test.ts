/** `hosho rules export` as a stranger uses it: the printed file, the published module, the library, and the page's lines. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { callHosho } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'hosho-export-'));
const RULES = resolve('rules');
const file = join(RULES, 'yamaguchi/2023-02-24.yaml');

const hosho = (...args: string[]) =>
  callHosho(args, { cwd: folder, env: { ...process.env, RULES_DIR: RULES } });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('prints the same JSON by file and by names, and writes it where it is told', async () => {
  const byFile = await hosho('rules', 'export', file);
  expect(byFile).toMatchObject({ status: 0, stderr: '' });
  expect(await hosho('rules', 'export', 'yamaguchi', '2023-02-24', '--format', 'json-rules-engine')).toEqual(
    byFile,
  );
  expect((await hosho('rules', 'export', file, '--output', 'out.json')).stdout).toBe('out.json\n');
  expect(readFileSync(join(folder, 'out.json'), 'utf8')).toBe(byFile.stdout);
  const { sections } = JSON.parse(byFile.stdout);
  expect(sections.map(({ section }: { section: string }) => section).slice(0, 3)).toEqual([
    'contradictions',
    'eligibility',
    'voucherState',
  ]);
});

test('says what is wrong with the call', async () => {
  expect(await hosho('rules', 'export')).toMatchObject({ status: 2, stdout: '' });
  expect((await hosho('rules', 'export', 'yamaguchi', '2023-02-25')).stderr).toContain(
    'yamaguchi/2023-02-24',
  );
  expect((await hosho('rules', 'export', file, '--format', 'yaml')).status).toBe(2);
});

test('runs in a project that has the two packages', async () => {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  symlinkSync(resolve('.'), join(folder, 'node_modules/hosho'));
  symlinkSync(resolve('node_modules/json-rules-engine'), join(folder, 'node_modules/json-rules-engine'));
  const page = readFileSync('docs/json-rules-engine.md', 'utf8');
  writeFileSync(join(folder, 'load.mjs'), /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
  writeFileSync(join(folder, 'rules.json'), (await hosho('rules', 'export', file)).stdout);
  writeFileSync(
    join(folder, 'run.mjs'),
    `import { readFileSync } from 'node:fs';
import { load } from './load.mjs';
const judge = load(JSON.parse(readFileSync('rules.json', 'utf8')));
const { eligibility } = await judge({ asOf: Date.parse('2023-04-15T12:00:00+09:00'), 'programme.used': true,
  'programme.destinationPrefecture': '35', 'voucher.platform': 'regionpay', 'voucher.medium': 'paper', 'voucher.received': true,
  'voucher.originalExpiry': Date.parse('2023-02-24T23:59:00+09:00'), 'voucher.balanceAfterGraceYen': 1 });
console.log(JSON.stringify(eligibility));`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, ['run.mjs'], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject([{ rule: 'A', concludes: 'A', clause: 'S1.A' }]);
});
