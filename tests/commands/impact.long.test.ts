/** `hosho impact` as people call it: on the log, on files of cases, and nothing is written. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { callHosho } from '../support/command-line.ts';
import { copyWords } from '../support/words.ts';

const folder = mkdtempSync(join(tmpdir(), 'hosho-impact-'));
const name = 'rules/yamaguchi/2023-02-24.yaml';
const original = readFileSync(name, 'utf8');

function hosho(...args: string[]) {
  const { DATABASE_URL: _, ...env } = process.env;
  return callHosho(args, {
    cwd: folder,
    env: { ...env, RULES_DIR: 'rules', DATA_DIR: join(folder, 'data') },
  });
}
const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);

const voucher = {
  ...{ platform: 'regionpay', medium: 'paper', received: true, numberKnown: true },
  originalExpiry: '2023-02-24T23:59:00+09:00',
};
/** On the last day of the extension, with so many yen left. */
const lineOf = (reference: string, yen: number): string =>
  JSON.stringify({
    reference,
    asOf: '2023-03-31T12:00:00+09:00',
    facts: {
      programme: { used: true, destinationPrefecture: '35' },
      voucher: { ...voucher, balanceAfterGraceYen: yen, balanceNowYen: yen, balanceAtFinalExpiryYen: yen },
      app: { charged: true, account: 'active', contact: 'email' },
    },
  });
const lines = [lineOf('R1', 1000), lineOf('R2', 1), lineOf('R3', 0)];

beforeAll(async () => {
  copyWords(join(folder, 'rules'));
  for (const path of [name, name.replace('.yaml', '.cases.yaml')]) cpSync(path, join(folder, path));
  cpSync(inject('emptyDataDir'), join(folder, 'data'), { recursive: true });
  write('cases.ndjson', `${lines.join('\n')}\n`);
  write(
    'draft.yaml',
    original.replace('final-expiry: { until: 2023-03-31 23:59', 'final-expiry: { until: 2023-03-30 23:59'),
  );
  write(
    'threshold.yaml',
    original.replace('balanceAfterGraceYen: 1以上', 'balanceAfterGraceYen: 1より大きい'),
  );
  const which = ['--prefecture', 'yamaguchi', '--incident', '2023-02-24'];
  const run = await hosho('evaluate', ...which, '--input', 'cases.ndjson', '--output', 'out.csv', '--log');
  if (run.status !== 0) throw new Error(run.stderr);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the log', () => {
  test('nothing changes under the same rules', async () => {
    const { status, stdout, stderr } = await hosho('impact', name);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('3件を判定し直しました。回答が変わるものはありません');
  });

  test('how many change, from what to what, by how many yen; and the log stays as it is', async () => {
    const first = JSON.parse((await hosho('impact', 'threshold.yaml', '--json')).stdout);
    expect(first).toMatchObject({ judged: 3, changed: 1, yenBefore: 1001, yenAfter: 1000, unjudged: [] });
    const outcome = first.kinds.find(({ field }: { field: { en: string } }) => field.en === 'outcome');
    expect(outcome).toMatchObject({ count: 1, removed: ['対象'], added: ['対象外'] });
    expect(outcome.examples).toHaveLength(1);
    expect(JSON.parse((await hosho('impact', 'threshold.yaml', '--json')).stdout)).toEqual(first);
  });

  test('the amounts are one kind, with their yen', async () => {
    const { stdout } = await hosho('impact', 'draft.yaml');
    expect(stdout).toMatch(/3件を判定し直すと、2件の回答が変わります/);
    expect(stdout).toMatch(/補償額 {2}2件/);
  });

  test('what the candidate can no longer read is counted with the reason', async () => {
    const words = readFileSync('rules/words/regionpay.yaml', 'utf8');
    write(
      'rules/words/regionpay.yaml',
      words.replace('id: email, label', 'id: e-mail, label').replace('email: メール', 'e-mail: メール'),
    );
    try {
      expect(readFileSync(join(folder, 'rules/words/regionpay.yaml'), 'utf8')).not.toBe(words);
      const { status, stdout } = await hosho('impact', name, '--json');
      expect(status).toBe(1);
      const [one] = JSON.parse(stdout).unjudged;
      expect(one.count).toBe(3);
      expect(one.reason.ja).toContain('app.contact');
    } finally {
      write('rules/words/regionpay.yaml', words);
    }
  });

  test('an answer that is none is counted with the reason', async () => {
    const engine = await PGlite.create({ dataDir: join(folder, 'data', 'postgres') });
    try {
      await engine.exec(`set session_replication_role = replica;
        update decisions set answer = '{"outcomeLabel": "対象"}' where reference = 'R1'`);
    } finally {
      await engine.close();
    }
    const { status, stdout, stderr } = await hosho('impact', 'threshold.yaml', '--json');
    expect([status, stderr]).toEqual([1, '']);
    const { judged, unjudged } = JSON.parse(stdout);
    expect(judged).toBe(2);
    expect(unjudged).toMatchObject([
      { count: 1, reason: { ja: '今のプログラムでは記録された回答を読めません' } },
    ]);
  });
});

describe('files of cases', () => {
  test('NDJSON, with the line and the reference', async () => {
    const { status, stdout } = await hosho('impact', 'threshold.yaml', '--cases', 'cases.ndjson');
    expect(status).toBe(0);
    expect(stdout).toContain('2 R2');
  });

  test('CSV, and a line that cannot be read', async () => {
    write(
      'cases.csv',
      'reference,asOf,programme.used\nR1,2023-03-05T12:00:00+09:00,true\nR2,2023-03-05T12:00:00+09:00,maybe\n',
    );
    const { status, stdout } = await hosho('impact', 'threshold.yaml', '--cases', 'cases.csv', '--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      judged: 1,
      changed: 0,
      unjudged: [{ count: 1, examples: ['3 R2'] }],
    });
  });

  test('a cases file, against an earlier revision', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.test', ...args], {
        cwd: folder,
      });
    git('init', '--quiet');
    git('add', 'rules');
    git('commit', '--quiet', '--message', 'first');
    write(name, readFileSync(join(folder, 'threshold.yaml'), 'utf8'));
    try {
      const cases = name.replace('.yaml', '.cases.yaml');
      const { status, stdout } = await hosho('impact', name, '--cases', cases, '--json');
      expect(status).toBe(0);
      expect(JSON.parse(stdout).changed).toBeGreaterThan(0);
      expect((await hosho('impact', name, '--cases', cases, '--old', 'v9')).status).toBe(2);
    } finally {
      write(name, original);
    }
  });

  test('a draft that does not read well', async () => {
    write('bad.yaml', original.replace('asOf: grace-expiry', 'asOf: grace-expirey'));
    const { status, stdout } = await hosho('impact', 'bad.yaml');
    expect(status).toBe(1);
    expect(stdout).toContain('unknown-deadline');
  });
});
