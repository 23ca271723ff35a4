/** Faults of words, hours and folded lines that need no rule set of their own. */
import { expect, test } from 'vitest';
import { proofread } from '../../../src/analysis/texts/proofread.ts';

const told = (text: string) =>
  proofread('words.yaml', text).map(({ code, position: { line } }) => [code, line]);

test.each([
  ['hoursText: 平日 10:00～18:00\n  （3月中も受付）', [['blank-in-text', 1]]],
  ['text: "氏名、ご住所、\n  Email"', [['blank-in-text', 1]]],
  ['text: >-\n  期限は 2023 年\n  3月31日まで', [['blank-in-text', 2]]],
  ['text: 期限は3\r\n  月31日まで', [['blank-in-text', 1]]],
  ['text: |\n  平日 10:00～18:00\n  （3月中も受付）', []],
  ['text: 受取サイトの URL\n  の送付、ご連絡先の\n  変更', []],
  ['text: Ponta\n  ポイント コード', []],
  ['values: { "yes": いいえ, "no": はい }', [['contradicts-itself', 1]]],
  ['values:\n  one: 一つ\n  both: なし\n  none: 両方', [['contradicts-itself', 3]]],
  ['values: { "no": なし, none: ない }', []],
  ['values: { unknown: わからない, other: その他, both: 両方 }', []],
  ['items:\n  a: 氏名\n  b: 住所\n  c: 氏名', [['same-words', 4]]],
  ['claimStates: { a: 申請済み, b: 受取済み }', []],
  // Named numbers and the words of a rule may well be the same.
  ['values: { a: { label: 上限 }, b: { label: 上限 } }', []],
  ['labels: { title: 期限, label: 期限 }', []],
])('%j', (text, expected) => {
  expect(told(text)).toEqual(expected);
});
