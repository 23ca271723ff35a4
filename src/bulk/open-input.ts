import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { Vocabulary } from '../rulebook/vocabulary.ts';
import type { Place } from './chunks.ts';
import { type Column, type ColumnOptions, type ColumnProblem, readColumns } from './columns.ts';
import { cellDecoder } from './csv-columns.ts';
import { csvRecords } from './csv-records.ts';
import { type Format, RECORD_BYTES } from './task.ts';

export interface OpenInput {
  file: FileHandle;
  size: number;
  /** What tells this file from another, or from itself after a change. */
  fingerprint: string;
  /** Where the first case begins. */
  start: Place;
  /** Of a CSV file; empty for NDJSON. */
  columns: Column[];
}

export type InputProblem =
  | { code: 'cannot-read'; reason: string }
  | { code: 'empty' | 'utf-16' | 'not-utf-8' | 'not-this-encoding' | 'bad-header' }
  | ({ code: ColumnProblem['code'] } & ColumnProblem)
  /** So many columns are wrong beyond those that are listed. */
  | { code: 'more-columns'; more: number };

interface InputOptions extends ColumnOptions {
  format: Format;
  /** A label of TextDecoder. */
  encoding: string;
}

const FINGERPRINTED = 1_048_576;
const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16_BOMS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

type Opened = { input: OpenInput } | { problems: InputProblem[] };

/** Opens the input and understands its header; nothing is decided before that. */
export async function openInput(
  path: string,
  vocabulary: Vocabulary,
  options: InputOptions,
): Promise<Opened> {
  const file = await open(path).catch((error: Error) => error);
  if (file instanceof Error) return { problems: [{ code: 'cannot-read', reason: file.message }] };
  const read = await understand(file, vocabulary, options);
  if ('problems' in read) await file.close();
  return read;
}

async function understand(file: FileHandle, vocabulary: Vocabulary, options: InputOptions): Promise<Opened> {
  const stat = await file.stat();
  if (!stat.isFile()) return { problems: [{ code: 'cannot-read', reason: 'not a file' }] };
  const first = Buffer.alloc(Math.min(stat.size, FINGERPRINTED));
  const { bytesRead } = await file.read(first, 0, first.length, 0);
  const bytes = first.subarray(0, bytesRead);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const fingerprint = `${stat.size} ${stat.mtimeMs} ${sha256}`;
  const problem = encodingProblem(bytes, options);
  if (problem) return { problems: [problem] };

  const bom = startsWith(bytes, UTF8_BOM) ? UTF8_BOM.length : 0;
  const input = { file, size: stat.size, fingerprint };
  if (options.format === 'ndjson')
    return { input: { ...input, start: { offset: bom, line: 1 }, columns: [] } };
  const header = readHeader(bytes.subarray(bom), options.encoding);
  if ('problem' in header) return { problems: [header.problem] };
  const { columns, problems, moreProblems } = readColumns(header.headings, vocabulary, options);
  if (moreProblems > 0) return { problems: [...problems, { code: 'more-columns', more: moreProblems }] };
  if (problems.length > 0) return { problems };
  const { offset, line } = header.end;
  return { input: { ...input, start: { offset: bom + offset, line }, columns } };
}

const startsWith = (bytes: Buffer, start: Buffer): boolean => bytes.subarray(0, start.length).equals(start);

function encodingProblem(bytes: Buffer, { encoding }: InputOptions): InputProblem | null {
  if (bytes.length === 0) return { code: 'empty' };
  // Text in the encodings that are read has no NUL; in UTF-16 every other byte of a digit or a comma is one.
  if (UTF16_BOMS.some((bom) => startsWith(bytes, bom)) || bytes.subarray(0, 4096).includes(0))
    return { code: 'utf-16' };
  if (startsWith(bytes, UTF8_BOM) && encoding !== 'utf-8') return { code: 'not-this-encoding' };
  return null;
}

function readHeader(
  bytes: Buffer,
  encoding: string,
): { headings: string[]; end: Place } | { problem: InputProblem } {
  const decode = cellDecoder(encoding);
  const [header] = csvRecords(bytes, 1, RECORD_BYTES.csv);
  if (!header) return { problem: { code: 'empty' } };
  if (header.fault !== null) return { problem: { code: 'bad-header' } };
  const headings = header.cells.map(decode);
  return headings.every((heading) => heading !== null)
    ? { headings, end: header.next }
    : { problem: { code: encoding === 'utf-8' ? 'not-utf-8' : 'not-this-encoding' } };
}
