/** A case that stands in the file twice is not paid twice, and every row ends in exactly one list. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import Papa from 'papaparse';
import { afterAll, expect, it } from 'vitest';
import { cuttingOf } from '../../src/bulk/chunks.ts';
import { findRepeats, type Repeats } from '../../src/bulk/repeats.ts';
import type { Task } from '../../src/bulk/task.ts';
import { runs } from '../fixtures/runs.ts';
import { csvInput, decider, loadedYamaguchi } from './decider.ts';

const folder = mkdtempSync(join(tmpdir(), 'hosho-repeats-'));
afterAll(() => rmSync(folder, { recursive: true }));

const loaded = loadedYamaguchi();
const HEADINGS = [
  ...['reference', 'programme.used', 'programme.destinationPrefecture', 'voucher.platform', 'voucher.medium'],
  ...['voucher.received', 'voucher.originalExpiry', 'voucher.balanceAfterGraceYen'],
  ...['voucher.balanceAtFinalExpiryYen', 'app.charged', 'app.account', 'claim.appliedAt'],
];
const csv: Task['input'] = csvInput(loaded, HEADINGS);
const asOf = Date.parse('2023-04-15T12:00:00+09:00');
const EVERYTHING = 1_000_000;

async function repeatsIn(text: string, input: Task['input'], chunkBytes = 100): Promise<Repeats> {
  const path = join(folder, 'input');
  writeFileSync(path, text);
  const file = await open(path);
  const cutting = cuttingOf(input.format, chunkBytes);
  try {
    const start = { offset: 0, line: 1 };
    const ruleSet = loaded.ruleSet;
    const signal = new AbortController().signal;
    const found = await findRepeats({ file, start, cutting, ruleSet, task: { input, asOf } }, signal);
    if (!found) throw new Error('it was not interrupted');
    return found;
  } finally {
    await file.close();
  }
}

const row = (reference: string, balance: string, appliedAt = '2023-04-10T10:00:00+09:00'): string =>
  [reference, 'はい', '35', 'regionpay', 'paper', 'はい', '2023-02-24T23:59:00+09:00']
    .concat([balance, balance, 'いいえ', 'never', appliedAt])
    .join();
const seen = async (rows: string[], input = csv) =>
  [...(await repeatsIn(rows.join('\n'), input)).within(1, EVERYTHING)].map(
    ([line, { sameFacts, otherLine }]) => [...[line, sameFacts, otherLine]],
  );

it.each<[name: string, rows: string[], repeats: unknown[]]>([
  ['no reference twice', [row('a', '1'), row('b', '1')], []],
  [
    'equal facts',
    [row('a', '1'), row('b', '1'), row('a', '1'), row('a', '1')],
    [
      [3, true, 1],
      [4, true, 1],
    ],
  ],
  ['equal facts, written in another way', [row('a', '1500'), row('a', '"1,500"')], [[2, true, 1]]],
  [
    'other facts',
    [row('a', '1'), row('b', '1'), row('a', '2')],
    [
      [1, false, 3],
      [3, false, 1],
    ],
  ],
  [
    'equal facts and other facts',
    [row('a', '1'), row('a', '1'), row('a', '2')],
    [
      [1, false, 2],
      [2, false, 1],
      [3, false, 1],
    ],
  ],
  [
    'a row that cannot be read: nobody knows its facts',
    [row('a', '1'), 'a,1'],
    [
      [1, false, 2],
      [2, false, 1],
    ],
  ],
  ['spaces and full width', [row('k-1', '1'), row(' ｋ－１ ', '1')], [[2, true, 1]]],
  ['no reference is none', [row('', '1'), row('', '1'), row(' ', '1'), row(' ', '1')], []],
])('%s', async (_, rows, repeats) => expect(await seen(rows)).toEqual(repeats));

it('in NDJSON as in CSV', async () => {
  const line = (reference: string | undefined, flag: boolean): string =>
    JSON.stringify({ reference, facts: { programme: { used: flag } } });
  const rows = [line('a', true), line('b', true), 'broken', line('a', true), line('b', false)];
  expect(await seen([...rows, line(undefined, true)], { format: 'ndjson' })).toEqual([
    [2, false, 5],
    [4, true, 1],
    [5, false, 2],
  ]);
});

it('a file without references says so', async () => {
  const input = csvInput(loaded, HEADINGS.slice(1));
  expect((await repeatsIn('はい\n', input)).hasReferences).toBe(false);
  expect((await repeatsIn(row('', '1'), csv)).hasReferences).toBe(false);
  expect((await repeatsIn(row('a', '1'), csv)).hasReferences).toBe(true);
});

const anyRow = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', ''), fc.constantFrom('500', '501', '', '0')),
  },
  { weight: 1, arbitrary: fc.constantFrom('a', 'b').map((reference) => [reference, 'broken'] as const) },
);

it(
  'of any file, payment, review and none are all rows, each once, and no reference is paid twice',
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anyRow, fc.constantFrom('2023-04-10T10:00:00+09:00', '')), {
          minLength: 1,
          maxLength: 25,
        }),
        fc.integer({ min: 1, max: 2000 }),
        async (all, chunkBytes) => {
          const rows = all.map(([[reference, balance], appliedAt]) => row(reference, balance, appliedAt));
          const text = rows.join('\n');
          const repeats = await repeatsIn(text, csv, chunkBytes);
          const lists = decider(loaded, { input: csv, output: 'csv', asOf });
          const bytes = Buffer.from(text);
          const decided = await lists({
            chunk: { bytes, line: 1 },
            logged: new Map(),
            repeats: repeats.within(1, EVERYTHING),
          });
          const { payments, review, tally } = decided;
          const rowsOf = (list: Buffer) =>
            Papa.parse<string[]>(list.toString(), { newline: '\r\n' }).data.slice(0, -1);
          const [paid, looked] = [rowsOf(payments), rowsOf(review)];
          expect([tally.payments.cases, tally.review]).toEqual([paid.length, looked.length]);
          expect(tally.payments.cases + tally.review + tally.none).toBe(rows.length);
          const lines = [...paid, ...looked].map(([line]) => line);
          expect(new Set(lines).size).toBe(lines.length);
          const references = paid.map(([, reference]) => reference).filter((reference) => reference !== '');
          expect(new Set(references).size).toBe(references.length);
        },
      ),
      { numRuns: runs(60) },
    ),
  60_000,
);
