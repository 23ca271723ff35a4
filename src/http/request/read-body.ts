import { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { AppEnv } from '../dependencies.ts';
import type { HttpProblem } from '../problems.ts';

export const MAX_BODY_BYTES = 1024 * 1024;
/** For a whole body, or a whole line of a batch: who sends it byte by byte is not waited for. */
export const BODY_DEADLINE_MS = 60_000;

type Body = { bytes: Uint8Array } | { problem: HttpProblem };

/**
 * The body as it arrives. From Node's own request where there is one: asking the `Request` would first make one, which
 * takes longer than all else that is done for the answer.
 */
export function bodyOf(c: Context<AppEnv>): Readable {
  return c.env?.incoming ?? (c.req.raw.body ? Readable.fromWeb(c.req.raw.body) : Readable.from([]));
}

/**
 * The body's bytes, or why they cannot be had. What comes after a problem is read and dropped, so that the caller can end
 * what it is sending, and learn of the problem. Whether the body is late is asked when a piece of it arrives; a connection
 * on which nothing arrives is closed by the server.
 */
export function readBody(body: Readable): Promise<Body> {
  const start = performance.now();
  const pieces: Buffer[] = [];
  let size = 0;
  return new Promise((resolve) => {
    const refuse = (problem: HttpProblem): void => {
      pieces.length = 0;
      resolve({ problem });
    };
    body.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size > MAX_BODY_BYTES) refuse(tooLarge);
      else if (performance.now() - start > BODY_DEADLINE_MS) refuse(tooLate);
      else pieces.push(piece);
    });
    body.once('end', () => {
      const [only = Buffer.alloc(0), ...more] = pieces;
      resolve({ bytes: more.length === 0 ? only : Buffer.concat(pieces) });
    });
    for (const event of ['error', 'close']) body.once(event, () => refuse(notWhole));
  });
}

const notWhole: HttpProblem = { name: 'malformed-request', detail: 'The body did not arrive whole.' };

export const tooLarge: HttpProblem = {
  name: 'body-too-large',
  detail: `A body may have ${MAX_BODY_BYTES} bytes.`,
  members: { maxBytes: MAX_BODY_BYTES },
};

export const tooLate: HttpProblem = {
  name: 'request-timeout',
  detail: `A body may take ${BODY_DEADLINE_MS / 1000} s to arrive.`,
  headers: { Connection: 'close' },
};
