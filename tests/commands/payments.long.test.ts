/** What one run has paid, the next ones know. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { paymentRunId } from '../../src/bulk/payment-log.ts';
import { openStore } from '../../src/decisions/open.ts';
import type { DecisionStore } from '../../src/decisions/store.ts';
import { callHosho } from '../support/command-line.ts';
import { freshFolder, freshPlace, type Place } from '../support/stores.ts';

const HEADINGS =
  'reference,programme.used,programme.destinationPrefecture,voucher.platform,voucher.medium,voucher.received,voucher.originalExpiry,voucher.balanceAfterGraceYen,voucher.balanceAtFinalExpiryYen,app.charged,app.account,claim.appliedAt';
const SAME =
  'true,35,regionpay,paper,true,2023-02-24T23:59:00+09:00,2000,1500,false,never,2023-04-10T10:00:00+09:00';
const RULES = join(process.cwd(), 'rules');

let place: Place;
let folder: string;
beforeEach(async () => {
  [place, folder] = [await freshPlace('postgres'), await freshFolder()];
});

const call = (args: string[]) =>
  callHosho(args, {
    cwd: folder,
    env: { ...process.env, RULES_DIR: RULES, DATA_DIR: place.dataDir, DATABASE_URL: place.databaseUrl ?? '' },
  });

/** Decides cases with these references, all else alike; the line numbers of those on the list, and why others are for review. */
async function paying(references: string[], ...more: string[]) {
  writeFileSync(join(folder, 'in.csv'), [HEADINGS, ...references.map((one) => `${one},${SAME}`)].join('\n'));
  const { status, stdout, stderr } = await call([
    ...[
      'evaluate',
      '--prefecture',
      'yamaguchi',
      '--incident',
      '2023-02-24',
      '--input',
      'in.csv',
      '--threads',
      '1',
    ],
    ...['--as-of', '2023-04-15T12:00:00+09:00', '--output', 'out.csv', '--payments', 'pay.csv'],
    ...['--review', 'review.csv', '--force', ...more],
  ]);
  const rowsOf = (name: string): string[][] =>
    readFileSync(join(folder, name), 'utf8')
      .split('\r\n')
      .slice(1, -1)
      .map((row) => row.split(','));
  const run = /実行 ([0-9a-f-]{36})）$/m.exec(stdout)?.[1] ?? '';
  return {
    ...{ status, stdout, stderr, run },
    paid: rowsOf('pay.csv').map(([line]) => Number(line)),
    review: new Map(rowsOf('review.csv').map(([line, , why]) => [Number(line), why])),
  };
}

async function withStore<Result>(work: (store: DecisionStore) => Promise<Result>): Promise<Result> {
  const store = await openStore(place);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
const runs = () => withStore((store) => store.paymentRunsOf('yamaguchi', '2023-02-24'));

describe('a reference on an earlier list', () => {
  test('goes to review, with run and line; whatever its width or the spaces around it', async () => {
    const first = await paying(['k-1', 'k-2']);
    expect(first).toMatchObject({ status: 0, paid: [2, 3] });
    expect(first.review.size).toBe(0);
    expect(await runs()).toMatchObject([
      { id: first.run, input: 'in.csv', payments: 2, finishedAt: expect.any(Date), revokedAt: null },
    ]);
    const second = await paying(['k-3', ' ｋ－２ ', 'k-1', 'k-1', 'K-2']);
    expect(second.paid).toEqual([2, 6]);
    expect([...second.review.keys()]).toEqual([3, 4, 5]);
    expect(second.review.get(3)).toMatch(new RegExp(`${first.run}.*の 3行目`));
    expect(second.review.get(4)).toMatch(new RegExp(`${first.run}.*の 2行目`));
    expect(second.stdout).toContain('前の支払一覧にある照会番号の行  3件');
    expect(second.stdout).not.toContain('まったく同じ入力');
  });

  test('the very same run again: told, and nothing is paid', async () => {
    const first = await paying(['k-1', 'k-2']);
    const again = await paying(['k-1', 'k-2']);
    expect(again.paid).toEqual([]);
    expect(again.stdout).toContain(`まったく同じ入力の支払一覧が、前に作られています：実行 ${first.run}`);
  });

  test('of another rule set is none', async () => {
    await paying(['k-1']);
    const found = await withStore(async (store) => {
      const [run] = await store.paymentRunsOf('yamaguchi', '2023-02-24');
      if (!run) throw new Error('no run');
      const id = paymentRunId({ startedAt: 0, random: '0'.repeat(32) });
      const other = { ...run, id };
      return [
        (await store.earlierPayments(other, ['k-1', 'k-2'])).map(({ line }) => line),
        await store.earlierPayments({ ...other, incident: '2030-01-31' }, ['k-1']),
        await store.earlierPayments(run, ['k-1']),
      ];
    });
    expect(found).toEqual([[2], [], []]);
  });

  test('of a run that was killed behind its log is not paid, and of one that was revoked is', async () => {
    const { run: first } = await paying(['k-1']);
    const id = paymentRunId({ startedAt: Date.now(), random: '1'.repeat(32) });
    await withStore(async (store) => {
      const [run] = await store.paymentRunsOf('yamaguchi', '2023-02-24');
      if (!run) throw new Error('no run');
      await store.startPaymentRun({ ...run, id, startedAt: new Date() });
      await store.addPayments(id, [{ line: 7, reference: 'k-2' }]);
      await store.addPayments(id, [{ line: 7, reference: 'k-2' }]);
    });
    const second = await paying(['k-2', 'k-1']);
    expect(second.paid).toEqual([]);
    expect(second.review.get(2)).toContain(`終わっていない前の支払一覧にある照会番号：実行 ${id}`);
    const { status, stdout } = await call(['payments', 'yamaguchi', '2023-02-24', '--revoke', id]);
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining(id) });
    expect((await paying(['k-2', 'k-1'])).paid).toEqual([2]);
    const list = (await call(['payments', 'yamaguchi', '2023-02-24', '--json'])).stdout;
    expect(JSON.parse(list).map((one: { revokedAt: unknown }) => one.revokedAt !== null)).toEqual([
      ...[false, false, true, false],
    ]);
    expect(first).not.toBe('');
    expect(
      (await call(['payments', 'yamaguchi', '2023-02-24', '--revoke', first.replace(/.$/, 'x')])).status,
    ).toBe(2);
  });

  test('that another run adds at the same time: of the two one is refused', async () => {
    await paying(['k-1']);
    const outcomes = await withStore(async (store) => {
      const [run] = await store.paymentRunsOf('yamaguchi', '2023-02-24');
      if (!run) throw new Error('no run');
      const ids = ['2', '3', '4'].map((digit) => paymentRunId({ startedAt: 1, random: digit.repeat(32) }));
      for (const id of ids) await store.startPaymentRun({ ...run, id });
      const adding = ids.map((id) => store.addPayments(id, [{ line: 2, reference: 'k-9' }]));
      return (await Promise.allSettled(adding)).map((one) =>
        one.status === 'rejected' ? one.reason.name : 'added',
      );
    });
    expect(outcomes.toSorted()).toEqual(['PaidElsewhere', 'PaidElsewhere', 'added']);
  });
});

describe('--no-log', () => {
  test('says that nothing earlier was looked at, and leaves no trace', async () => {
    await paying(['k-1']);
    const second = await paying(['k-1', 'k-2'], '--no-log');
    expect(second.paid).toEqual([2, 3]);
    expect(second.stdout).toContain('前の支払一覧は調べていません');
    expect(await runs()).toHaveLength(1);
    expect((await paying(['k-2'])).paid).toEqual([2]);
  });
});

test('without a log nothing is begun, and it is said how to go on', async () => {
  place = { dataDir: place.dataDir, databaseUrl: 'postgres://nobody@127.0.0.1:1/none' };
  rmSync(join(folder, 'pay.csv'), { force: true });
  await expect(paying(['k-1'])).rejects.toThrow(/ENOENT/);
  const { status, stderr } = await call([
    ...['evaluate', '--prefecture', 'yamaguchi', '--incident', '2023-02-24', '--input', 'in.csv'],
    ...['--output', 'out.csv', '--payments', 'pay.csv'],
  ]);
  expect(status).toBe(1);
  expect(stderr).toContain('--no-log');
  expect(stderr).not.toContain('--resume');
});

test('payments without a reference are counted; erasing a reference tells of the lists that it stays on', async () => {
  const { stdout, paid } = await paying(['k-1', '']);
  expect(paid).toEqual([2, 3]);
  expect(stdout).toContain('照会番号のない支払  1件');
  const { status, stderr } = await call(['decisions', 'erase', '--reference', 'ｋ-1']);
  expect(status).toBe(0);
  expect(stderr).toContain('支払一覧の記録 1件');
  expect((await paying(['k-1'])).paid).toEqual([]);
});

test('nobody changes what is on record', async () => {
  await paying(['k-1']);
  const { default: postgres } = await import('postgres');
  const sql = postgres(place.databaseUrl ?? '', { max: 1, onnotice: () => {} });
  for (const table of ['payment_runs', 'payments', 'payment_run_ends'])
    for (const statement of [`delete from ${table}`, `truncate ${table} cascade`])
      await expect(sql.unsafe(statement), statement).rejects.toMatchObject({ code: '23001' });
  await sql.end();
});
