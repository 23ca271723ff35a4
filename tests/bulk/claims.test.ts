/** Of several claims, those that are to be paid are on the payment list, with their money alone. */
import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { expect, it } from 'vitest';
import { allWords } from '../support/words.ts';
import { csvInput, decider, decideText, loadedFrom } from './decider.ts';

const FILE = 'rules/sample/disaster-relief-2024.yaml';
const loaded = loadedFrom(FILE, readFileSync(FILE, 'utf8'), allWords());
const HEADINGS = [
  ...['reference', 'damage.level', 'household.persons', 'rebuild.kind'],
  ...['basic.appliedAt', 'additional.appliedAt'],
];
const APPLIED = '2024-06-03T10:00:00+09:00';
const rowsOf = (bytes: Buffer): string[][] =>
  Papa.parse<string[]>(bytes.toString(), { newline: '\r\n' }).data.slice(0, -1);

const decided = (...rows: string[]) =>
  decideText(
    decider(loaded, {
      ...{ input: csvInput(loaded, HEADINGS), output: 'csv' },
      asOf: Date.parse('2024-07-01T12:00:00+09:00'),
    }),
    rows.join('\n'),
  );

it.each<[name: string, row: string, paid: string[][], none: number]>([
  [
    'one of them applied for',
    `P,total,3,purchase,${APPLIED},`,
    [['1', 'P', '1000000', '基礎支援金', '基礎支援金：申請済み', '']],
    0,
  ],
  [
    'both applied for',
    `P,total,3,purchase,${APPLIED},${APPLIED}`,
    [
      [
        ...['1', 'P', '3000000', '基礎支援金／加算支援金'],
        ...['基礎支援金：申請済み／加算支援金：申請済み', ''],
      ],
    ],
    0,
  ],
  ['neither applied for', 'P,total,3,purchase,,', [], 1],
])('%s', async (_, row, paid, none) => {
  const { payments, review, tally, decisions } = await decided(row);
  expect(rowsOf(payments)).toEqual(paid);
  expect(rowsOf(review)).toEqual([]);
  expect([tally.payments.yen, tally.none]).toEqual([Number(paid[0]?.[2] ?? 0), none]);
  const states = rowsOf(decisions)[0]?.find((cell) => cell.includes('基礎支援金：')) ?? '';
  expect(states).toContain('加算支援金：');
});

it('a fact that is missing of one keeps the whole for a person to look at', async () => {
  const { payments, review } = await decided(`P,total,3,,${APPLIED},${APPLIED}`);
  expect(rowsOf(payments)).toEqual([]);
  expect(rowsOf(review)).toHaveLength(1);
});
