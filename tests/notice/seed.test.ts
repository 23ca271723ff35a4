/** The notice says what the original says, and nothing that the rule set does not. */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { noticeHtml } from '../../src/notice/html.ts';
import { noticeMarkdown } from '../../src/notice/markdown.ts';
import { noticeOf } from '../../src/notice/notice.ts';
import { SEED, whyMissing } from '../fixtures/beside.ts';
import { SHIPPED, shipped, vocabularyText } from './rule-sets.ts';
import { visibleText } from './xml.ts';

const [FILE] = SHIPPED;

/** One width for each character, no spaces in a line, and one way to write a time of day. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[^\S\n]+/g, '')
    .replace(/(?<!\d)(\d{1,2})時(?!間)(?:(\d{2})分)?/g, (_, hour, minute = '00') => `${hour}:${minute}`);

const DAY = String.raw`\d{1,2}日(?:\([日月火水木金土]\))?(?:\d{1,2}:\d{2}|夕刻)?`;
const TOKENS = {
  dates: new RegExp(
    String.raw`(?:\d{4}年)?\d{1,2}月(?:${DAY}|中|[上中下初]旬(?:以降|頃~順次)?)|\d+/\d+\([日月火水木金土]\)`,
    'g',
  ),
  urls: /https?:\/\/[\w./-]+/g,
  addresses: /[\w.]+@[\w.]+/g,
  phones: /\d{2,4}-\d{2,4}-\d{3,4}/g,
  hours: /\d{1,2}:\d{2}~\d{1,2}:\d{2}/g,
  clocks: /\d{1,2}:\d{2}/g,
  yen: /[\d,]+円/g,
};
const tokensOf = (text: string): Record<keyof typeof TOKENS, string[]> => {
  const found = (expression: RegExp): string[] => [...new Set(plain(text).match(expression) ?? [])];
  const { dates, urls, addresses, phones, hours, clocks, yen } = TOKENS;
  return {
    dates: found(dates),
    urls: found(urls),
    addresses: found(addresses),
    phones: found(phones),
    hours: found(hours),
    clocks: found(clocks),
    yen: found(yen),
  };
};

const markdownText = (markdown: string): string =>
  markdown
    .replace(/\\(?=[!-~])/g, '')
    .replace(/\*\*/g, '')
    .replace(/\]\(<[^>]*>\)/g, '');
const pagesOf = (ruleSet: Parameters<typeof noticeOf>[0]): Record<'html' | 'markdown', string> => {
  const notice = noticeOf(ruleSet);
  return {
    html: visibleText(noticeHtml(notice)),
    markdown: markdownText(noticeMarkdown(notice)),
  };
};
const pages = pagesOf(shipped(FILE));

describe('what the original says', () => {
  const why = whyMissing(SEED);
  beforeEach(({ skip }) => skip(why !== null, why ?? undefined));
  const files = why === null ? readdirSync(SEED) : [];
  const seed = files.map((name) => readFileSync(`${SEED}/${name}`, 'utf8')).join('\n');
  /** The lines from one heading to the next. */
  const between = (start: string, end: string): string =>
    seed.slice(seed.indexOf(start) + start.length, seed.indexOf(end, seed.indexOf(start)));
  const items = (text: string, separator: RegExp): string[] =>
    text
      .split(separator)
      .map((item) => item.trim())
      .filter((item) => item !== '');
  const brands = items(between('【選択いただけるキャッシュレスポイント】', '≪'), /・|^- /m);
  const forTheSite = items(between('※申請時に必要な情報', '※紙クーポン'), /、/);
  const forTheDesk = items(between('予めご了承ください。', '- ②'), /・|^- /m);
  const { dates, ...others } = tokensOf(seed);
  const tokens = [...dates, ...Object.values(others).flat(), ...brands, ...forTheSite, ...forTheDesk];

  it('is found by these expressions', () => {
    expect([brands.length, forTheSite.length, forTheDesk.length]).toEqual([5, 5, 4]);
    expect(dates).toEqual(expect.arrayContaining(['2023年3月31日(金)23:59', '5月初旬頃~順次', '3月中']));
    expect(dates.length).toBeGreaterThan(12);
    expect(others).toMatchObject({
      urls: [expect.anything()],
      addresses: [expect.anything()],
      phones: [expect.anything(), expect.anything()],
      hours: ['10:00~18:00'],
      yen: ['1円'],
    });
  });

  it.each(['html', 'markdown'] as const)('is all in the page: %s', (format) => {
    expect(tokens.filter((token) => !plain(pages[format]).includes(plain(token)))).toEqual([]);
  });

  it('is there by the values of the rule set, not only by its quotations', () => {
    const ruleSet = shipped(FILE);
    for (const [id, clause] of ruleSet.clauses) ruleSet.clauses.set(id, { ...clause, text: '…' });
    const text = plain(pagesOf(ruleSet).html);
    expect(tokens.filter((token) => !text.includes(plain(token)))).toEqual([]);
  });

  it('stands in the order of the original', () => {
    const order = ['補償対象', '補償について', '申請方法', 'お問い合わせ先'].map((title) =>
      noticeHtml(noticeOf(shipped(FILE))).search(new RegExp(`<h2[^>]*>${title}<`)),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
  });
});

describe.each(SHIPPED)('what the page of %s says', (file) => {
  const rules = plain(readFileSync(file, 'utf8') + vocabularyText());
  const ownPages = pagesOf(shipped(file));
  const dayOf = (text: string): Date | null => {
    const [, year, month, day] = /(\d{4})年(\d+)月(\d+)日/.exec(text) ?? [];
    return day === undefined ? null : new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  };
  const iso = (day: Date): string => day.toISOString().slice(0, 10);
  const isWritten = (day: Date): boolean =>
    rules.includes(iso(day)) ||
    rules.includes(`${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日`);
  /** Not written in the file: the last weekday before a Sunday's deadline; and fourteen days after another. */
  const COUNTED = ['2023-04-28', '2024-11-14'];

  it.each(['html', 'markdown'] as const)('has the right weekday, and is a day of the file: %s', (format) => {
    const dates = plain(ownPages[format]).match(new RegExp(String.raw`\d{4}年\d{1,2}月${DAY}`, 'g')) ?? [];
    expect(dates.length).toBeGreaterThan(3);
    const wrong = dates.filter((text) => {
      const day = dayOf(text);
      if (day === null) return true;
      const weekday = '日月火水木金土'[day.getUTCDay()];
      return (
        !(isWritten(day) || COUNTED.includes(iso(day))) ||
        (text.includes('(') && !text.includes(`(${weekday})`))
      );
    });
    expect(wrong).toEqual([]);
  });

  it.each(['html', 'markdown'] as const)('names nothing that the file does not: %s', (format) => {
    const { dates, clocks, ...others } = tokensOf(ownPages[format]);
    // 9:00 stands as 09:00 where it is a deadline.
    const own = [...Object.values(others).flat(), ...clocks.map((clock) => clock.replace(/^0/, ''))];
    // 3000 is written without a comma.
    expect(
      own.filter(
        (token) =>
          !rules.includes(token) &&
          !rules.replaceAll(/(\d)(\d{3})\b/g, '$1,$2').includes(token.replace(/円$/, '')),
      ),
    ).toEqual([]);
    const partial = dates.filter((date) => !/^\d{4}年.*日/.test(date));
    expect(partial.filter((date) => !rules.includes(date))).toEqual([]);
  });

  it('counts nothing that the file does not', () => {
    const numbers = (text: string): string[] =>
      (text.match(/\d+/g) ?? []).map((digits) => String(Number(digits)));
    const known = new Set([...numbers(rules), ...COUNTED.flatMap(numbers)]);
    const unknown = numbers(plain(ownPages.markdown).replace(/(\d),(\d{3})/g, '$1$2')).filter(
      (n) => !known.has(n),
    );
    expect(unknown).toEqual([]);
  });
});
