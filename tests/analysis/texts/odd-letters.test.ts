import { expect, test } from 'vitest';
import { oddLettersIn } from '../../../src/analysis/texts/odd-letters.ts';

test.each([
  '申請期限',
  'ギフトカード・ポイント コード',
  '2023年3月31日(金)23:59まで',
  '午前１０時～午後６時',
  'Wi-Fi ルーター、USB-C ケーブル',
  '一部（エーピーアイ）の二次元コード',
  'ハ・ニ・ホ',
  'α版のΩ記号',
])('nothing odd in %s', (text) => {
  expect(oddLettersIn(text)).toEqual([]);
});

test.each([
  ['申請\u200b期限', '申請期限'],
  ['ギフトカ－ド', 'ギフトカード'],
  ['プリペイドカ-ド', 'プリペイドカード'],
  ['商品券･切手', '商品券・切手'],
  ['ｶｰﾄﾞの残高', 'カードの残高'],
  ['２０23年', '2023年'],
  ['力ード会社', 'カード会社'],
])('%s is meant to be %s', (written, meant) => {
  expect(oddLettersIn(written).map((each) => each.meant)).toEqual([meant]);
});
