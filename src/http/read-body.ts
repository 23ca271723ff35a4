import type { HttpProblem } from './problems.ts';

export const MAX_BODY_BYTES = 1024 * 1024;

type Body = { bytes: Uint8Array } | { problem: HttpProblem };

/** The body's bytes, or why they cannot be had. */
export async function readBody(request: Request): Promise<Body> {
  const { headers } = request;
  const length = headers.has('transfer-encoding') ? null : headers.get('content-length');
  try {
    if (length === null) return request.body ? await readPieces(request.body) : { bytes: new Uint8Array() };
    // Node holds the caller to the length told, so a body within the limit need not be counted.
    if (Number(length) > MAX_BODY_BYTES) return { problem: tooLarge };
    return { bytes: new Uint8Array(await request.arrayBuffer()) };
  } catch {
    return { problem: { name: 'malformed-request', detail: 'The body did not arrive whole.' } };
  }
}

/**
 * For a body whose length is not told. Not `hono/body-limit`: it leaves the rest of a large body unread, so
 * that the connection dies under the caller, and takes a caller that goes away for a bug of ours.
 */
async function readPieces(body: ReadableStream<Uint8Array>): Promise<Body> {
  const reader = body.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { bytes: Buffer.concat(pieces) };
    size += value.length;
    if (size > MAX_BODY_BYTES) {
      discardRest(reader).catch(() => {});
      return { problem: tooLarge };
    }
    pieces.push(value);
  }
}

async function discardRest(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  for (let isDone = false; !isDone; ) ({ done: isDone } = await reader.read());
}

const tooLarge: HttpProblem = {
  name: 'body-too-large',
  detail: `A body may have ${MAX_BODY_BYTES} bytes.`,
  members: { maxBytes: MAX_BODY_BYTES },
};
