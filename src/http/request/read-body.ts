/** Bodies of requests: their bytes as they arrive, and the JSON that they are. */
import { Readable } from 'node:stream';
import type { Context, HonoRequest } from 'hono';
import { REPEATED_KEY, repeatedKey, repeatedKeyWords } from '../../engine/facts/repeated-key.ts';
import { CORRECT } from '../../operations/evaluate-json.ts';
import { fieldError } from '../../operations/refusal.ts';
import type { AppEnv } from '../dependencies.ts';
import type { HttpProblem } from '../problems.ts';
import { findSyntaxError } from './json-syntax.ts';

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
function readBody(body: Readable): Promise<Body> {
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

const JSON_TYPE = 'application/json';
const utf8 = new TextDecoder('utf-8', { fatal: true });

type Json = { value: unknown } | { problem: HttpProblem };

/** The body's JSON, or what is wrong with it. */
export async function readJson(c: Context<AppEnv>): Promise<Json> {
  const unsupported = refuseType(c.req, JSON_TYPE);
  if (unsupported) return { problem: unsupported };
  const body = await readBody(bodyOf(c));
  return 'problem' in body ? body : parseJson(body.bytes);
}

/** A problem where the body is of another type than this one, or compressed. */
export function refuseType(request: HonoRequest, accepted: string): HttpProblem | null {
  const type = request.header('content-type');
  const encoding = request.header('content-encoding');
  const isType = type === accepted || type?.split(';')[0]?.trim().toLowerCase() === accepted;
  const isPlain = encoding === undefined || /^(identity)?$/i.test(encoding.trim());
  if (isType && isPlain) return null;
  return {
    name: 'unsupported-media-type',
    detail: `Send the body as ${accepted} in UTF-8, without a Content-Encoding.`,
    members: { accepted: [accepted] },
    headers: { Accept: accepted, 'Accept-Encoding': 'identity' },
  };
}

export function parseJson(bytes: Uint8Array): Json {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { problem: { name: 'malformed-json', detail: 'The body is not UTF-8.' } };
  }
  try {
    const value: unknown = JSON.parse(text);
    const repeated = repeatedKey(text, value);
    if (repeated === null) return { value };
    const { pointer } = repeated;
    const error = fieldError({ pointer }, REPEATED_KEY, repeatedKeyWords(repeated));
    return { problem: { name: 'invalid-request', detail: CORRECT, errors: [error] } };
  } catch {
    const position = findSyntaxError(text);
    const detail = `The JSON goes wrong at line ${position.line}, column ${position.column}.`;
    return { problem: { name: 'malformed-json', detail, members: { ...position } } };
  }
}
