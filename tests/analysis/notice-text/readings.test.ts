/** Dates, times, amounts, counts and addresses, in every way in which a notice may write them. */
import { describe, expect, it, test } from 'vitest';
import { lineNumbers, lineRanges } from '../../../src/analysis/notice-text/line-numbers.ts';
import { type Reading, readingsIn } from '../../../src/analysis/notice-text/readings.ts';

/** A reading in short: 2023-04-30, ?-4-30, (日), 23:59. */
function short(reading: Reading): string {
  if (reading.kind === 'clock') return clock(reading.minutes);
  if ('address' in reading) return reading.address;
  if ('value' in reading) return String(reading.value);
  const { years, month, day, part, weekday, clock: minutes } = reading;
  return [
    [years?.join('/') ?? '?', month, day ?? part ?? '*'].join('-'),
    ...(weekday === null ? [] : [`(${'日月火水木金土'[weekday]})`]),
    ...(minutes === null ? [] : [clock(minutes)]),
  ].join(' ');
}
const clock = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

const of = (text: string, ...kinds: Reading['kind'][]): string[] =>
  readingsIn(text)
    .filter(({ kind }) => kinds.includes(kind))
    .map(short);

const DATES: [written: string, ...dates: string[]][] = [
  ['申請期限：2023年4月30日(日)', '2023-4-30 (日)'],
  ['令和5年4月30日', '2023-4-30'],
  ['令和元年5月1日', '2019-5-1'],
  ['平成31年4月30日', '2019-4-30'],
  ['R5.4.30まで', '2023-4-30'],
  ['２０２３年４月３０日（日）', '2023-4-30 (日)'],
  ['二〇二三年四月三十日', '2023-4-30'],
  ['2023/4/30（日曜日）', '2023-4-30 (日)'],
  ['2023-04-30', '2023-4-30'],
  ['2023.4.30', '2023-4-30'],
  ['4/30 (日) 発生', '?-4-30 (日)'],
  ['4月30日（日・祝）', '?-4-30 (日)'],
  ['2023年 4月 30日', '2023-4-30'],
  ['2023年3月31日(金) 23:59時点', '2023-3-31 (金) 23:59'],
  ['2023年3月24日(金)14時オープン', '2023-3-24 (金) 14:00'],
  ['4月30日の午後5時半まで', '?-4-30 17:30'],
  ['4月30日正午', '?-4-30 12:00'],
  ['2023年2月24日(金)までの券で2月26日(日)', '2023-2-24 (金)', '2023-2-26 (日)'],
  ['2023年12月28日から1月4日まで', '2023-12-28', '2023/2024-1-4'],
  ['4月29日(土)から30日(日)まで', '?-4-29 (土)', '?-4-30 (日)'],
  ['2023年4月上旬以降', '2023-4-上旬'],
  ['5月初旬頃～順次', '?-5-初旬'],
  ['3月中は土日祝も受付', '?-3-中'],
  ['https://example.jp/2023/04/30/ と 03-5244-9370'],
  ['30日以内、3か月、3月分ではなく 1/2 と 24時間', '?-3-*', '?-1-2'],
];

describe('dates', () => {
  it.each(DATES)('%s', (written, ...dates) => {
    expect(of(written, 'date', 'month')).toEqual(dates);
  });
});

const OTHERS: [kind: Reading['kind'], written: string, ...readings: string[]][] = [
  ['clock', '受付時間：平日 10:00～18:00', '10:00', '18:00'],
  ['clock', '午前９時から午後５時３０分', '9:00', '17:30'],
  ['clock', '24時間以上'],
  ['number', '一律3,000円', '3000'],
  ['number', '３，０００円', '3000'],
  ['number', '100万円', '1000000'],
  ['number', '百万円', '1000000'],
  ['number', '1億2,000万円', '120000000'],
  ['number', '10万5千円', '105000'],
  ['number', '三千円と二万円', '3000', '20000'],
  ['number', '1.5万円', '15000'],
  ['number', '24時間以上、30日以内', '24', '30'],
  ['number', '一部の方へ一律に5と10', '5', '10'],
  ['number', '5 10', '5', '10'],
  ['number', '2023年4月30日 18:00、0120-479-249'],
  ['count', '下記4点をお伺いします', '4'],
  ['count', '次の四つ', '4'],
  ['count', '以下の３項目', '3'],
  ['days', '受け取った日から30日以内', '30'],
  ['days', '２週間', '14'],
  ['days', '三十日以内', '30'],
  ['months', '翌月末まで', '1'],
  ['months', '翌々月、3か月、６ヶ月', '3', '6', '2'],
  ['telephone', 'TEL : 0120-479-249', '0120479249'],
  ['telephone', '０１２０－４７９－２４９', '0120479249'],
  ['telephone', '(03)5244-9370 と 03 5244 9370', '0352449370', '0352449370'],
  ['telephone', '0120ー479ー249', '0120479249'],
  ['telephone', '+81-3-5244-9370', '0352449370'],
  ['telephone', '番号 012-34'],
  ['mailAddress', 'Info@Example.jp まで', 'info@example.jp'],
  ['mailAddress', 'ｉｎｆｏ＠ｅｘａｍｐｌｅ．ｊｐ', 'info@example.jp'],
  ['url', 'URL：<https://Example.jp/a.html>', 'https://example.jp/a.html'],
  ['url', 'https://example.jp/。', 'https://example.jp'],
];

describe('others', () => {
  it.each(OTHERS)('%s: %s', (kind, written, ...readings) => {
    expect(of(written, kind)).toEqual(readings);
  });
});

test('line numbers', () => {
  expect(lineNumbers('25')).toEqual([25]);
  expect(lineNumbers('42-44, 46')).toEqual([42, 43, 44, 46]);
  expect(lineNumbers('3～5')).toEqual([3, 4, 5]);
  for (const wrong of ['', '0', '5-3', '四', '1-', '1-999999']) expect(lineNumbers(wrong)).toBeNull();
  expect(lineRanges([44, 42, 43, 46, 46])).toBe('42-44, 46');
});
