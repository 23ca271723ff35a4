/** Word for word, whatever the setting of the text made of it. */
import { describe, expect, it } from 'vitest';
import { linesOf } from '../../../src/analysis/notice-text/letters.ts';
import { placeQuote } from '../../../src/analysis/notice-text/quotes.ts';

const NOTICE = `題名

- ① 有効期限を、3月31日まで延長いた

  します。（紙）のみ
For com-
pensation see region-pay.com`;

const placed = (quote: string, ...lines: number[]) => placeQuote(quote, linesOf(NOTICE), new Set(lines));

describe('there', () => {
  it.each<[string, number[], number[]]>([
    ['有効期限を、3月31日まで延長いたします。', [3, 4, 5], [3, 5]],
    ['①有効期限を、３月３１日まで 延長いたします。', [3, 4, 5], [3, 5]],
    ['- ① 有効期限を…延長いたします。', [3, 4, 5], [3, 5]],
    ['題名（中略）(紙)のみ', [1, 2, 3, 4, 5], [1, 5]],
    ['For compensation see region-pay.com', [6, 7], [6, 7]],
    ['For compensation see regionpay.com', [6, 7], [6, 7]],
  ])('%s', (quote, lines, touched) => {
    expect(placed(quote, ...lines)).toEqual({ kind: 'there', touched });
  });
});

it('elsewhere', () => {
  expect(placed('有効期限を、3月31日まで', 1)).toEqual({ kind: 'elsewhere', touched: [3] });
});

describe('nowhere, and what differs first', () => {
  it.each<[string, string, string]>([
    ['有効期限を、3月30日まで延長いたします。', '限を、3月30日まで延長い', '限を、3月31日まで延長い'],
    ['延長いたします。(紙)だけ', 'ます。(紙)だけ', 'ます。(紙)のみ'],
    ['効力を、3月31日まで', '効力を、3月31', '効期限を、3月31'],
    // Left out without a mark.
    ['有効期限を、延長いたします。', '有効期限を、延長いたしま', '有効期限を、3月31日まで延長いたしま'],
    // The parts are there, in another order.
    ['延長いたします。…有効期限を', '有効期限を', '(紙)のみ'],
  ])('%s', (quote, quoted, noticed) => {
    expect(placed(quote, 3, 4, 5)).toEqual({ kind: 'nowhere', quoted, noticed });
  });
});
