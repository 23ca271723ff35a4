/** What stands in cells and headings. */
import { describe, expect, it } from 'vitest';
import { cellValue } from '../../src/bulk/cell-value.ts';
import { type ColumnProblem, readColumns } from '../../src/bulk/columns.ts';
import { fixture, smallVocabulary, vocabularyOf } from '../rulebook/fixtures.ts';

const vocabulary = smallVocabulary();
const JAPAN = 'Asia/Tokyo';

describe('a cell is taken for', () => {
  const taken = (member: string, text: string, timeZone: string | null): unknown => {
    const definition = vocabulary.facts.get(`case.${member}`);
    if (!definition) throw new Error(`no fact ${member}`);
    return cellValue(definition, text, timeZone);
  };
  it.each<[member: string, text: string, value: unknown]>([
    ['flag', 'TRUE', true],
    ['flag', 'false', false],
    ['flag', 'はい', true],
    ['flag', 'いいえ', false],
    ['flag', '1', true],
    ['flag', '０', false],
    ['paidYen', '1500', 1500],
    ['paidYen', '1,500', 1500],
    ['paidYen', '12,345,678', 12_345_678],
    ['paidYen', '１，５００', 1500],
    ['paidYen', '0', 0],
    ['kind', 'two', 'two'],
    ['kind', '二', 'two'],
    ['stage', 'なし', 'none'],
    ['code', '07', '07'],
    ['items', 'a;丙', ['a', 'c']],
    ['items', '甲；乙；', ['a', 'b']],
    ['items', ';', []],
    ['brands', 'ポイント ; 商品券', ['ポイント', '商品券']],
    ['startedAt', '2023-02-24T23:59:00+09:00', '2023-02-24T23:59:00+09:00'],
    ['startedAt', '2023-02-24 23:59', '2023-02-24T23:59:00+09:00'],
    ['startedAt', '2023/2/24 23:59', '2023-02-24T23:59:00+09:00'],
    ['startedAt', '2023/02/24 9:05:30', '2023-02-24T09:05:30+09:00'],
    ['startedAt', '2023/2/24　23:59', '2023-02-24T23:59:00+09:00'],
  ])('%s: %s', (member, text, value) => expect(taken(member, text, JAPAN)).toEqual(value));

  it.each([
    ['flag', 'yes'],
    ['flag', '2'],
    ['paidYen', '-1'],
    ['paidYen', '1500円'],
    ['paidYen', '1,50'],
    ['paidYen', '15.0'],
    ['kind', '四'],
    ['startedAt', '2023/2/24'],
    ['startedAt', '2023-2/24 23:59'],
    ['startedAt', '2023/2/30 23:59'],
    ['startedAt', '2023/2/24 23:59:60'],
    ['startedAt', '2023/2/24 25:00'],
  ])('itself where it is none: %s: %s', (member, text) => expect(taken(member, text, JAPAN)).toBe(text));

  it('no local time unless that is wanted', () =>
    expect(taken('startedAt', '2023-02-24 23:59', null)).toBe('2023-02-24 23:59'));
});

describe('columns', () => {
  const read = (headings: string[], map: [string, string][] = [], ignore: string[] = []) =>
    readColumns(headings, vocabulary, { map: new Map(map), ignore: new Set(ignore) });

  it('are facts by name or label, the reference and the instant judged', () => {
    const { columns, problems } = read(
      ['照会番号', '判定時点', 'case.flag', '種別', ' 支払額　', '備考', '残'],
      [['残', 'case.days']],
      ['備考'],
    );
    expect(problems).toEqual([]);
    expect(columns).toEqual([
      ...['reference', 'asOf', 'case.flag', 'case.kind', 'case.paidYen', null, 'case.days'],
    ]);
  });

  it.each<[name: string, read: () => { problems: ColumnProblem[] }, expected: Partial<ColumnProblem>[]]>([
    [
      'that mean nothing',
      () => read(['case.flg', '支払金額', 'memo']),
      [
        { code: 'unknown-column', column: 1, suggestion: 'case.flag' },
        { code: 'unknown-column', column: 2, suggestion: '支払額' },
        { code: 'unknown-column', column: 3, suggestion: null },
      ],
    ],
    ['all without a name', () => read(['', ' ']), [{ code: 'unknown-column' }, { code: 'unknown-column' }]],
    [
      'twice',
      () => read(['case.flag', '印']),
      [{ code: 'duplicate-column', column: 2, suggestion: 'case.flag' }],
    ],
    [
      'twice by a mapping',
      () => read(['case.flag', 'x'], [['x', 'case.flag']]),
      [{ code: 'duplicate-column', column: 2 }],
    ],
    [
      'mapped to nothing',
      () => read(['残'], [['残', 'case.dayz']]),
      [{ code: 'unknown-target', name: '残', suggestion: 'case.days' }],
    ],
    [
      'named in an option alone',
      () => read(['case.flag'], [['残額', 'case.days']], ['備考']),
      [
        { code: 'unused-option', name: '残額', column: null },
        { code: 'unused-option', name: '備考', column: null },
      ],
    ],
  ])('%s', (_, found, expected) => {
    const { problems } = found();
    expect(problems).toMatchObject(expected);
    expect(problems).toHaveLength(expected.length);
  });

  it('without a name are told from those that are left alone', () => {
    expect(read(['case.flag', '', '　'])).toMatchObject({ columns: ['case.flag', '', ''], problems: [] });
    expect(read(['case.flag', ''], [], [''])).toMatchObject({ columns: ['case.flag', null], problems: [] });
  });

  it('that may be several facts', () => {
    const twice = vocabularyOf(fixture('vocabulary.yaml').replace('label: 別の印', 'label: 印'));
    const { problems } = readColumns(['印'], twice, { map: new Map(), ignore: new Set() });
    expect(problems).toMatchObject([{ code: 'ambiguous-column', suggestion: 'case.flag' }]);
  });
});
