/**
 * The records of a CSV file (RFC 4180) and the physical lines they begin on. Text is read as Latin-1, a character a byte: in
 * UTF-8, Shift_JIS and EUC-JP the bytes of `"` `,` CR and LF are never part of another character, so a place in the text is a
 * place in the file, and a cell that cannot be decoded costs its own line alone.
 */

const LF = 0x0a;

export interface CsvRecord {
  /** Physical line, from 1, on which the record begins. */
  line: number;
  /** In Latin-1; none where the record is at fault. */
  cells: readonly string[];
  fault: RecordFault | null;
  /** Where the next record begins, in bytes, and the physical line that is. Of one at fault its first line is given up. */
  next: { offset: number; line: number };
}

export type RecordFault =
  /** Quotes that are not closed within the record's limit, or closed in the middle of a cell. */
  | 'bad-quotes'
  /** A record beyond the limit. */
  | 'too-long';

/**
 * `bytes` begins with a record that begins on `line`; what follows the last LF is a record, too. `limit`: the longest record in
 * bytes, its end of line included; so a quote that nobody closes costs one line, not the file. `mostCells`: where no more of a
 * record without quotes are wanted.
 */
export function* csvRecords(
  bytes: Buffer,
  line: number,
  limit: number,
  mostCells?: number,
): Generator<CsvRecord> {
  // At once: a call for each line takes longer.
  const text = bytes.toString('latin1');
  let next = { offset: 0, line };
  let quote = -1;
  while (next.offset < text.length) {
    const { offset, line } = next;
    const end = text.indexOf('\n', offset) + 1 || text.length;
    if (quote < offset) quote = text.indexOf('"', offset);
    if (quote === -1) quote = text.length;
    let read: Read | RecordFault;
    if (quote >= end) read = readPlain(text, offset, end, limit, mostCells);
    else {
      read = readQuoted(text.slice(offset, Math.min(end, offset + limit)), limit);
      // What seems broken may be a record of several lines.
      if (read === 'bad-quotes' && end < text.length)
        read = readQuoted(text.slice(offset, offset + limit), limit);
    }
    if (typeof read === 'string') {
      next = { offset: end, line: line + 1 };
      yield { line, cells: [], fault: read, next };
    } else {
      next = { offset: offset + read.length, line: line + read.lines };
      yield { line, cells: read.cells, fault: null, next };
    }
  }
}

interface Read {
  cells: string[];
  /** In bytes and in physical lines, the end of the line included. */
  length: number;
  lines: number;
}

/** A line without quotes, from `start` to `end`. */
function readPlain(
  text: string,
  start: number,
  end: number,
  limit: number,
  mostCells?: number,
): Read | RecordFault {
  const length = end - start;
  const isEnded = text[end - 1] === '\n';
  if (length > limit || (length === limit && !isEnded)) return 'too-long';
  let stop = isEnded ? end - 1 : end;
  if (isEnded && stop > start && text[stop - 1] === '\r') stop -= 1;
  return { cells: text.slice(start, stop).split(',', mostCells), length, lines: 1 };
}

/** A cell, in quotes or not, and what ends it: a comma, an end of line (LF, or CR and LF), or the end of the text. */
const CELL = /(?:"([^"]*(?:""[^"]*)*)"|(?!")([^,\r\n]*(?:\r(?!\n)[^,\r\n]*)*))(,|\r?\n|$)/y;

/** The first record of a text that may be cut off at `limit`. */
function readQuoted(text: string, limit: number): Read | RecordFault {
  const cells: string[] = [];
  CELL.lastIndex = 0;
  for (;;) {
    const found = CELL.exec(text);
    if (!found) return 'bad-quotes';
    const [, inQuotes, plain = '', end] = found;
    const cell = inQuotes ?? plain;
    cells.push(inQuotes?.includes('"') ? cell.replaceAll('""', '"') : cell);
    if (end === ',') continue;
    const length = CELL.lastIndex;
    if (end === '' && length === limit) return 'too-long';
    return { cells, length, lines: text.slice(0, length).split('\n').length - 1 };
  }
}

/**
 * Where to cut: behind the last record that certainly ends within `bytes`, which begin with a record and go on behind their
 * end. 0 where that cannot be told of any.
 */
export function lastRecordEnd(bytes: Buffer, limit: number): number {
  if (!bytes.includes('"')) return bytes.lastIndexOf(LF) + 1;
  let cut = 0;
  for (const { fault, next } of csvRecords(bytes, 1, limit)) {
    // What seems broken may only go on behind the end.
    if (fault !== null && bytes.length - cut < limit) break;
    if (bytes[next.offset - 1] !== LF) break;
    cut = next.offset;
  }
  return cut;
}
