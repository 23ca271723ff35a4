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
  '第2号ロ又はハに掲げる方、イ又はロに該当する方、同項ヘの規定、ト又はヘに掲げるもの',
  '一カ月ごとの料金、こちらへお越しください',
  'ＡＢＣ銀行の ABC 口座',
  '東京ニューヨーク間、地域エネルギー課、県税タブレット窓口',
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
  ['窓ロへ', '窓口へ'],
  ['ロ座の入ロ付近', 'ロ座の入口付近'],
  ['のニ重決済', 'の二重決済'],
  ['こちらヘお越し', 'こちらへお越し'],
  ['⼭口県', '山口県'],
  ['ＰayPay', 'PayPay'],
  ['nɑnaco', null],
  ['申請期限\u3000', null],
])('%s is meant to be %s', (written, meant) => {
  expect(oddLettersIn(written).map((each) => each.meant)).toEqual([meant]);
});
