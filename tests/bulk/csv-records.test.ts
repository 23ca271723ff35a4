import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { RecordFault } from '../../src/bulk/csv-records.ts';
import { csvFile, recordsOf } from './csv-files.ts';

const LIMIT = 10_000;
const BAD_QUOTES: RecordFault = 'bad-quotes';
const TOO_LONG: RecordFault = 'too-long';
const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString();
const read = (text: string, limit = LIMIT) => recordsOf(Buffer.from(text), 1, limit);

describe('well-formed CSV', () => {
  it('is read as it was written, each row with its physical line', () => {
    fc.assert(
      fc.property(csvFile, ({ rows, text, lines }) => {
        const records = read(text);
        expect(records.map(({ cells }) => cells.map(utf8))).toEqual(rows);
        expect(records.map(({ line }) => line)).toEqual(lines);
      }),
    );
  });

  it('is read as papaparse reads it', () => {
    fc.assert(
      fc.property(csvFile, ({ text }) => {
        const newline = text.includes('\r\n') ? '\r\n' : '\n';
        const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',', newline });
        // papaparse takes one end of line for all, and an end of line at the end for another row.
        fc.pre(errors.length === 0 && !(newline === '\r\n' && /[^\r]\n/.test(text)));
        if (/\n$/.test(text) && data.at(-1)?.join() === '') data.pop();
        expect(read(text).map(({ cells }) => cells.map(utf8))).toEqual(data);
      }),
    );
  });
});

describe('a broken record costs its first line and no other', () => {
  const rest = ['x,y'];
  it.each<[name: string, text: string, limit: number, faults: string[]]>([
    ['quotes that nobody closes', 'a,"b\nx,y\n', LIMIT, [BAD_QUOTES, ...rest]],
    [
      'quotes that another line closes',
      'a,"b\nx,y\n"c,d\nx,y\n',
      LIMIT,
      [BAD_QUOTES, 'x,y', BAD_QUOTES, 'x,y'],
    ],
    ['text behind closed quotes', '"a"b,c\nx,y\n', LIMIT, [BAD_QUOTES, ...rest]],
    ['a space behind closed quotes', '"a" ,c\nx,y\n', LIMIT, [BAD_QUOTES, ...rest]],
    [
      'quotes that are closed too late',
      `"${'a\n'.repeat(20)}",c\n`,
      20,
      [BAD_QUOTES, ...Array(19).fill('a'), BAD_QUOTES],
    ],
    ['a line that is too long', `${'a'.repeat(20)}\nx,y\n`, 20, [TOO_LONG, ...rest]],
    ['a line of many cells that is too long', `${'a,'.repeat(10)}\nx,y\n`, 20, [TOO_LONG, ...rest]],
    ['a line just as long as may be', `${'a'.repeat(19)}\nx,y\n`, 20, ['a'.repeat(19), ...rest]],
    ['a last line that is too long', `x,y\n${'a'.repeat(20)}`, 20, ['x,y', TOO_LONG]],
    ['a last line with open quotes', 'x,y\n"a', LIMIT, ['x,y', BAD_QUOTES]],
  ])('%s', (_, text, limit, expected) => {
    const records = read(text, limit);
    expect(records.map(({ fault, cells }) => fault ?? cells.join())).toEqual(expected);
  });

  it('is counted as the line that it is', () => {
    expect(read('a,"b\nc,d\n"p\nq"\nlast').map(({ line, fault }) => [line, fault])).toEqual([
      [1, BAD_QUOTES],
      [2, null],
      [3, null],
      [5, null],
    ]);
  });
});

it('a quote within a cell that does not begin with one is a character', () => {
  expect(read('a"b,c""d\n')[0]?.cells).toEqual(['a"b', 'c""d']);
});

it('a carriage return within a cell stays, one before the end of the line does not', () => {
  expect(read('a\rb,c\r\nd\r').map(({ cells }) => cells)).toEqual([['a\rb', 'c'], ['d\r']]);
});
