/** What the words of a rule file show to be wrong, each at its line: the shipped files with one fault each, and without any. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkQuotes } from '../../../src/analysis/notice-text/check-notice.ts';
import { checkTexts } from '../../../src/analysis/texts/check-texts.ts';
import { writtenRuleSet } from '../../../src/analysis/written-rule-set.ts';
import { readRuleSet } from '../../../src/rulebook/read-rule-set.ts';
import { readWords } from '../../../src/rulebook/vocabulary.ts';

const YAMAGUCHI = 'rules/yamaguchi/2023-02-24.yaml';
const TERMINAL = 'rules/sample/card-terminal-2024.yaml';
const SAMPLES = ['card-terminal', 'disaster-relief', 'express-ticket', 'mobile-outage', 'network-outage'];
const SHIPPED = [YAMAGUCHI, ...SAMPLES.map((name) => `rules/sample/${name}-2024.yaml`)];

const words = (() => {
  const path = 'rules/words/regionpay.yaml';
  const named = [{ name: 'regionpay', file: path, text: readFileSync(path, 'utf8') }];
  const file = 'rules/vocabulary.yaml';
  const { vocabulary } = readWords(file, readFileSync(file, 'utf8'), named, 'file');
  if (vocabulary === null) throw new Error('the shipped words are not sound');
  return vocabulary;
})();

function found(file: string, text: string) {
  const { ruleSet, problems } = readRuleSet(file, text, words);
  if (ruleSet === null) throw new Error(JSON.stringify(problems));
  const rules = writtenRuleSet(ruleSet, text);
  return [...checkTexts(rules), ...checkQuotes(rules)].filter(({ accepted }) => !accepted);
}

/** [code, old, new, at]: `at` is on the line where it is told. */
type Fault = readonly [code: string, file: string, old: string, fault: string, at?: string];
const NETWORK = 'rules/sample/network-outage-2024.yaml';
const FAULTS: readonly Fault[] = [
  ['odd-letter', YAMAGUCHI, 'own-prefecture: { label: 山口県', 'own-prefecture: { label: 山ロ県'],
  ['odd-letter', YAMAGUCHI, 'label: 申請期限, clause', 'label: "申請期限　", clause'],
  ['no-such-address', YAMAGUCHI, 'tel: 0120-479-249', 'tel: 012-0479-249'],
  ['no-such-address', YAMAGUCHI, 'tel: 0120-479-249', 'tel: 0120--479-249'],
  [
    'no-such-address',
    YAMAGUCHI,
    'address: regionpay_compensation_ml@giftpad.jp',
    'address: regionpay_compensation_ml giftpad.jp',
  ],
  ['odd-hours', YAMAGUCHI, 'until: 2023-03-31, days', 'until: 2023-03-30, days', '{ from: 2023-04-01, days'],
  ['odd-hours', NETWORK, 'hoursText: 平日 9:00～17:00', 'hoursText: 平日 9:00～18:00'],
  ['odd-hours', NETWORK, 'days: [mon, tue, wed, thu, fri]', 'days: [mon, tue, wed, thu, sat]', 'hoursText:'],
  ['same-words', YAMAGUCHI, 'nanaco-gift: nanaco ギフト', 'nanaco-gift: Edy ギフト ID'],
  ['same-words', NETWORK, 'cash: 窓口払い', 'cash: 口座振替'],
  [
    'contradicts-itself',
    YAMAGUCHI,
    'final-expiry: { until: 2023-03-31 23:59',
    'final-expiry: { until: 2023-03-31',
  ],
  ['contradicts-itself', TERMINAL, '2024-10-31, postmark: true', '2024-10-31'],
  [
    'contradicts-itself',
    TERMINAL,
    '{ deadline: application }, days: 14',
    '{ deadline: application }, months: 14',
  ],
  [
    'contradicts-itself',
    NETWORK,
    'months: 1, endOfMonth: true },\n      label: カード',
    'months: 1 },\n      label: カード',
  ],
  [
    'contradicts-itself',
    YAMAGUCHI,
    'voucher.balanceAfterGraceYen: 1以上',
    'voucher.balanceAfterGraceYen: 0以上',
  ],
  [
    'contradicts-itself',
    YAMAGUCHI,
    'voucher.balanceAfterGraceYen: 1以上',
    'voucher.balanceAfterGraceYen: 0未満',
  ],
  ['contradicts-itself', NETWORK, 'hoursLost: least-hours 以上', 'hoursLost: least-hours より大きい'],
  ['contradicts-itself', NETWORK, 'hoursLost: least-hours 以上', 'hoursLost: 24より大きい'],
  [
    'contradicts-itself',
    NETWORK,
    'applied],\n      yen: { sum: [{ value: apology },\n          { lesserOf',
    'applied],\n      yen: { sum: [{ value: apology },\n          { greaterOf',
    '{ greaterOf',
  ],
  ['odd-letter', YAMAGUCHI, 'card: Amazon ギフトカード', 'card: Amazon ギフトカ－ド'],
  ['odd-letter', YAMAGUCHI, 'card: Amazon ギフトカード', 'card: Amazon ギフトカ-ド'],
  ['odd-letter', YAMAGUCHI, 'card: Amazon ギフトカード', 'card: Amazon ギフト力ード'],
  ['odd-letter', YAMAGUCHI, 'card: Amazon ギフトカード', 'card: Аmazon ギフトカード'],
  ['odd-letter', YAMAGUCHI, 'card: Amazon ギフトカード', 'card: Amazon ｷﾞﾌﾄカード'],
  ['odd-letter', YAMAGUCHI, 'edy-gift: Edy ギフト ID', 'edy-gift: Edy ギ\u200bフト ID'],
  ['odd-letter', YAMAGUCHI, 'edy-gift: Edy ギフト ID', 'edy-gift: Edy\u00a0ギフト ID'],
  ['odd-letter', YAMAGUCHI, 'edy-gift: Edy ギフト ID', 'edy-gift: Edy キ\u3099フト ID'],
  ['odd-letter', YAMAGUCHI, 'edy-gift: Edy ギフト ID', 'edy-gift: Edy ギフト 2０2'],
  ['odd-letter', TERMINAL, '{ gift-card: 商品券・プリペイド', '{ gift-card: 商品券･プリペイド'],
  ['cut-text', YAMAGUCHI, 'edy-gift: Edy ギフト ID', 'edy-gift: Edy ギフト #ID'],
  ['no-such-address', YAMAGUCHI, 'tel: 0120-479-249', 'tel: 0120-479-24'],
  ['no-such-address', YAMAGUCHI, 'tel: 0120-479-249', 'tel: 0120-479-2499'],
  ['no-such-address', YAMAGUCHI, 'tel: 0120-479-249', 'tel: 090-4790-249'],
  ['no-such-address', YAMAGUCHI, 'tel: 0120-479-249', 'tel: ０１２０-479-249'],
  ['no-such-address', YAMAGUCHI, 'tel: 0120-479-249', 'tel: info@example.jp'],
  ['no-such-address', YAMAGUCHI, 'tel: 0120-479-249', 'tel: 03-5244-9370'],
  [
    'no-such-address',
    YAMAGUCHI,
    'address: regionpay_compensation_ml@giftpad.jp',
    'address: regionpay_compensation_ml＠giftpad.jp',
  ],
  [
    'no-such-address',
    YAMAGUCHI,
    'address: regionpay_compensation_ml@giftpad.jp',
    'address: regionpay_compensation_ml@giftpad',
  ],
  ['no-such-address', YAMAGUCHI, 'address: 03-5244-9370', 'address: 03−5244−9370'],
  ['no-such-address', YAMAGUCHI, 'url: https://region-pay.com', 'url: region-pay.com'],
  ['no-such-address', YAMAGUCHI, 'url: https://region-pay.com', 'url: htps://region-pay.com'],
  [
    'no-such-address',
    YAMAGUCHI,
    'url: https://region-pay.com/pages/compensation',
    'url: https://region-pay.com/pages/ compensation',
  ],
  ['odd-hours', YAMAGUCHI, '{ from: 2023-04-01, days', '{ from: 2023-05-01, days'],
  ['odd-hours', YAMAGUCHI, '{ from: 2023-04-01, days', '{ from: 2023-03-01, days'],
  ['odd-hours', TERMINAL, 'tue, wed, thu, fri]', 'tue, wed, thu, thu]'],
  ['odd-hours', TERMINAL, 'until: 2024-11-29, days', 'until: 2023-11-29, days'],
  ['odd-hours', TERMINAL, 'close: 18:00 }', 'close: 10:00 }'],
  [
    'same-words',
    TERMINAL,
    'label: 決済日時, question',
    'label: 二重に決済された, question',
    'purchase.paidAt: {',
  ],
  [
    'same-words',
    TERMINAL,
    'question: 二重に決済されたのはいつですか。',
    'question: 同じお買い物について二重に決済されましたか。',
    'label: 決済日時',
  ],
  ['contradicts-itself', YAMAGUCHI, 'revised: [2023-03-13', 'revised: [2023-02-13'],
  ['contradicts-itself', YAMAGUCHI, 'S2.A1: { lines: 42-44', 'S2.A1: { lines: 44-42'],
  ['contradicts-itself', YAMAGUCHI, 'お伺いする4点', 'お伺いする3点'],
  ['contradicts-itself', TERMINAL, 'timeZone: Asia/Tokyo', 'timeZone: UTC'],
  ['other-clause', TERMINAL, '{ id: EXTENSION, clause: S1.2', '{ id: EXTENSION, clause: S1.1'],
  ['contradicts-notice', YAMAGUCHI, 'application: { until: 2023-04-30', 'application: { until: 2023-04-29'],
  ['contradicts-notice', YAMAGUCHI, 'receipt: { until: 2023-05-31', 'receipt: { until: 2024-05-31'],
  ['contradicts-notice', YAMAGUCHI, 'from: 2023-03-24 14:00', 'from: 2023-03-24 02:00'],
];

for (const [code, file, old, fault, at] of FAULTS)
  test(`${code} of ${file}: ${old} → ${fault}`, () => {
    const text = readFileSync(file, 'utf8');
    expect(text.split(old)).toHaveLength(2);
    const written = text.replace(old, () => fault);
    const line =
      written.split('\n').findIndex((each) => each.includes(at ?? fault.split('\n')[0] ?? fault)) + 1;
    const all = found(file, written);
    expect(all.map((each) => [each.code, each.position.line])).toContainEqual([code, line]);
    // A telephone number that is wrong contradicts its clause too.
    expect(new Set(all.map(({ position }) => position.line))).toEqual(new Set([line]));
  });

test.each(SHIPPED)('nothing of %s, nor with other line ends, a byte order mark, or a note', (file) => {
  const text = readFileSync(file, 'utf8');
  const noted = text.replace(/^(title: .+)$/m, '$1 # 題名は告知のとおり');
  for (const each of [text, text.replaceAll('\n', '\r\n'), `\uFEFF${text}`, noted])
    expect(found(file, each)).toEqual([]);
});

test('an acceptance with its reason, and one that nothing needs', () => {
  const text = readFileSync(TERMINAL, 'utf8').replace('timeZone: Asia/Tokyo', 'timeZone: UTC');
  const accepted = (about: string) =>
    `${text.replace(/^accepted:.*$/m, (line) => `${line}\n  - { finding: contradicts-itself, about: [${about}], reason: 海外の告知 }`)}`;
  expect(found(TERMINAL, accepted('timeZone'))).toEqual([]);
  const codes = found(TERMINAL, accepted('source/revised')).map(({ code }) => code);
  expect(codes.sort()).toEqual(['contradicts-itself', 'needless-acceptance']);
});
