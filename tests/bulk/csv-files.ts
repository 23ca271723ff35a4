/** CSV for the tests: written by hand-made rules, and read by a library as a check on them. */
import fc from 'fast-check';
import { type CsvRecord, csvRecords } from '../../src/bulk/csv-records.ts';

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** Any text, with what matters to CSV more often than chance has it. */
export const cellText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r\n', 'a', '残', '額', ' ', '𠮷', ';'), maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom('', '1500', 'true', '山口'),
);

const needsQuotes = (cell: string): boolean => /[",\r\n]/.test(cell);

export interface CsvFile {
  rows: string[][];
  text: string;
  /** Physical line, from 1, on which each row begins. */
  lines: number[];
}

/** Well-formed files: LF or CRLF, some cells in quotes that need none, with or without an end of line at the end. */
export const csvFile: fc.Arbitrary<CsvFile> = fc
  .record({
    rows: fc.array(fc.array(fc.tuple(cellText, fc.boolean()), { minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 8,
    }),
    endOfLine: fc.constantFrom('\n', '\r\n'),
    isEnded: fc.boolean(),
  })
  .map(({ rows, endOfLine, isEnded }) => {
    const written = rows.map((row) =>
      row.map(([cell, isQuoted]) => (isQuoted || needsQuotes(cell) ? quoted(cell) : cell)).join(),
    );
    const lines: number[] = [];
    let line = 1;
    for (const row of written) {
      lines.push(line);
      line += row.split('\n').length;
    }
    const plain = rows.map((row) => row.map(([cell]) => cell));
    const last = written.at(-1) === '' ? endOfLine : '';
    return { rows: plain, text: written.join(endOfLine) + (isEnded ? endOfLine : last), lines };
  });

export type ReadRecord = Omit<CsvRecord, 'next'>;

/** All records of a chunk. */
export const recordsOf = (bytes: Buffer, line: number, limit: number): ReadRecord[] =>
  Array.from(csvRecords(bytes, line, limit), ({ next: _, ...record }) => record);
