import type { Context, HonoRequest } from 'hono';
import type { AppEnv } from '../dependencies.ts';
import type { HttpProblem } from '../problems.ts';
import { findSyntaxError } from './json-syntax.ts';
import { bodyOf, readBody } from './read-body.ts';

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
    return { value: JSON.parse(text) };
  } catch {
    const position = findSyntaxError(text);
    const detail = `The JSON goes wrong at line ${position.line}, column ${position.column}.`;
    return { problem: { name: 'malformed-json', detail, members: { ...position } } };
  }
}
