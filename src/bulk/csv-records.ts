/**
 * The records of a CSV file and the physical lines they begin on. Quotes are papaparse's. Text is read as Latin-1, a character
 * a byte: in UTF-8, Shift_JIS and EUC-JP the bytes of `"` `,` CR and LF are never part of another character, so a place in the
 * text is a place in the file, and a cell that cannot be decoded costs its own line alone.
 */
import Papa from 'papaparse';

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

export type RecordFault =
  /** Quotes that are not closed within the record's limit, or closed in the middle of a cell. */
  | 'bad-quotes'
  /** A record beyond the limit. */
  | 'too-long';

/** Reads record by record. What stands in the fields is of the record read last. */
export class CsvRecords {
  /** Physical line, from 1, on which the record begins. */
  line: number;
  /** In Latin-1; none where the record is at fault. */
  cells: readonly string[] = [];
  fault: RecordFault | null = null;
  /** Where reading goes on, in bytes, and the physical line that is. */
  at = 0;
  nextLine: number;

  private readonly bytes: Buffer;
  private readonly limit: number;
  private readonly mostCells: number | undefined;
  private quote = -1;

  /**
   * `bytes` begins with a record that begins on `line`; what follows the last LF is a record, too. `limit`: the longest record
   * in bytes, its end of line included; so a quote that nobody closes costs one line, not the file. `mostCells`: where no more of a
   * record are wanted.
   */
  constructor(bytes: Buffer, line: number, limit: number, mostCells?: number) {
    this.bytes = bytes;
    this.limit = limit;
    this.mostCells = mostCells;
    this.line = line;
    this.nextLine = line;
  }

  /** Whether there was another record, sound or not. Of one at fault its first line is given up. */
  next(): boolean {
    const { bytes, at } = this;
    if (at >= bytes.length) return false;
    const feed = bytes.indexOf(LF, at);
    const end = feed === -1 ? bytes.length : feed;
    this.at = feed === -1 ? bytes.length : feed + 1;
    this.line = this.nextLine;
    this.nextLine += 1;
    const isLong = end - at >= this.limit;
    const read = this.hasQuote(at, end)
      ? this.readQuoted(at, isLong)
      : isLong
        ? 'too-long'
        : this.readPlain(at);
    this.fault = typeof read === 'string' ? read : null;
    this.cells = typeof read === 'string' ? [] : read;
    return true;
  }

  private hasQuote(from: number, to: number): boolean {
    if (this.quote < from) {
      const quote = this.bytes.indexOf(QUOTE, from);
      this.quote = quote === -1 ? this.bytes.length : quote;
    }
    return this.quote < to;
  }

  /** Most lines are cells between commas, and papaparse would do no more than this. */
  private readPlain(at: number): readonly string[] {
    return withoutEnd(this.bytes.toString('latin1', at, this.at)).split(',', this.mostCells);
  }

  private readQuoted(at: number, isLong: boolean): readonly string[] | RecordFault {
    const read = isLong ? 'open' : readRecord(withoutEnd(this.bytes.toString('latin1', at, this.at)));
    return read === 'open' ? this.readLines(at) : read;
  }

  /** A record with an end of line in it, or none: what is looked at grows until the end is found, or the limit reached. */
  private readLines(at: number): readonly string[] | RecordFault {
    const { bytes, limit } = this;
    const most = Math.min(limit, bytes.length - at);
    for (let length = FIRST_LOOK; ; length *= 8) {
      const within = bytes.toString('latin1', at, at + Math.min(length, most));
      const { errors, meta }: Papa.ParseResult<string[]> = parser.parse(within, 0, false);
      const isEnded = errors.length === 0 && within.charCodeAt(meta.cursor - 1) === LF;
      if (!isEnded && length < most) continue;
      if (errors.length > 0) return 'bad-quotes';
      if (!isEnded && (most === limit || meta.cursor < most)) return 'too-long';
      const record = withoutEnd(within.slice(0, meta.cursor));
      const cells = readRecord(record);
      if (typeof cells === 'string') return 'bad-quotes';
      this.at = at + meta.cursor;
      this.nextLine = this.line + linesIn(record);
      return cells;
    }
  }
}

/** Bytes in which the end of a record of several lines is sought first. */
const FIRST_LOOK = 1024;

/** A record at a time: reading is not to go on where one is broken. It is what `Papa.parse` calls, for half its time. */
const parser = new Papa.Parser({ delimiter: ',', newline: '\n', preview: 1 });

/** `record` without its end of line; 'open' where its quotes are not closed. */
function readRecord(record: string): readonly string[] | 'bad-quotes' | 'open' {
  const { data, errors }: Papa.ParseResult<string[]> = parser.parse(record, 0, false);
  const [cells] = data;
  if (errors.length > 0 || !cells) return errors[0]?.code === 'MissingQuotes' ? 'open' : 'bad-quotes';
  return SPACED.test(record) && !isAllOf(cells, record) ? 'bad-quotes' : cells;
}

/** papaparse leaves out what is white between a quote and the comma behind it; here such quotes are bad. */
const SPACED = /"\s/;
const isAllOf = (cells: readonly string[], record: string): boolean =>
  withoutQuotes(cells.join()).length === withoutQuotes(record).length;
const withoutQuotes = (text: string): string => text.replaceAll('"', '');

/** An end of line is LF, or CR and LF. */
function withoutEnd(text: string): string {
  if (text.charCodeAt(text.length - 1) !== LF) return text;
  return text.slice(0, text.charCodeAt(text.length - 2) === CR ? -2 : -1);
}

function linesIn(record: string): number {
  let lines = 1;
  for (let at = record.indexOf('\n'); at !== -1; at = record.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/**
 * Where to cut: behind the last record that certainly ends within `bytes`, which begin with a record and go on behind their
 * end. 0 where that cannot be told of any.
 */
export function lastRecordEnd(bytes: Buffer, limit: number): number {
  if (bytes.indexOf(QUOTE) === -1) return bytes.lastIndexOf(LF) + 1;
  const records = new CsvRecords(bytes, 1, limit);
  let cut = 0;
  while (records.next()) {
    // What seems broken may only go on behind the end.
    if (records.fault !== null && bytes.length - cut < limit) break;
    if (bytes[records.at - 1] !== LF) break;
    cut = records.at;
  }
  return cut;
}
