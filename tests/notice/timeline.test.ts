import { describe, expect, it } from 'vitest';
import { timelineOf } from '../../src/notice/timeline.ts';
import { timelineSvg } from '../../src/notice/timeline-svg.ts';
import { timelineText } from '../../src/notice/timeline-text.ts';
import { everything, SHIPPED, shipped } from './rule-sets.ts';
import { descendants, type Element, parseXml } from './xml.ts';

const [YAMAGUCHI, CARD_TERMINAL, NETWORK] = SHIPPED;
const at = (datetime: string): number => Date.parse(`${datetime}+09:00`);
const barOf = (lane: number, bar: number, file: string = YAMAGUCHI) =>
  timelineOf(shipped(file)).lanes[lane]?.bars[bar];
const labels = (file: string): Record<string, string[]> =>
  Object.fromEntries(
    timelineOf(shipped(file)).lanes.map((lane) => [lane.label, lane.bars.map(({ label }) => label)]),
  );

describe('the channels', () => {
  it('are those of the notice, in its order, and the contact', () => {
    expect(labels(YAMAGUCHI)).toEqual({
      null: ['障害の発生'],
      クーポンの状態: ['元の有効期限', '最初の延長後の有効期限', '再延長後の有効期限', '券面の有効期限'],
      'アプリを使わず地域クーポン(紙)での決済が出来なかった方、すでにアプリ退会済みの方': [
        '補償対応特設サイトの開設',
        '申請期限',
        '受取サイトの URL の送付（特設サイトで申請）',
        '受取期限',
      ],
      '地域クーポン(紙)をアプリにチャージしていたが決済が出来なかった方': [
        '受取サイトの URL の配信（アプリ）',
        '受取期限',
      ],
      '全国旅行支援地域クーポン regionPAY 補償コールセンター': [
        '月・火・水・木・金・土・日（祝日も） 10:00～18:00',
        '月・火・水・木・金（祝日を除く） 10:00～18:00',
      ],
    });
  });

  it('are found by the names of the clauses in other rule sets, too', () => {
    expect(Object.values(labels(CARD_TERMINAL)).map((bars) => bars.length)).toEqual([1, 5, 2, 1]);
    expect(labels(NETWORK)).toMatchObject({
      'クレジットカード払いでお詫び金だけを受け取る方のほかは、申請が必要です': [
        '申請期限',
        'お支払いの期限',
      ],
      クレジットカード払いの方: ['カードへの返金の期限'],
    });
  });

  it.each(SHIPPED)('have every deadline of %s', (file) => {
    const { deadlines } = shipped(file);
    const drawn = new Set(
      timelineOf(shipped(file)).lanes.flatMap(({ bars }) => bars.map(({ label }) => label)),
    );
    for (const { label } of deadlines.values()) expect(drawn).toContain(label);
  });
});

describe('a bar', () => {
  it('runs to the exclusive end of its deadline', () => {
    expect(barOf(1, 2)?.drawn).toEqual({ start: at('2023-02-27T00:00:00'), end: at('2023-04-01T00:00:00') });
    expect(barOf(2, 1)).toMatchObject({
      drawn: { start: at('2023-03-24T14:00:00'), end: at('2023-05-01T00:00:00') },
      startStated: false,
      endStated: true,
    });
  });

  it('begins with the picture where nothing in its channel goes before', () => {
    const { shown, lanes } = timelineOf(shipped(YAMAGUCHI));
    expect(lanes[1]?.bars[0]?.drawn?.start).toBe(shown.start);
    expect(shown.start).toBeLessThan(at('2023-02-24T15:00:00'));
  });

  it('without a last day runs on', () => {
    const { shown, lanes } = timelineOf(shipped(YAMAGUCHI));
    expect(lanes.at(-1)?.bars[1]).toMatchObject({ drawn: { end: shown.end }, endStated: false });
  });

  it('is not drawn where it is counted from facts', () => {
    expect(barOf(1, 3)).toMatchObject({ drawn: null, text: '元の有効期限まで' });
    expect(barOf(1, 0, NETWORK)?.drawn).toBeNull();
  });

  it('that is counted from another deadline is drawn', () => {
    expect(barOf(1, 3, CARD_TERMINAL)?.drawn?.end).toBe(at('2024-11-15T00:00:00'));
  });
});

describe('the scale', () => {
  it('has the months and the days of publication', () => {
    const { months, published } = timelineOf(shipped(YAMAGUCHI));
    expect(months.map(({ label }) => label)).toEqual(['2023年3月', '4月', '5月', '6月']);
    expect(months[1]?.at).toBe(at('2023-04-01T00:00:00'));
    expect(published.map(({ at: instant }) => instant)).toEqual(
      ['2023-03-02', '2023-03-13', '2023-03-24'].map((day) => at(`${day}T00:00:00`)),
    );
  });

  it('names a new year, and no more than a dozen months', () => {
    const long = timelineOf(
      shipped(YAMAGUCHI, ['receipt: { until: 2023-05-31', 'receipt: { until: 2026-05-31']),
    );
    expect(long.months.length).toBeLessThanOrEqual(12);
    const next = timelineOf(
      shipped(YAMAGUCHI, ['receipt: { until: 2023-05-31', 'receipt: { until: 2024-02-29']),
    );
    expect(next.months.filter(({ label }) => label.includes('年'))).toHaveLength(2);
  });
});

describe('the SVG', () => {
  const pictureOf = (file: string): Element => parseXml(timelineSvg(timelineOf(shipped(file))).text);
  const number = ({ attributes }: Element, name: string): number => Number(attributes[name]);

  it.each(SHIPPED)('of %s is well formed, named and described', (file) => {
    const svg = pictureOf(file);
    expect(svg).toMatchObject({
      name: 'svg',
      attributes: { role: 'img', xmlns: 'http://www.w3.org/2000/svg' },
    });
    const [title, description] = svg.children;
    expect(title).toMatchObject({ name: 'title', text: timelineOf(shipped(file)).title });
    expect(description?.name).toBe('desc');
    for (const { label, text } of timelineOf(shipped(file)).lanes.flatMap(({ bars }) => bars))
      expect(description?.text).toContain(`${label} ${text}`);
  });

  it('is well formed whatever the texts', () => {
    const title = '</title>&amp;"<svg>\u0000\ud800';
    const { lanes, ...rest } = timelineOf(everything());
    const svg = parseXml(
      timelineSvg({ ...rest, lanes: lanes.map((l) => ({ ...l, label: title })), title }).text,
    );
    expect(svg.children[0]?.text).toBe(title.replace('\u0000', '\ufffd').replace('\ud800', '\ufffd'));
  });

  it('has the channels from above to below, each bar under its words, and all inside the picture', () => {
    const svg = pictureOf(YAMAGUCHI);
    const { lanes } = timelineOf(shipped(YAMAGUCHI));
    const groups = svg.children.filter(({ name }) => name === 'g');
    expect(groups).toHaveLength(lanes.length);
    const heights = groups.flatMap((group) => group.children.map((child) => number(child, 'y')));
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    for (const [i, group] of groups.entries()) {
      const bars = lanes[i]?.bars ?? [];
      expect(group.children.filter(({ name }) => name === 'rect')).toHaveLength(
        bars.filter((bar) => bar.drawn).length,
      );
      expect(group.children.find(({ name }) => name === 'text')?.text).toContain(
        lanes[i]?.label ?? bars[0]?.label,
      );
    }
    for (const rect of descendants(svg).filter(({ attributes }) => attributes.class === 'exact')) {
      expect(number(rect, 'x')).toBeGreaterThanOrEqual(0);
      expect(number(rect, 'x') + number(rect, 'width')).toBeLessThanOrEqual(number(svg, 'width'));
      expect(number(rect, 'y') + number(rect, 'height')).toBeLessThanOrEqual(number(svg, 'height'));
    }
  });

  it('ends a bar at the month in which the next day lies', () => {
    const svg = pictureOf(YAMAGUCHI);
    const lines = svg.children
      .filter(({ attributes }) => attributes.class === 'month')
      .map((line) => number(line, 'x1'));
    const [, , web] = svg.children.filter(({ name }) => name === 'g');
    const [, application, , receipt] = web?.children.filter(({ name }) => name === 'rect') ?? [];
    const endOf = (rect: Element | undefined): number =>
      rect ? number(rect, 'x') + number(rect, 'width') : Number.NaN;
    expect(endOf(application)).toBeCloseTo(lines[2] ?? 0, 1);
    expect(endOf(receipt)).toBeCloseTo(lines[3] ?? 0, 1);
  });
});

describe('the text', () => {
  const timeline = timelineOf(shipped(YAMAGUCHI));
  const barsOf = (text: string): string[] => text.split('\n').filter((line) => /^ *[·█▒░]+$/.test(line));

  it.each([10, 40, 80, 300])('has bars of one length, no wider than a terminal of %d columns', (columns) => {
    const bars = barsOf(timelineText(timeline, columns));
    expect(new Set(bars.map((bar) => bar.length)).size).toBe(1);
    expect(bars[0]?.length).toBeLessThanOrEqual(Math.max(columns, 24));
    expect(bars).toHaveLength(
      timeline.lanes.flatMap((lane) => lane.bars.filter(({ drawn }) => drawn)).length,
    );
  });

  it('shows what is about, and which end is not stated', () => {
    const bars = barsOf(timelineText(timeline, 80)).map((bar) => bar.replace(/[ ·]/g, ''));
    expect(bars[0]).toMatch(/^▒+$/);
    expect(bars[3]).toMatch(/^░+█+$/);
    expect(bars.at(-2)).toMatch(/^█+$/);
    expect(bars.at(-1)).toMatch(/^█+░+$/);
  });
});
