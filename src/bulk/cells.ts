/**
 * RFC 4180 on bytes: the cells of CSV records. In UTF-8, Shift_JIS and EUC-JP the bytes of `"` `,` CR and LF are never part
 * of another character, so nothing has to be decoded to find where cells and records end.
 */

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;

/** No record, its end of line included, is longer than this; so a quote that nobody closes costs one line, not the file. */
export const RECORD_LIMIT = 65_536;

/** What `next` found. */
export const CELL = 0;
/** A cell that ends its record. */
export const LAST_CELL = 1;
/** Quotes that are not closed within the record's limit, or closed in the middle of a cell. */
export const BAD_QUOTES = 2;
/** A record beyond the limit. */
export const TOO_LONG = 3;
export type Found = typeof CELL | typeof LAST_CELL | typeof BAD_QUOTES | typeof TOO_LONG;

/** Reads cell by cell. What stands in the fields is overwritten by the next cell: nothing is allocated for one. */
export class Cells {
  /** Of the last cell: its bytes are `source` from `start` to `end`, without the quotes around it. */
  source: Buffer;
  start = 0;
  end = 0;
  /** Of those bytes, 32 bits. */
  hash = 0;
  /** Where the next cell begins. */
  at: number;
  /** Physical line, from 1, that `at` is on. */
  line: number;

  private readonly bytes: Buffer;
  private readonly limit: number;
  private recordStart: number;
  private recordLine: number;
  /** Cells in which a doubled quote stands for one. */
  private unescaped = Buffer.alloc(0);

  /** `bytes` begins with a record that begins on `line`; what follows the last LF is a record, too. */
  constructor(bytes: Buffer, line: number, limit: number) {
    this.bytes = bytes;
    this.source = bytes;
    this.limit = limit;
    this.at = 0;
    this.line = line;
    this.recordStart = 0;
    this.recordLine = line;
  }

  /** Whether another record begins at `at`. Call it before the first cell of each record. */
  beginRecord(): boolean {
    this.recordStart = this.at;
    this.recordLine = this.line;
    return this.at < this.bytes.length;
  }

  next(): Found {
    const { bytes, at } = this;
    if (at < bytes.length && bytes[at] === QUOTE) return this.quoted();
    const stop = Math.min(bytes.length, this.recordStart + this.limit);
    let hash = 0;
    let i = at;
    for (; i < stop; i++) {
      const byte = bytes[i] ?? 0;
      if (byte <= COMMA) {
        if (byte === COMMA) break;
        if (byte === LF) break;
        if (byte === CR && bytes[i + 1] === LF) break;
      }
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    this.source = bytes;
    this.start = at;
    this.end = i;
    this.hash = hash;
    return this.endCell(i);
  }

  /** Whether the next cell was empty, and not the last of its record; then it is behind. Quicker than `next`. */
  skipEmpty(): boolean {
    if (this.bytes[this.at] !== COMMA) return false;
    this.at += 1;
    return true;
  }

  /** After a record that is broken: its first line is given up, reading goes on with the next. */
  skipLine(): void {
    const end = this.bytes.indexOf(LF, this.recordStart);
    this.at = end === -1 ? this.bytes.length : end + 1;
    this.line = this.recordLine + 1;
  }

  /** `i` is behind the cell. */
  private endCell(i: number): Found {
    const { bytes, recordStart, limit } = this;
    if (i < bytes.length && bytes[i] === COMMA) {
      this.at = i + 1;
      return i + 1 - recordStart < limit ? CELL : TOO_LONG;
    }
    if (i === bytes.length) {
      this.at = i;
      return i - recordStart < limit ? LAST_CELL : TOO_LONG;
    }
    const feed = bytes[i] === CR ? i + 1 : i;
    if (bytes[feed] !== LF) return feed - recordStart < limit ? BAD_QUOTES : TOO_LONG;
    if (feed - recordStart >= limit) return TOO_LONG;
    this.at = feed + 1;
    this.line += 1;
    return LAST_CELL;
  }

  private quoted(): Found {
    const { bytes, recordStart, limit } = this;
    const stop = Math.min(bytes.length, recordStart + limit);
    const start = this.at + 1;
    let hash = 0;
    let escapes = 0;
    let i = start;
    for (; ; i++) {
      if (i >= stop) return BAD_QUOTES;
      const byte = bytes[i] ?? 0;
      if (byte === QUOTE) {
        if (bytes[i + 1] !== QUOTE) break;
        i++;
        escapes++;
      } else if (byte === LF) this.line += 1;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    this.hash = hash;
    if (escapes === 0) {
      this.source = bytes;
      this.start = start;
      this.end = i;
    } else this.unescape(start, i);
    return this.endCell(i + 1);
  }

  private unescape(start: number, end: number): void {
    if (this.unescaped.length < end - start) this.unescaped = Buffer.alloc((end - start) * 2);
    let to = 0;
    for (let i = start; i < end; i++) {
      const byte = this.bytes[i] ?? 0;
      this.unescaped[to++] = byte;
      if (byte === QUOTE) i++;
    }
    this.source = this.unescaped;
    this.start = 0;
    this.end = to;
  }
}

/**
 * Where to cut: behind the last record that certainly ends within `bytes`, which begin with a record and go on behind their
 * end. 0 where that cannot be told of any.
 */
export function lastRecordEnd(bytes: Buffer, limit: number): number {
  if (bytes.indexOf(QUOTE) === -1) return bytes.lastIndexOf(LF) + 1;
  const cells = new Cells(bytes, 1, limit);
  let cut = 0;
  while (cells.beginRecord()) {
    let found: Found;
    do found = cells.next();
    while (found === CELL);
    if (found !== LAST_CELL) {
      // What seems broken may only go on behind the end.
      if (bytes.length - cut < limit) break;
      cells.skipLine();
    }
    if (bytes[cells.at - 1] !== LF) break;
    cut = cells.at;
  }
  return cut;
}
