/** In a copy of Yamaguchi, small changes one at a time, in the rule file or in its notice: each is told at its line. */
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { SEED, whyMissing } from '../../fixtures/beside.ts';
import { compared, NOTICE_FILE, replaced, seedNotice } from './compared.ts';

const FILE = 'rules/yamaguchi/2023-02-24.yaml';
const rules = readFileSync(FILE, 'utf8');
const why = whyMissing(SEED);
const notice = why === null ? seedNotice() : '';

/** `at` begins the line of the rule file on which it is told; a number is a line of the notice. */
interface Change {
  from: string;
  to: string;
  at: string | number;
  code: string;
}
const changed = (from: string, to: string, at: string | number, code: string): Change => ({
  from,
  to,
  at,
  code,
});

const IN_RULES: Change[] = [
  // Quotes
  changed('現金等で支払を行ったが', '現金で支払を行ったが', '  S1.B1:', 'quote-differs'),
  changed('専用コールセンターの設置', '専用コールセンター設置', '  N4:', 'quote-differs'),
  changed('使用できず、現金等で支払を行ったが、', '使用できず、', '  S1.B1:', 'quote-differs'),
  // Line numbers
  changed('S1.A: { lines: 29,', 'S1.A: { lines: 30,', '  S1.A:', 'quote-differs'),
  changed('S2.A1: { lines: 42-44,', 'S2.A1: { lines: 42,', '  S2.A1:', 'quote-differs'),
  changed('S3.hours: { lines: 113,', 'S3.hours: { lines: 131,', '  S3.hours:', 'no-such-line'),
  changed('nothingToDecide: [13, 17,', 'nothingToDecide: [13, 18,', 17, 'line-not-quoted'),
  // Dates
  changed(
    '申請期限：2023年4月30日(日)',
    '申請期限：2023年4月29日(土)',
    '  S2.A2.web.apply_by:',
    'quote-differs',
  ),
  changed(
    '申請期限：2023年4月30日(日)',
    '申請期限：2023年4月29日(土)',
    '  application:',
    'contradicts-notice',
  ),
  changed(
    'application: { until: 2023-04-30',
    'application: { until: 2023-04-29',
    '  application:',
    'contradicts-notice',
  ),
  changed(
    'grace-expiry: { until: 2023-02-26',
    'grace-expiry: { until: 2023-02-27',
    '  grace-expiry:',
    'contradicts-notice',
  ),
  changed('until: 2023-03-31 23:59', 'until: 2023-03-31 22:59', '  final-expiry:', 'contradicts-notice'),
  changed('from: 2023-03-24 14:00', 'from: 2023-03-24 15:00', '  claim-site-opening:', 'contradicts-notice'),
  changed('receipt: { until: 2023-05-31', 'receipt: { until: 2023-06-01', '  receipt:', 'contradicts-notice'),
  changed('text: 2023年4月上旬以降', 'text: 2023年5月上旬以降', '  app-delivery:', 'contradicts-notice'),
  changed(
    'text: 2023年2月24日(金)夕刻,',
    'text: 2023年2月25日(土)夕刻,',
    '  outage-start:',
    'contradicts-notice',
  ),
  changed('published: 2023-03-02', 'published: 2023-03-03', '  published:', 'contradicts-notice'),
  changed('revised: [2023-03-13,', 'revised: [2023-03-14,', '  revised:', 'contradicts-notice'),
  // Weekdays
  changed('text: 2023年2月24日(金)夕刻,', 'text: 2023年2月24日(木)夕刻,', '  outage-start:', 'no-such-day'),
  changed(
    '申請期限：2023年4月30日(日)',
    '申請期限：2023年4月30日(土)',
    '  S2.A2.web.apply_by:',
    'no-such-day',
  ),
  changed('かつ2月26日(日)', 'かつ2月26日(土)', '  S1.A:', 'no-such-day'),
  // Amounts, counts and times of day
  changed('延長後にも1円以上の', '延長後にも10円以上の', '  S1.A:', 'quote-differs'),
  changed(
    'store-name: ご利用店舗名',
    'store-name: ご利用店舗名, date: ご利用日',
    '    items: { voucher-number: 地域クーポン(紙)のお問い合わせ番号',
    'contradicts-notice',
  ),
  changed(
    'open, open: 10:00, close: 18:00',
    'open, open: 9:00, close: 18:00',
    '        holidays: open, open: 9:00',
    'not-in-notice',
  ),
  changed(
    'open, open: 10:00, close: 18:00',
    'open, open: 10:00, close: 19:00',
    '        holidays: open, open: 10:00, close: 19:00',
    'not-in-notice',
  ),
  // Telephone numbers, addresses, URLs
  changed('  tel: 0120-479-249', '  tel: 0120-479-294', '  tel:', 'contradicts-notice'),
  changed('TEL : 0120-479-249', 'TEL : 0120-479-294', '      text: "全国旅行支援', 'quote-differs'),
  changed('address: 03-5244-9370', 'address: 03-5244-9307', '      address: 03', 'contradicts-notice'),
  changed('address: regionpay_', 'address: region_pay_', '      address: region_pay', 'contradicts-notice'),
  changed(
    'url: https://region-pay.com/pages/',
    'url: https://region-pay.com/page/',
    '      url:',
    'contradicts-notice',
  ),
];

const IN_NOTICE: Change[] = [
  changed(
    '申請期限：2023年4月30日(日)',
    '申請期限：2023年5月7日(日)',
    '  S2.A2.web.apply_by:',
    'quote-differs',
  ),
  changed('(金)夕刻に発生した', '(木)夕刻に発生した', '  N3:', 'quote-differs'),
  changed('有効期限延長後にも1円以上', '有効期限延長後にも100円以上', '  S1.A:', 'quote-differs'),
  changed('TEL : 0120-479-249', 'TEL : 0120-479-248', '      text: "全国旅行支援', 'quote-differs'),
  changed('/pages/compensation.html', '/pages/hosho.html', '  S2.A2.web.site:', 'quote-differs'),
  changed('@giftpad.jp', '@giftpad.example', '      text: ▽メールアドレス', 'quote-differs'),
  changed('下記4点を', '下記5点を', '  S2.B1:', 'quote-differs'),
  changed(
    '下記4点を',
    '下記5点を',
    '    items: { voucher-number: 地域クーポン(紙)のお問い合わせ番号',
    'contradicts-notice',
  ),
  changed('10:00～18:00', '10:00～17:00', '  S3.hours:', 'quote-differs'),
  changed('(追記)2023年3月24日', '(追記)2023年3月27日', '  revised:', 'contradicts-notice'),
  changed('\n\n記\n', '\n※対象外の店舗があります。\n記\n', 20, 'line-not-quoted'),
  changed('\n記\n', '\n\n記\n', '  S1.A:', 'quote-differs'),
];

const lineOf = (text: string, start: string): number =>
  text.split('\n').findIndex((line) => line.startsWith(start)) + 1;

describe('Yamaguchi', () => {
  beforeEach(({ skip }) => skip(why !== null, why ?? undefined));
  const found = (ofRules: string, ofNotice: string) =>
    compared(FILE, ofRules, ofNotice).map(({ code, position: { file, line } }) => ({ code, file, line }));

  it('says what its notice says', () => {
    expect(found(rules, notice)).toEqual([]);
  });

  it.each(IN_RULES)('the rule file: $from → $to', ({ from, to, at, code }) => {
    const edited = replaced(rules, from, to);
    const place =
      typeof at === 'number' ? { file: NOTICE_FILE, line: at } : { file: FILE, line: lineOf(edited, at) };
    expect(found(edited, notice)).toContainEqual({ code, ...place });
  });

  it.each(IN_NOTICE)('the notice: $from → $to', ({ from, to, at, code }) => {
    const place =
      typeof at === 'number' ? { file: NOTICE_FILE, line: at } : { file: FILE, line: lineOf(rules, at) };
    const all = found(rules, replaced(notice, from, to));
    expect(all).toContainEqual({ code, ...place });
    expect(all).toContainEqual({ code: 'notice-changed', file: FILE, line: lineOf(rules, '  textHash:') });
  });

  const OTHER_WRITINGS = [
    '令和5年4月30日(日)',
    '２０２３年４月３０日（日）',
    '2023/4/30(日)',
    '4/30(日)',
    'R5.4.30',
    '二〇二三年四月三十日（日曜日）',
  ];
  it.each(OTHER_WRITINGS)('the same day in another writing: %s', (day) => {
    const edited = [rules, notice].map((text) =>
      replaced(text, '申請期限：2023年4月30日(日)', `申請期限：${day}`),
    );
    const [ofRules = '', ofNotice = ''] = edited;
    expect(found(ofRules, ofNotice).map(({ code }) => code)).toEqual(['notice-changed']);
  });

  const OTHER_DAYS = ['令和5年4月29日(土)', '２０２３年４月２９日', '4/29', 'R5.4.29', '四月二十九日'];
  it.each(OTHER_DAYS)('another day in quote and notice, but not in the deadline: %s', (day) => {
    const edited = [rules, notice].map((text) =>
      replaced(text, '申請期限：2023年4月30日(日)', `申請期限：${day}`),
    );
    const [ofRules = '', ofNotice = ''] = edited;
    const line = lineOf(ofRules, '  application:');
    expect(found(ofRules, ofNotice)).toContainEqual({ code: 'contradicts-notice', file: FILE, line });
  });
});
