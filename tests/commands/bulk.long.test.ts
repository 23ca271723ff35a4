import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { casesNdjson } from './bulk-cases.ts';
import { at, hosho, IN, JAPANESE, OUT, read, rules, write } from './bulk-folder.ts';
import { shiftJis } from './shift-jis.ts';

const rowsOf = (name: string): string[][] =>
  Papa.parse<string[]>(read(name).toString(), { newline: '\r\n' }).data.slice(1, -1);

describe('a file as an office sends it', () => {
  const run = async (input: string | Uint8Array, ...args: string[]) => {
    write('in.csv', input);
    return await hosho([...IN, ...OUT, '--payments', 'pay.csv', '--review', 'review.csv', ...args]);
  };
  test.each<[name: string, input: string | Uint8Array, args: string[]]>([
    ['in UTF-8', JAPANESE, []],
    ['with a byte order mark', `\ufeff${JAPANESE}`, []],
    ['with LF', JAPANESE.replaceAll('\r\n', '\n'), []],
    ['in Shift_JIS', shiftJis(JAPANESE), ['--encoding', 'shift_jis']],
    [
      'with local times',
      JAPANESE.replaceAll(/(\d)-(\d\d)-(\d\d)T([\d:]+):00\+09:00/g, '$1/$2/$3 $4'),
      ['--local-times'],
    ],
  ])('%s', async (_, input, args) => {
    const { status, stdout, stderr } = await run(input, ...args);
    expect(status, stderr).toBe(1);
    expect(read('out.csv').subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(rowsOf('out.csv').map((row) => [row[0], row[1], row[2], row[5], row[6]])).toEqual([
      ['2', '甲-1', '対象', '1500', '確定'],
      ['3', "'=2", '対象外', '', ''],
      ['4', '', '', '', ''],
    ]);
    expect(rowsOf('out.csv')[2]?.at(-1)).not.toBe('');
    expect(rowsOf('pay.csv')).toEqual([
      ['2', '甲-1', '1500', '残額相当分のキャッシュレスポイント', '申請済み', ''],
    ]);
    expect(rowsOf('review.csv').map(([line]) => line)).toEqual(['4']);
    expect(stdout).toContain('支払一覧  1件、1,500円');
    expect(existsSync(at('out.csv.progress.json'))).toBe(false);
  });

  test('--map and --ignore take other headings', async () => {
    const renamed = JAPANESE.replace('最終の有効期限の時点の残額', '残=額').replace('照会番号', '備考');
    const map = ['--map', '残=額=voucher.balanceAtFinalExpiryYen', '--ignore', '備考'];
    expect((await run(renamed, ...map)).status).toBe(1);
    expect(rowsOf('out.csv')[0]?.slice(1, 6)).toEqual([
      '',
      '対象',
      expect.anything(),
      expect.anything(),
      '1500',
    ]);
  });

  test('--as-of is for the lines that name no instant', async () => {
    write('in.csv', 'asOf,reference\n,a\n2023-03-05T12:00:00+09:00,b\n');
    await hosho([...IN, '--output', 'out.ndjson', '--as-of', '2023-04-01T00:00:00Z']);
    const lines = read('out.ndjson').toString().trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).asOf)).toEqual([
      '2023-04-01T09:00:00+09:00',
      '2023-03-05T12:00:00+09:00',
    ]);
    rmSync(at('out.ndjson'));
  });

  test('--json prints the tally; 0 where every line was read', async () => {
    const { status, stdout } = await run(JAPANESE.replace('"乙\r\n', ''), '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ finished: true, cases: 2, bad: 0 },
      outcomes: { eligible: { cases: 1, label: '対象' }, 'not-eligible': { cases: 1 } },
      payments: { cases: 1, yen: 1500 },
      review: 0,
      ...{ none: 1, repeated: 0, hasReferences: true },
    });
  });
});

describe('the same case twice', () => {
  const [header = '', good = ''] = JAPANESE.split('\r\n');
  const other = good.replace('"1,500"', '1400');
  const named = (row: string, name: string): string => row.replace('甲-1', name);
  const run = async (rows: string[], ...args: string[]) => {
    write('in.csv', rows.join('\n'));
    const result = await hosho([...IN, ...OUT, '--payments', 'pay.csv', '--review', 'review.csv', ...args]);
    expect(result.status, result.stderr).toBe(0);
    return result.stdout;
  };
  const linesOf = (name: string): (string | undefined)[] => rowsOf(name).map(([line]) => line);

  test('with equal facts: the first is paid, the later are told of, both lines named', {
    timeout: 120_000,
  }, async () => {
    const rows = [header, good, named(good, '乙'), good.replace('"1,500"', '1500')];
    const said = await run(rows);
    expect(linesOf('out.csv')).toEqual(['2', '3', '4']);
    expect(linesOf('pay.csv')).toEqual(['2', '3']);
    const [[line, reference, reason] = []] = rowsOf('review.csv');
    expect([line, reference]).toEqual(['4', '甲-1']);
    expect(reason).toMatch(/2行目と4行目.*lines 2 and 4/);
    expect(said).toContain('照会番号の重なる行  1件');
    expect(said).toContain('全3件 ＝ 支払 2件 ＋ 確認 1件 ＋ どちらにも載せない 0件');
    const english = await run(rows, '--force', '--lang', 'en');
    expect(english).toContain('Lines with the reference of another  1');
    expect(english).toContain('All 3 = 2 for payment + 1 for review + 0 on neither list');
  });

  test.each(['1', '3'])('with other facts: none of them is paid (%s threads)', async (threads) => {
    const filler = Array.from({ length: 3000 }, (_, i) => named(good, `丙-${i}`));
    const said = await run([header, good, ...filler, other], '--threads', threads, '--json');
    expect(linesOf('review.csv')).toEqual(['2', '3003']);
    expect(rowsOf('review.csv')[0]?.[2]).toMatch(/2行目と3003行目/);
    expect(JSON.parse(said)).toMatchObject({
      ...{ cases: 3002, payments: { cases: 3000 }, review: 2, none: 0, repeated: 2 },
    });
  });

  test('as NDJSON, one list wanted', async () => {
    const { facts } = JSON.parse(casesNdjson(1));
    const line = (reference: string): string => JSON.stringify({ reference, facts });
    write('in.ndjson', [line('a'), line('b'), line('a')].join('\n'));
    await hosho(['--input', 'in.ndjson', ...OUT, '--review', 'review.csv']);
    expect(rowsOf('review.csv').find(([at]) => at === '3')?.[2]).toContain('1行目と3行目');
  });

  test('without references nobody can tell, and the summary says so', { timeout: 120_000 }, async () => {
    const rows = [header, good, good].map((row) => row.slice(row.indexOf(',') + 1));
    expect(await run(rows)).toContain('照会番号がないため');
    expect((await run(rows, '--force', '--lang', 'en')).match(/There are no references/g)).toHaveLength(1);
    expect(linesOf('pay.csv')).toEqual(['2', '3']);
  });
});

test('an eligible row in a state of the rule file alone is for review, until the file says otherwise', {
  timeout: 120_000,
}, async () => {
  const own = at('rules-own');
  cpSync(rules, own, { recursive: true });
  const file = join(own, 'yamaguchi/2023-02-24.yaml');
  const text = readFileSync(file, 'utf8');
  const words = 'vocabulary:\n  claimStates: { by-post: 郵送で申請済み }\n';
  const state = text.replace(
    '  # --- まず窓口へ',
    '  - { id: by-post, when: { fact: app.account, operator: equal, value: never }, clause: S1 }\n  # --- まず窓口へ',
  );
  const run = async (more: string): Promise<unknown> => {
    writeFileSync(file, `${state}\n${words}${more}`);
    write('in.csv', JAPANESE.replace('"乙\r\n', ''));
    const args = ['--payments', 'pay.csv', '--review', 'review.csv', '--json', '--force'];
    const { stdout, stderr } = await hosho([...IN, ...OUT, ...args], own);
    expect(stderr).toBe('');
    const { payments, review, none } = JSON.parse(stdout);
    return [payments.cases, review, none];
  };
  expect(await run('')).toEqual([0, 1, 1]);
  expect(rowsOf('review.csv')[0]?.[2]).toMatch(/「郵送で申請済み」.*by-post/);
  expect(await run('  worklists: { payment: { claimStates: [by-post] } }\n')).toEqual([1, 0, 1]);
});
