/** The notice beside the rule file, as people call it: check, new and diff. */

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { callHosho } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'hosho-notice-text-'));
const FILE = 'rules/sample/network-outage-2024.yaml';
const NOTICE = 'rules/sample/network-outage-2024.notice.txt';

const hosho = (...args: string[]) =>
  callHosho(args, { cwd: folder, env: { ...process.env, RULES_DIR: 'rules' } });
const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);

beforeEach(() => {
  rmSync(join(folder, 'rules'), { recursive: true, force: true });
  for (const path of ['vocabulary.yaml', 'sample'])
    cpSync(join('rules', path), join(folder, 'rules', path), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('check', () => {
  test('the samples say what their notices say', async () => {
    expect(await hosho('check')).toMatchObject({ status: 0, stderr: '' });
  });

  test('a notice that has changed is told at the lines that follow it, and by its own line', async () => {
    write(NOTICE, `${read(NOTICE).replace('3,000円', '5,000円')}\n返金は一度だけです。\n`);
    const { status, stdout } = await hosho('check', FILE);
    const lines = read(FILE).split('\n');
    const at = (start: string): string => `${FILE}:${lines.findIndex((line) => line.startsWith(start)) + 1}:`;
    expect(status).toBe(1);
    expect(stdout).toContain(at('  textHash:'));
    expect(stdout).toContain(at('  S2.1:'));
    expect(stdout).toContain('引用は「として、一律3,000円を」、告知は「として、一律5,000円を」です');
    expect(stdout).toContain(`${NOTICE}:${read(NOTICE).split('\n').indexOf('返金は一度だけです。') + 1}:1`);
    expect(stdout).toContain('| 返金は一度だけです。');
  });

  test('a finding that is accepted, and an acceptance that nothing needs', async () => {
    const accepted =
      'accepted:\n  - { finding: line-not-quoted, about: [lines/34], reason: 決めることではありません。 }';
    write(FILE, read(FILE).replace(/^accepted:.*$/m, accepted));
    expect((await hosho('check', FILE)).stdout).toContain('needless-acceptance');
    write(NOTICE, `${read(NOTICE)}返金は一度だけです。\n`);
    const { stdout } = await hosho('check', FILE);
    expect(stdout).toContain('受け入れ済み  line-not-quoted');
    expect(stdout).not.toContain('needless-acceptance');
  });

  test('without the notice, what was not compared is told where a text is pinned, and nothing else', async () => {
    rmSync(join(folder, NOTICE));
    const { status, stdout } = await hosho('check', FILE);
    expect(status, stdout).toBe(0);
    expect(stdout).toContain(`告知の文とは比べていません：${FILE}（${NOTICE} がありません`);
    write(FILE, read(FILE).replace(/^ {2}textHash:.*\n/m, ''));
    expect((await hosho('check', FILE)).stdout).not.toContain('告知の文');
  });

  test('a notice that lies elsewhere', async () => {
    cpSync(join(folder, NOTICE), join(folder, 'elsewhere.txt'));
    rmSync(join(folder, NOTICE));
    expect((await hosho('check', FILE, '--notice', 'elsewhere.txt')).status).toBe(0);
    expect((await hosho('check', '--notice', 'elsewhere.txt')).status).toBe(2);
    expect((await hosho('check', FILE, '--notice', 'nowhere.txt')).status).toBe(2);
    writeFileSync(join(folder, 'sjis.txt'), Buffer.from([0x8d, 0x90, 0x92, 0x6d]));
    const { status, stderr } = await hosho('check', FILE, '--notice', 'sjis.txt');
    expect([status, stderr]).toEqual([2, expect.stringContaining('UTF-8')]);
  });
});

describe('new', () => {
  test('starts with the sentences of the notice, which is copied beside it', async () => {
    const { status, stdout } = await hosho('new', 'kagawa', '2026-01-31', '--notice', NOTICE);
    expect([status, stdout]).toEqual([0, expect.stringContaining('kagawa/2026-01-31.notice.txt')]);
    expect(read('rules/kagawa/2026-01-31.notice.txt')).toBe(read(NOTICE));
    const rules = read('rules/kagawa/2026-01-31.yaml');
    expect(rules).toContain('  L13: { lines: 13, text: "お詫び金として、一律3,000円をお支払いします。" }\n');
    const hash = /^ {2}textHash: (\w+)/m;
    expect(hash.exec(rules)?.[1]).toBe(hash.exec(read(FILE))?.[1]);
    // All that is left to do: the sentences that no rule cites yet, and the date of the notice.
    const checked = (await hosho('check', 'rules/kagawa/2026-01-31.yaml')).stdout;
    const codes = [...checked.matchAll(/^rules\S+ {2}注意 {2}([a-z-]+)/gm)].map(([, code]) => code);
    expect(new Set(codes)).toEqual(new Set(['unused', 'contradicts-notice']));
    expect(codes.filter((code) => code === 'contradicts-notice')).toHaveLength(1);
    expect((await hosho('test', 'rules/kagawa/2026-01-31.yaml')).status).toBe(0);
  });

  test('the next version of a rule set keeps its clauses until they follow the new text', async () => {
    write('next.txt', read(NOTICE).replace('30日以内', '60日以内'));
    await hosho('new', 'sample', 'network-outage-2024', '--from', FILE, '--notice', 'next.txt');
    const draft = 'rules/sample/network-outage-2024.draft.yaml';
    expect(existsSync(join(folder, 'rules/sample/network-outage-2024.draft.notice.txt'))).toBe(true);
    const { stdout } = await hosho('check', draft);
    expect(stdout).toContain('notice-changed');
    expect(stdout).toContain('quote-differs');
    const { status, stdout: told } = await hosho('diff', FILE, draft);
    expect(status).toBe(0);
    expect(told).toContain('申請期限：復旧のお知らせを受け取った日から60日以内');
    expect(told).toMatch(/条項：S4\.by.*deadlines\/application.*まだ反映されていません/);
    write(draft, read(draft).replace('30日以内 }', '60日以内 }').replace('days: 30 }', 'days: 60 }'));
    expect((await hosho('diff', FILE, draft)).stdout).toContain('反映済み');
  });

  test('nothing is written where the notice cannot be read', async () => {
    expect((await hosho('new', 'kagawa', 'x', '--notice', 'nowhere.txt')).status).toBe(2);
    expect(existsSync(join(folder, 'rules/kagawa'))).toBe(false);
  });
});

describe('diff', () => {
  test('two texts that are named, in every format', async () => {
    write('next.txt', read(NOTICE).replace('平日 9:00～17:00', '平日 9:00～19:00'));
    const args = ['diff', FILE, FILE, '--old-notice', NOTICE, '--new-notice', 'next.txt'];
    expect((await hosho(...args)).stdout).toContain('変わった文（31行目 → 31行目）');
    expect((await hosho(...args, '--format', 'markdown')).stdout).toContain('#### 告知の文');
    const [one] = JSON.parse((await hosho(...args, '--format', 'json')).stdout);
    expect(one.noticeChanges).toMatchObject([
      { kind: 'changed', clauses: ['S5'], isFollowed: false, before: { number: 31 } },
    ]);
  });

  test('one text alone is a mistake in the call', async () => {
    write('a.yaml', read(FILE));
    const { status, stderr } = await hosho('diff', 'a.yaml', 'a.yaml', '--new-notice', NOTICE);
    expect([status, stderr]).toEqual([2, expect.stringContaining('--old-notice')]);
  });
});
