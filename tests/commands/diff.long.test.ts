/** `hosho diff` as people call it, on files and on revisions of git. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callHosho } from '../support/command-line.ts';
import { copyWords } from '../support/words.ts';

const folder = mkdtempSync(join(tmpdir(), 'hosho-diff-'));
const name = 'rules/yamaguchi/2023-02-24.yaml';
const file = join(folder, name);
const original = readFileSync(name, 'utf8');

const hosho = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  callHosho(args, { cwd: folder, env: { ...process.env, RULES_DIR: 'rules', ...env } });
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.test', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const LATER = original.replace('application: { until: 2023-04-30,', 'application: { until: 2023-05-01,');
const lineOf = (text: string, part: string): number =>
  text.split('\n').findIndex((line) => line.includes(part)) + 1;

beforeAll(() => {
  copyWords(join(folder, 'rules'));
  cpSync(name, join(folder, name));
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'first');
});
beforeEach(() => {
  git('checkout', '--quiet', '--', '.');
  git('clean', '--quiet', '-fd');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('two files', () => {
  test('the same: proved, and nothing else', async () => {
    const { status, stdout } = await hosho(['diff', name, name]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/証明：この変更で回答の次の点が変わる方はいません/);
    expect(stdout).not.toContain('●');
  });

  test('what was changed, where, and what it does', async () => {
    write('draft.yaml', LATER);
    const { status, stdout } = await hosho(['diff', name, 'draft.yaml']);
    expect(status, stdout).toBe(0);
    expect(stdout).toContain('2023年4月30日(日)まで');
    expect(stdout).toContain('2023年5月1日(月)まで');
    expect(stdout).toContain(`draft.yaml:${lineOf(LATER, 'application: {')}:`);
    expect(stdout).toContain('● 期限「申請期限」の日時が変わる方がいます');
    expect(stdout).toMatch(/証明：ここに挙げたほかに/);
  });

  test('JSON has both answers of each example', async () => {
    write('draft.yaml', LATER);
    const [one] = JSON.parse((await hosho(['diff', name, 'draft.yaml', '--format', 'json'])).stdout);
    expect(one).toMatchObject({ kind: 'changed', isProved: true, problems: [] });
    const moved = one.differences.find((d: { kind: string }) => d.kind === 'deadline-moved');
    expect(moved).toMatchObject({ deadline: 'application', verdict: 'refuted' });
    const [before, after] = moved.example.decisions;
    const ends = (decision: { deadlines: { id: string; endsAt?: string }[] }) =>
      decision.deadlines.find(({ id }) => id === 'application')?.endsAt;
    expect([ends(before), ends(after)]).toEqual(['2023-05-01T00:00:00+09:00', '2023-05-02T00:00:00+09:00']);
  });

  test('Markdown shows what rule files say as text', async () => {
    write('draft.yaml', original.replace('label: 申請期限,', 'label: "申請*期限* | <b>",'));
    const { stdout } = await hosho(['diff', name, 'draft.yaml', '--format', 'markdown']);
    expect(stdout).toMatch(/^## /);
    expect(stdout).toContain('申請\\*期限\\* \\| &lt;b\\>');
  });

  test('one that does not read well', async () => {
    write('draft.yaml', original.replace('asOf: grace-expiry', 'asOf: grace-expirey'));
    const { status, stdout } = await hosho(['diff', name, 'draft.yaml']);
    expect(status).toBe(1);
    expect(stdout).toContain('grace-expirey');
  });

  test('one alone is a mistake in the call', async () => {
    const { status, stderr } = await hosho(['diff', name]);
    expect([status, stderr]).toEqual([2, expect.stringContaining('hosho diff OLD NEW')]);
  });
});

describe('revisions', () => {
  test('a revision and the working tree: only what differs', async () => {
    expect((await hosho(['diff', 'HEAD'])).stdout).toContain('違いはありません');
    writeFileSync(file, LATER);
    const { status, stdout } = await hosho(['diff', 'HEAD']);
    expect(status).toBe(0);
    expect(stdout).toContain(name);
    expect(stdout).toContain('2023年5月1日(月)まで');
  });

  test('the same in a hook, which git tells of its repository, its index and its folder', async () => {
    writeFileSync(file, LATER);
    const said = await hosho(['diff', 'HEAD']);
    const index = join(folder, '.git/next-index-1.lock');
    const ofHook = { GIT_DIR: join(folder, '.git'), GIT_INDEX_FILE: index, GIT_PREFIX: '' };
    expect(await hosho(['diff', 'HEAD'], ofHook)).toEqual(said);
    expect(said.stdout).toContain(name);
  });

  test('a word file that was changed: the rule files that use it', async () => {
    const words = 'rules/words/regionpay.yaml';
    write(words, readFileSync(words, 'utf8').replace('label: クーポンの形態', 'label: 紙か電子か'));
    write('rules/words/other.yaml', 'outcomes: { eligible: 交付 }\n');
    const { status, stdout } = await hosho(['diff', 'HEAD', '--format', 'json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      { file: name, edits: [{ part: 'facts', id: 'voucher.medium' }] },
    ]);
  });

  test('a file beside a revision is that file as it was then', async () => {
    writeFileSync(file, LATER);
    expect((await hosho(['diff', 'HEAD', name])).stdout).toContain('2023年5月1日(月)まで');
  });

  test('two revisions, and a file that is new', async () => {
    const incident = '2030-01-31';
    write(
      `rules/yamaguchi/${incident}.yaml`,
      original.replace('incident: 2023-02-24', `incident: ${incident}`),
    );
    writeFileSync(file, LATER);
    git('add', '.');
    git('commit', '--quiet', '--message', 'second');
    try {
      const { status, stdout } = await hosho(['diff', 'HEAD~1', 'HEAD', '--format', 'json']);
      expect(status).toBe(0);
      expect(
        JSON.parse(stdout).map(({ file: of, kind }: { file: string; kind: string }) => [of, kind]),
      ).toEqual([
        [name, 'changed'],
        [`rules/yamaguchi/${incident}.yaml`, 'added'],
      ]);
      expect((await hosho(['diff', 'HEAD', 'HEAD~1'])).stdout).toContain('ルールのファイルがなくなりました');
    } finally {
      git('reset', '--quiet', '--hard', 'HEAD~1');
    }
  });

  test('no such revision', async () => {
    const { status, stderr } = await hosho(['diff', 'v9']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('v9')]);
  });
});

test('English by option or by LANG', async () => {
  expect((await hosho(['--lang', 'en', 'diff', name, name])).stdout).toMatch(/Proved: for nobody/);
  expect((await hosho(['diff', name, name], { LANG: 'en_US.UTF-8' })).stdout).toMatch(/Proved: for nobody/);
  expect((await hosho(['--lang', 'fr', 'diff', name, name])).status).toBe(2);
});
