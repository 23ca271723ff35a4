/** Wherever a file is cut, the same records come out of it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type Cutting, type PlacedChunk, readChunks } from '../../src/bulk/chunks.ts';
import { lastRecordEnd } from '../../src/bulk/csv-records.ts';
import { ndjsonCases } from '../../src/bulk/ndjson-cases.ts';
import { smallVocabulary } from '../rulebook/fixtures.ts';
import { csvFile, type ReadRecord, recordsOf } from './csv-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'hosho-chunks-'));
const path = join(folder, 'input');
afterAll(() => rmSync(folder, { recursive: true }));

async function cut(
  bytes: Uint8Array,
  from: { offset: number; line: number },
  cutting: Cutting,
): Promise<PlacedChunk[]> {
  await writeFile(path, bytes);
  const file = await open(path);
  try {
    const chunks: PlacedChunk[] = [];
    for await (const chunk of readChunks(file, from, cutting)) chunks.push(chunk);
    return chunks;
  } finally {
    await file.close();
  }
}

const START = { offset: 0, line: 1 };
const csv = (chunkBytes: number, recordBytes: number): Cutting => ({
  chunkBytes,
  recordBytes,
  lastRecordEnd: (bytes) => lastRecordEnd(bytes, recordBytes),
});
const lines = (chunkBytes: number, recordBytes: number): Cutting => ({
  chunkBytes,
  recordBytes,
  lastRecordEnd: (bytes) => bytes.lastIndexOf(0x0a) + 1,
});
const readAll = (chunks: PlacedChunk[], limit: number): ReadRecord[] =>
  chunks.flatMap(({ bytes, line }) => recordsOf(bytes, line, limit));

/** Any bytes, sound or not: what matters to CSV, halves of characters in several encodings, and anything else. */
const anyBytes = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(0x22, 0x2c, 0x0a, 0x0d, 0x61) },
      { weight: 1, arbitrary: fc.nat(255) },
    ),
    {
      maxLength: 120,
    },
  )
  .map((bytes) => Buffer.from(bytes));
const sizes = fc.integer({ min: 1, max: 60 });

describe('the records of a CSV file', () => {
  const check = async (bytes: Buffer, chunkBytes: number, recordBytes: number): Promise<void> => {
    const chunks = await cut(bytes, START, csv(chunkBytes, recordBytes));
    const whole = recordsOf(bytes, 1, recordBytes);
    expect(readAll(chunks, recordBytes)).toEqual(whole);
  };
  it('are the same for chunks of any size', () =>
    fc.assert(
      fc.asyncProperty(csvFile, sizes, ({ text }, chunkBytes) => check(Buffer.from(text), chunkBytes, 1000)),
    ));
  it('also where quotes are broken and lines too long', () =>
    fc.assert(fc.asyncProperty(anyBytes, sizes, fc.integer({ min: 4, max: 30 }), check), { numRuns: 500 }));
});

it('a file can be taken up behind any chunk', () =>
  fc.assert(
    fc.asyncProperty(anyBytes, sizes, sizes, fc.nat(), async (bytes, first, then, n) => {
      const limit = 20;
      const chunks = await cut(bytes, START, csv(first, limit));
      const taken = chunks.slice(0, chunks.length === 0 ? 0 : n % chunks.length);
      const rest = await cut(bytes, taken.at(-1)?.next ?? START, csv(then, limit));
      expect(readAll([...taken, ...rest], limit)).toEqual(recordsOf(bytes, 1, limit));
    }),
  ));

it('what is held is bounded by the chunk and the record', async () => {
  const bytes = Buffer.from(`${'a'.repeat(100_000)}\n${'b,c\n'.repeat(10_000)}`);
  for (const { bytes: chunk } of await cut(bytes, START, csv(1000, 500)))
    expect(chunk.buffer.byteLength).toBeLessThanOrEqual(2000);
});

describe('the cases of an NDJSON file', () => {
  const read = (chunks: { bytes: Buffer<ArrayBuffer>; line: number }[], recordBytes: number) => {
    const reader = ndjsonCases(smallVocabulary(), { asOf: 0, recordBytes });
    const found: unknown[] = [];
    for (const chunk of chunks)
      for (const one of reader.read(chunk))
        if (one)
          found.push([one.line, one.problems.listed.map(({ code }) => code), one.reference, one.factsText()]);
    return found;
  };
  const line = fc.constantFrom(
    '',
    '{}',
    '{"reference":"残高","facts":{}}',
    '{"case":{"flag":true}}',
    'not json',
    `{"case":{"note":"${'長'.repeat(30)}"}}`,
  );
  const text = fc.array(line, { maxLength: 8 }).map((all) => all.join('\n'));
  it('are the same for chunks of any size', () =>
    fc.assert(
      fc.asyncProperty(text, sizes, fc.boolean(), async (written, chunkBytes, isBroken) => {
        const bytes = Buffer.from(written);
        if (isBroken && bytes.length > 2) bytes[bytes.length >> 1] = 0xff;
        const chunks = await cut(bytes, START, lines(chunkBytes, 60));
        expect(read(chunks, 60)).toEqual(read([{ bytes: Buffer.from(bytes), line: 1 }], 60));
      }),
    ));
});
