import type { HttpProblem } from '../problems.ts';
import { BODY_DEADLINE_MS, MAX_BODY_BYTES, tooLarge, tooLate } from './read-body.ts';

/** Numbers count from 1, blank lines too. The bytes are without the line's end. */
export type Line = { number: number; bytes: Uint8Array } | { number: number; problem: HttpProblem };

const NEWLINE = 0x0a;
const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0d;

/**
 * The lines of a body that are not blank, as they arrive, those of one piece of it together. What follows the last newline
 * is a line too. A line that is too long is not kept; one that takes too long to arrive is the last.
 * Throws the body's error where it breaks off.
 */
export async function* ndjsonLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<Line[]> {
  let number = 1;
  /** Of the line that has begun. */
  let pieces: Uint8Array[] = [];
  let size = 0;
  let begunAt: number | null = null;

  const take = (piece: Uint8Array): void => {
    size += piece.length;
    if (size > MAX_BODY_BYTES) pieces = [];
    else pieces.push(piece);
  };
  const finish = (): Line => {
    const [only = new Uint8Array(), ...more] = pieces;
    const bytes = more.length === 0 ? only : Buffer.concat(pieces);
    const line: Line = size > MAX_BODY_BYTES ? { number, problem: tooLarge } : { number, bytes };
    number += 1;
    [pieces, size, begunAt] = [[], 0, null];
    return line;
  };

  for await (const piece of body) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, start)) {
      take(piece.subarray(start, end));
      lines.push(finish());
      start = end + 1;
    }
    yield lines.filter(isFilled);
    if (start === piece.length) continue;
    take(piece.subarray(start));
    // After the yield: a caller is not late because we were.
    begunAt ??= performance.now();
    if (performance.now() - begunAt > BODY_DEADLINE_MS) {
      yield [{ number, problem: tooLate }];
      return;
    }
  }
  yield [finish()].filter(isFilled);
}

const isFilled = (line: Line): boolean => 'problem' in line || !line.bytes.every(isBlank);
