import type { FileHandle } from 'node:fs/promises';
import { lastRecordEnd } from './csv-records.ts';
import { type Format, RECORD_BYTES } from './task.ts';

/** Whole records of the input, in the order of the file. */
export interface Chunk {
  bytes: Buffer<ArrayBuffer>;
  /** Physical line, from 1, on which the first record begins. */
  line: number;
}

/** A chunk with the place behind it, where reading can begin again. */
export interface PlacedChunk extends Chunk {
  next: Place;
}

export interface Place {
  /** Bytes from the start of the file. */
  offset: number;
  /** Physical line, from 1. */
  line: number;
}

export interface Cutting {
  /** About so many bytes a chunk. */
  chunkBytes: number;
  /** The longest record; a longer one is handed on without its end, as one byte more than this. */
  recordBytes: number;
  /** Where to cut bytes that begin with a record and go on behind their end; 0 where it cannot be told. */
  lastRecordEnd(bytes: Buffer): number;
}

const LF = 0x0a;

export function cuttingOf(format: Format, chunkBytes: number): Cutting {
  const recordBytes = RECORD_BYTES[format];
  if (format === 'csv')
    return { chunkBytes, recordBytes, lastRecordEnd: (bytes) => lastRecordEnd(bytes, recordBytes) };
  return { chunkBytes, recordBytes, lastRecordEnd: (bytes) => bytes.lastIndexOf(LF) + 1 };
}

/** Reads from `from`, which is the start of a record. What is held at a time is one chunk and one record. */
export async function* readChunks(
  file: FileHandle,
  from: Place,
  { chunkBytes, recordBytes, lastRecordEnd }: Cutting,
): AsyncGenerator<PlacedChunk> {
  let { offset, line } = from;
  let held = Buffer.alloc(0);
  for (;;) {
    const bytes = await readOn(file, offset, held, chunkBytes);
    const isEnd = bytes.length === held.length;
    if (isEnd && bytes.length === 0) return;
    const cut = isEnd ? bytes.length : lastRecordEnd(bytes);
    const isTooLong = cut === 0 && bytes.length > recordBytes;
    held = bytes;
    if (cut === 0 && !isTooLong) continue;
    held = isTooLong ? Buffer.alloc(0) : Buffer.copyBytesFrom(bytes, cut);
    const chunk = { bytes: bytes.subarray(0, isTooLong ? recordBytes + 1 : cut), line };
    line += isTooLong ? 1 : linesIn(chunk.bytes);
    offset = isTooLong ? await endOfLine(file, offset + bytes.length, chunkBytes) : offset + cut;
    yield { ...chunk, next: { offset, line } };
  }
}

/** A new buffer of what is held, which the file has at `offset`, and the bytes behind it. */
async function readOn(
  file: FileHandle,
  offset: number,
  held: Uint8Array,
  length: number,
): Promise<Buffer<ArrayBuffer>> {
  const buffer = Buffer.allocUnsafeSlow(held.length + length);
  buffer.set(held);
  const { bytesRead } = await file.read(buffer, held.length, length, offset + held.length);
  return buffer.subarray(0, held.length + bytesRead);
}

/** Behind the first LF at or after `position`, or the end of the file. */
async function endOfLine(file: FileHandle, position: number, length: number): Promise<number> {
  for (let at = position; ; ) {
    const bytes = await readOn(file, at, Buffer.alloc(0), length);
    if (bytes.length === 0) return at;
    const end = bytes.indexOf(LF);
    if (end !== -1) return at + end + 1;
    at += bytes.length;
  }
}

/** What follows the last LF is a line, too. */
function linesIn(bytes: Buffer): number {
  let lines = bytes.at(-1) === LF ? 0 : 1;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) lines += 1;
  return lines;
}
