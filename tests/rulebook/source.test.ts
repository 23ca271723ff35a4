import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSource } from '../../src/rulebook/source.ts';
import { summary } from './fixtures.ts';

const read = (text: string) => parseSource('rules/somewhere/outage.yaml', text);

describe('what is written is what is meant', () => {
  const meanings: [written: string, meant: unknown][] = [
    ['yes', 'yes'],
    ['no', 'no'],
    ['on', 'on'],
    ['y', 'y'],
    ['2023-02-30', '2023-02-30'],
    ['2023-03-31 23:59', '2023-03-31 23:59'],
    ['12:30:45', '12:30:45'],
    ['1_000', '1_000'],
    ['true', true],
    ['010', 10],
    ['"010"', '010'],
    ['~', null],
  ];
  it.each(meanings)('%s', (written, meant) => {
    expect(read(`a: ${written}\n`)).toMatchObject({ data: { a: meant }, problems: [] });
    // A directive cannot bring YAML 1.1 back.
    expect(read(`%YAML 1.1\n---\na: ${written}\n`).data).toEqual({ a: meant });
  });
});

describe('a text that goes on on the next line', () => {
  it.each<[written: string, meant: string]>([
    ['延長後に100\n  円以上の方', '延長後に100 円以上の方'],
    ['延長後にも\n  1円以上の方', '延長後にも 1円以上の方'],
    ['延長後にも、\n  （一円）\n  「以上」の方', '延長後にも、（一円）「以上」の方'],
    ['"延長後\n  にも"', '延長後にも'],
    ["'延長後\n  にも'", '延長後にも'],
    ['>-\n  延長後\n  にも\n\n  次の\n  段落', '延長後にも\n次の段落'],
    ['>\n  延長後\n  にも', '延長後にも\n'],
    ['|-\n  延長後\n  にも', '延長後\nにも'],
    ['"延長後\\n\n  にも"', '延長後\n にも'],
    ['一行目　\n  次の行', '一行目　次の行'],
    ['一行目\r\n  次の行', '一行目次の行'],
    ['two\n  words', 'two words'],
  ])('%j', (written, meant) => expect(read(`a: ${written}\n`).data).toEqual({ a: meant }));

  it('is one text wherever its lines end', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'あア亜、。（）「」ー々Ａ２〕'),
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(letters, fc.array(fc.nat(29)), (text, ends) => {
        const written = [...text].map((letter, i) => letter + (ends.includes(i) ? '\n  ' : '')).join('');
        expect(read(`a: { b: ${written} }\n`).data).toEqual({ a: { b: text } });
      }),
    );
  });
});

describe('forbidden, wherever it stands', () => {
  const forbidden: [text: string, code: string, at: string][] = [
    ['a: &x 1\n', 'forbidden-yaml', '1:7'],
    ['a: &x { b: 1 }\n', 'forbidden-yaml', '1:7'],
    ['a: &x\n  - b\n', 'forbidden-yaml', '2:3'],
    ['&x a: 1\n', 'forbidden-yaml', '1:4'],
    ['a: *x\n', 'forbidden-yaml', '1:4'],
    ['a: { <<: { b: 1 } }\n', 'forbidden-yaml', '1:6'],
    ['a: !!str 35\n', 'forbidden-yaml', '1:10'],
    ['a: ! 35\n', 'forbidden-yaml', '1:6'],
    ['a: !deadline 35\n', 'forbidden-yaml', '1:14'],
    ['a: !!map { b: 1 }\n', 'forbidden-yaml', '1:10'],
    ['a: !!set { b }\n', 'forbidden-yaml', '1:10'],
    ['!x a: 1\n', 'forbidden-yaml', '1:4'],
    ['? { a: 1 }\n: 1\n', 'forbidden-yaml', '1:3'],
    ['a: 1\n---\nb: 2\n', 'forbidden-yaml', '2:1'],
    ['a: { b: 1, b: 2 }\n', 'duplicate-key', '1:12'],
    ['"a": 1\na: 2\n', 'duplicate-key', '2:1'],
    ['1: a\n"1": b\n', 'duplicate-key', '2:1'],
    ['true: a\n"true": b\n', 'duplicate-key', '2:1'],
    ['"": a\n~: b\n', 'duplicate-key', '2:1'],
  ];
  it.each(forbidden)('%j', (text, code, at) => {
    const { data, problems } = read(text);
    expect(summary(problems)).toEqual([{ code, at, suggestion: null }]);
    expect(data).toBeUndefined();
  });
});

describe('ends of line and byte order marks', () => {
  const text = 'a: 1\nb:\n  c: [日本, { d: 2 }]\n  e:\n';
  const variants: [name: string, text: string][] = [
    ['LF', text],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${text}`],
    ['a byte order mark and CRLF', `\uFEFF${text.replaceAll('\n', '\r\n')}`],
    ['no last end of line', text.trimEnd()],
  ];
  it.each(variants)('%s', (_, written) => {
    const { data, problems, at } = read(written);
    expect(problems).toEqual([]);
    expect(data).toEqual({ a: 1, b: { c: ['日本', { d: 2 }], e: null } });
    const positions = [
      at(['a']),
      at(['b', 'c', 0]),
      at(['b', 'c', 1, 'd']),
      at(['b', 'c'], true),
      at(['b', 'e']),
    ];
    expect(positions.map(({ line, column }) => `${line}:${column}`)).toEqual([
      '1:4',
      '3:7',
      '3:16',
      '3:3',
      '4:3',
    ]);
  });

  it('a fault on the line of the byte order mark is where it is seen', () => {
    expect(summary(read('\uFEFFa: &x 1\n').problems)[0]?.at).toBe('1:7');
  });
});

describe('texts that are no rule file', () => {
  const nested = (depth: number): string => `a: ${'['.repeat(depth)}${']'.repeat(depth)}\n`;
  const deep: [name: string, text: string][] = [
    ['brackets', nested(5000)],
    ['brackets never closed', '['.repeat(100_000)],
    ['braces', '{a: '.repeat(20_000)],
    ['dashes', `${'- '.repeat(20_000)}x`],
    ['indentation', Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ];
  it.each(deep)('%s nested without end are one problem', (_, text) => {
    expect(summary(read(text).problems).map(({ code }) => code)).toEqual(['yaml-syntax']);
  });

  it('nesting as deep as anyone writes is read', () => {
    expect(read(nested(50)).problems).toEqual([]);
  });

  const unreadable: [name: string, text: string, at: string][] = [
    ['NUL', 'a: b\u0000\n', '1:5'],
    ['escape', 'a: 1\nb: \u001B[0m\n', '2:4'],
    ['what another encoding leaves', 'a: 1\nb: x\uFFFD\uFFFD\n', '2:5'],
  ];
  it.each(unreadable)('%s is shown where it is', (_, text, at) => {
    expect(summary(read(text).problems)).toContainEqual({ code: 'yaml-syntax', at, suggestion: null });
  });

  it.each(['', '\n', '# 見出し\n', '\uFEFF'])('%j holds nothing', (text) => {
    expect(summary(read(text).problems)).toEqual([{ code: 'yaml-syntax', at: '1:1', suggestion: null }]);
  });
});
