import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ndjsonLines } from '../../src/http/request/ndjson-lines.ts';
import { MAX_BODY_BYTES } from '../../src/http/request/read-body.ts';
import { runs } from '../fixtures/runs.ts';

async function* stream(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

/** [number, text], or [number, problem's name]. */
async function read(pieces: Iterable<Uint8Array>): Promise<[number, string][]> {
  const lines: [number, string][] = [];
  for await (const some of ndjsonLines(stream(pieces))) {
    for (const line of some) {
      const { number } = line;
      lines.push([number, 'problem' in line ? line.problem.name : Buffer.from(line.bytes).toString()]);
    }
  }
  return lines;
}

function* cut(bytes: Buffer, sizes: number[]): Generator<Uint8Array> {
  let start = 0;
  for (let i = 0; start < bytes.length; i++) {
    const end = start + (sizes[i % sizes.length] ?? 1);
    yield bytes.subarray(start, end);
    start = end;
  }
}

test('however it is cut into pieces, a body has the same lines', async () => {
  const line = fc.oneof(
    fc.constantFrom('', ' \t', '\r', '{"a":1}', '{"a":1}\r', '補償😀'),
    fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll('\n', '')),
  );
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 12 }), sizes, async (lines, pieces) => {
      const expected = lines
        .map((text, i): [number, string] => [i + 1, text])
        .filter(([, text]) => !/^[ \t\r]*$/.test(text));
      expect(await read(cut(Buffer.from(lines.join('\n')), pieces))).toEqual(expected);
    }),
    { numRuns: runs(500) },
  );
});

const filled = (bytes: number): Buffer => Buffer.alloc(bytes, 'x');

test('a line at the limit and one over it', async () => {
  const bytes = [filled(MAX_BODY_BYTES), Buffer.from('\n'), filled(MAX_BODY_BYTES), Buffer.from('x\r\nlast')];
  for (const pieces of [bytes, [Buffer.concat(bytes)], cut(Buffer.concat(bytes), [65_536])]) {
    const [first, second, third, ...more] = await read(pieces);
    expect(first?.[1]).toHaveLength(MAX_BODY_BYTES);
    expect([second, third, more]).toEqual([[2, 'body-too-large'], [3, 'last'], []]);
  }
});

test('a line without end is not kept', async () => {
  let most = 0;
  function* endless(): Generator<Uint8Array> {
    for (let i = 0; i < 1024; i++) {
      most = Math.max(most, process.memoryUsage().arrayBuffers);
      yield filled(1024 * 1024);
    }
    yield Buffer.from('\n{}');
  }
  expect(await read(endless())).toEqual([
    [1, 'body-too-large'],
    [2, '{}'],
  ]);
  expect(most).toBeLessThan(512 * 1024 * 1024);
});
