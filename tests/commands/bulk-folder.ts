/** A folder in which `hosho evaluate --input` is called as people call it, with the project's rules in it. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { callHosho } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'hosho-bulk-'));
export const rules = join(folder, 'rules');
beforeAll(() => cpSync('rules', rules, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export const at = (name: string): string => join(folder, name);
export const read = (name: string): Buffer => readFileSync(at(name));
export const write = (name: string, content: string | Uint8Array): void => writeFileSync(at(name), content);
const lists = ['out.csv', 'out.ndjson', 'pay.csv', 'review.csv', 'out.csv.progress.json'];
beforeEach(() => {
  for (const name of lists) rmSync(at(name), { force: true });
});

const YAMAGUCHI = ['evaluate', '--prefecture', 'yamaguchi', '--incident', '2023-02-24'];
/** Of the lists themselves: what earlier runs have paid is for other tests. */
const UNLOGGED = ['--no-log'];
/** One thread, which starts sooner than many, where the call says nothing else. */
const ONE = ['--threads', '1'];
export const hosho = (args: string[], rulesDir = rules) =>
  callHosho(
    [
      ...YAMAGUCHI,
      ...(args.includes('--payments') && !args.includes('--log') ? UNLOGGED : []),
      ...(args.includes('--threads') || !args.includes('--input') ? [] : ONE),
      ...args,
    ],
    { cwd: folder, env: { ...process.env, RULES_DIR: rulesDir } },
  );

export const IN = ['--input', 'in.csv'];
export const OUT = ['--output', 'out.csv'];

export const JAPANESE = [
  '照会番号,判定時点,全国旅行支援を利用した,旅行先の都道府県,クーポンの発行基盤,クーポンの形態,クーポンを受け取った,元の有効期限,最初の延長が終わった後の残額,最終の有効期限の時点の残額,アプリにチャージした,アプリの会員状態,特設サイトでの申請日時',
  '甲-1,2023-04-15T12:00:00+09:00,はい,35,regionPAY,紙,はい,2023-02-24T23:59:00+09:00,"2,000","1,500",いいえ,未登録,2023-04-02T10:00:00+09:00',
  '=2,2023-04-15T12:00:00+09:00,はい,35,その他,紙,はい,2023-02-24T23:59:00+09:00,2000,1500,いいえ,未登録,',
  '"乙',
  '',
].join('\r\n');
