/** How the page is written: each part of the format, whatever its texts are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noticeHtml } from '../../src/notice/html.ts';
import { noticeMarkdown } from '../../src/notice/markdown.ts';
import { type Entry, linkTo, type Notice } from '../../src/notice/model.ts';
import { noticeOf } from '../../src/notice/notice.ts';
import { markup } from '../../src/notice/page.ts';
import { overtakenClauses } from '../../src/notice/sentences.ts';
import { everything, SHIPPED, shipped } from './rule-sets.ts';
import { unescaped, visibleText } from './xml.ts';

const [YAMAGUCHI, CARD_TERMINAL, NETWORK] = SHIPPED;
const entriesUnder = (notice: Notice, title: string): Entry[] =>
  notice.sections
    .filter((section) => section.title === title)
    .flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'entries' ? block.entries : [])));
const entryOf = (notice: Notice, title: string): Entry | undefined =>
  notice.sections
    .flatMap((section) => entriesUnder(notice, section.title))
    .find((entry) => entry.title === title);
const sentencesOf = (notice: Notice): string[] =>
  notice.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => {
      if (block.kind === 'sentences') return block.sentences;
      return block.kind === 'entries' ? block.entries.flatMap((entry) => entry.sentences) : [];
    }),
  );
const valuesOf = (entry: Entry | undefined, label: string) =>
  entry?.details.find((detail) => detail.label === label)?.values;

describe('every rule set', () => {
  it.each(SHIPPED)('%s has its four sections and its silences', (file) => {
    const { sections, title } = noticeOf(shipped(file));
    expect(title).not.toBe('');
    expect(sections.map((section) => section.title)).toEqual([
      '補償対象',
      '補償について',
      '申請方法',
      'お問い合わせ先',
      '告知に書かれていないことの扱い',
    ]);
  });

  it('one without contact, sites and amounts has no empty part', () => {
    const ruleSet = { ...shipped(YAMAGUCHI), contact: null, sites: [], senders: [], rules: [] };
    const { sections } = noticeOf(ruleSet);
    expect(sections.map(({ title }) => title)).toEqual(['申請方法']);
    expect(sections.flatMap(({ blocks }) => blocks.map(({ kind }) => kind))).not.toContain('entries');
  });

  it('amounts are said in words', () => {
    const markdown = noticeMarkdown(noticeOf(shipped(NETWORK)));
    expect(markdown).toContain(
      '| 「3,000円」と「「ほかの通信手段の実費」と「10,000円」のうち最も少ない額」の合計 | 確定 | S2.1、S2.2 |',
    );
    expect(noticeMarkdown(noticeOf(everything()))).toContain(
      '％」と「50,000円」のうち最も少ない額（1円未満は切り捨て）',
    );
  });

  it('tables are tables', () => {
    const markdown = noticeMarkdown(noticeOf(everything()));
    const [, table = ''] = /\*\*種別と時間ごとの額（条項 C2）\*\*\n\n([\s\S]*?)\n\n/.exec(markdown) ?? [];
    expect(table.split('\n')).toEqual([
      '| 種別＼時間 | 48時間以上 | 24時間以上48時間未満 |',
      '| --- | --- | --- |',
      '| 一 | 20,000円 | 10,000円 |',
      '| 二 | 支払額 | 告知からは決まりません |',
    ]);
  });

  it('sites, senders and the contact come with their addresses and hours', () => {
    const ruleSet = shipped(YAMAGUCHI);
    const notice = noticeOf(ruleSet);
    for (const { label, url } of ruleSet.sites)
      expect(valuesOf(entryOf(notice, label), 'URL')).toEqual([{ text: url, href: url }]);
    for (const { label, address } of ruleSet.senders)
      expect(valuesOf(entryOf(notice, label), '送信元')).toEqual([address]);
    const markdown = noticeMarkdown(notice);
    // As it stands, to be copied.
    for (const { address } of ruleSet.senders) expect(markdown).toContain(address);
    expect(markdown).toContain('| 2023年4月1日(土)から | 月・火・水・木・金 | 休み | 10:00～18:00 |');
  });

  it('what excludes each other says so', () => {
    expect(valuesOf(entryOf(noticeOf(everything()), '返金'), '一緒には受けられないもの')).toEqual(['修理']);
  });
});

describe('the states', () => {
  const notice = noticeOf(shipped(YAMAGUCHI));

  it('say the usual step first, and what depends on the case apart from it', () => {
    const waiting = entryOf(notice, '受取URLの配信待ち');
    expect(valuesOf(waiting, '次にすること')?.[0]).toBe('受取サイトの URL の配信をお待ちください');
    expect(valuesOf(waiting, '場合により')).toEqual([
      '届いた URL は開かないでください',
      '迷惑メールなどの受信設定をご確認ください',
      'コールセンターへお問い合わせください',
    ]);
    // The senders stand with the step, and are not said again below it.
    expect(valuesOf(waiting, '次にすること')).toHaveLength(1 + shipped(YAMAGUCHI).senders.length);
    expect(waiting?.details.map(({ label }) => label)).toEqual(['次にすること', '場合により', '期限と時期']);
  });

  it('come with the site of their step, all their deadlines in order, and the list to have ready', () => {
    const open = entryOf(notice, '申請受付中');
    const url = 'https://region-pay.com/pages/compensation.html';
    expect(valuesOf(open, '次にすること')).toContainEqual({ text: url, href: url });
    expect(valuesOf(open, '期限と時期')).toEqual([
      '申請期限：2023年4月30日(日)まで（窓口へのお問い合わせは2023年4月28日(金) 18:00まで）',
      '受取期限：2023年5月31日(水)まで',
    ]);
    expect(valuesOf(open, '用意する情報')).toEqual(['申請時に必要な情報']);
  });

  it('that only ask for a part of a list name the part', () => {
    expect(valuesOf(entryOf(noticeOf(everything()), '待ち'), '用意する情報')).toEqual(['甲', '乙']);
  });

  it('stand in the order of the vocabulary', () => {
    const titles = entriesUnder(notice, '申請方法').map(({ title }) => title);
    const [before, open, after] = ['申請受付前', '申請受付中', '申請期限経過'].map((t) => titles.indexOf(t));
    expect([before, open, after]).toEqual([before, open, after].toSorted((a = 0, b = 0) => a - b));
    expect(before).toBeGreaterThan(0);
  });
});

describe('the sentences of the original', () => {
  it('stand where they are first cited, and nowhere else', () => {
    const sentences = sentencesOf(noticeOf(shipped(YAMAGUCHI)));
    expect(sentences.length).toBeGreaterThan(10);
    const said = sentences.filter((one) => sentences.filter((other) => other.includes(one)).length > 1);
    expect(said).toEqual([]);
    const [extension] = entriesUnder(noticeOf(shipped(YAMAGUCHI)), '補償について');
    expect(extension?.sentences).toHaveLength(2);
  });

  it('stand under the category that is theirs', () => {
    const ruleSet = shipped(YAMAGUCHI);
    const categories = entriesUnder(noticeOf(ruleSet), '補償対象');
    const own = categories.map(({ clauses }) => clauses.map((id) => ruleSet.clauses.get(id)?.text));
    expect(categories.map(({ sentences }) => sentences)).toEqual(own);
  });

  it('of lists and the contact are left to their values', () => {
    const ruleSet = shipped(YAMAGUCHI);
    const sentences = sentencesOf(noticeOf(ruleSet));
    for (const id of ['S2.A2.web.info', 'S2.B1.info', 'S3', 'S3.hours'])
      expect(sentences).not.toContain(ruleSet.clauses.get(id)?.text);
  });

  it.each(SHIPPED)('of %s all agree with its dates', (file) => {
    expect(overtakenClauses(shipped(file))).toEqual([]);
  });

  it.each([
    [
      'a day',
      YAMAGUCHI,
      'final-expiry: { until: 2023-03-31 23:59',
      'final-expiry: { until: 2023-03-30 23:59',
      ['S2.A1', 'S2.A2', 'S2.B2'],
    ],
    ['a time of day', YAMAGUCHI, 'from: 2023-03-24 14:00', 'from: 2023-03-24 15:00', ['S2.A2.web.site']],
    ['a part of a month', YAMAGUCHI, 'text: 2023年4月上旬以降', 'text: 2023年4月中旬以降', ['S2.A2.app']],
    ['hours of the contact', CARD_TERMINAL, 'close: 18:00', 'close: 17:00', ['S4']],
  ] as const)('are left out where %s has moved', (_, file, from, to, clauses) => {
    const moved = shipped(file, [from, to]);
    expect(overtakenClauses(moved).map(({ id }) => id)).toEqual(clauses);
    const markdown = noticeMarkdown(noticeOf(moved));
    for (const id of clauses) expect(markdown).not.toContain(moved.clauses.get(id)?.text);
  });
});

describe('texts of the rules', () => {
  const EVIL = `</style><script>alert(1)</script>&"' *_~\`[x](javascript:alert) | # {}`;
  const NAMES = [
    '見本の告知',
    '対象の方',
    '長かった方',
    '返金',
    '甲',
    '申請サイト',
    '窓口',
    '見なした',
    '申請期限',
  ];
  const edits = NAMES.map((name): [string, string] => [`: ${name}`, `: ${JSON.stringify(EVIL + name)}`]);
  const evil = noticeOf(everything(...edits));
  const plain = noticeOf(everything());

  it('are no markup in HTML', () => {
    const html = noticeHtml(evil);
    const tags = (text: string): string[] => text.match(/<[^>]*>/g) ?? [];
    // The same elements, whatever the texts; only attributes that hold a text differ.
    const names = (text: string): string[] => tags(text).map((tag) => tag.split(' ')[0] ?? '');
    expect(names(html)).toEqual(names(noticeHtml(plain)));
    for (const name of NAMES) expect(visibleText(html)).toContain(EVIL + name);
  });

  it('are no Markdown', () => {
    const markdown = noticeMarkdown(evil);
    const shape = (text: string): string[] =>
      text.split('\n').map((line) => line.match(/^[ #|-]*/)?.[0] ?? '');
    const cells = (text: string): number => text.match(/(?<!\\)\|/g)?.length ?? 0;
    expect(shape(markdown)).toEqual(shape(noticeMarkdown(plain)));
    expect(cells(markdown)).toBe(cells(noticeMarkdown(plain)));
    expect(markdown).not.toMatch(/(?<!\\)(<script|\[x\]|`)/);
  });

  it('begin no list, heading or number, and stay on their line', () => {
    for (const text of ['- a', '# a', '+ a', '1. a', '12) a', 'a\n# b']) {
      const [title] = noticeMarkdown({
        title: 'x',
        source: [{ label: 'y', values: [text, 'z'] }],
        sections: [],
      })
        .split('\n')
        .slice(3);
      expect(title).toMatch(/^ {2}- (\\[-#+]|\d+\\[.)]|a \\?# b)/);
    }
  });

  it('are what a browser reads back, whatever they are', () => {
    const inXml = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const [, attribute = '', content = ''] =
          /^<p title="([^"]*)">([^<]*)<\/p>$/.exec(markup`<p title="${text}">${text}</p>`.text) ?? [];
        expect(unescaped(attribute)).toBe(unescaped(content));
        expect(unescaped(content)).toMatch(inXml);
        if (inXml.test(text)) expect(unescaped(content)).toBe(text);
      }),
    );
  });

  it('are links only where a browser may follow them', () => {
    expect(linkTo('javascript:alert(1)')).toBe('javascript:alert(1)');
    expect(linkTo('https://example.jp/')).toEqual({
      text: 'https://example.jp/',
      href: 'https://example.jp/',
    });
  });
});

describe('the HTML page', () => {
  const html = noticeHtml(noticeOf(shipped(YAMAGUCHI)));

  it('needs nothing from elsewhere', () => {
    expect(html).not.toMatch(/<(script|link|img|iframe|object|embed)\b|@import|url\((?!#)|\bsrc=/);
  });

  it('is for people who read it on a phone, or have it read to them', () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="ja">/);
    expect(html).toContain('name="viewport"');
    const count = (expression: RegExp): number => html.match(expression)?.length ?? 0;
    expect(count(/<h1>/g)).toBe(1);
    expect(count(/<table>/g)).toBe(count(/<caption>[^<]/g));
    expect(count(/<th /g)).toBe(count(/<th scope="col">/g));
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, named = ''] of html.matchAll(/aria-labelledby="([^"]*)"/g))
      for (const id of named.split(' ')) expect(ids).toContain(id);
    expect(count(/aria-label=""/g)).toBe(0);
  });

  it('leads to the telephone', () => {
    expect(html).toContain('<a href="tel:0120479249">0120-479-249</a>');
  });
});
