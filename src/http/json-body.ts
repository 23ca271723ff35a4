import type { HonoRequest } from 'hono';
import { findSyntaxError } from './json-syntax.ts';
import type { HttpProblem } from './problems.ts';
import { readBody } from './read-body.ts';

const ACCEPTED = 'application/json';
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The body's JSON, or what is wrong with it. */
export async function readJson(request: HonoRequest): Promise<{ value: unknown } | { problem: HttpProblem }> {
  const mediaType = request.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  const encoding = request.header('content-encoding')?.trim().toLowerCase() || 'identity';
  if (mediaType !== ACCEPTED || encoding !== 'identity') return { problem: unsupported() };
  const body = await readBody(request.raw);
  if ('problem' in body) return body;
  let text: string;
  try {
    text = utf8.decode(body.bytes);
  } catch {
    return { problem: { name: 'malformed-json', detail: 'The body is not UTF-8.' } };
  }
  return parse(text);
}

function parse(text: string): { value: unknown } | { problem: HttpProblem } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    const position = findSyntaxError(text);
    const detail = `The JSON goes wrong at line ${position.line}, column ${position.column}.`;
    return { problem: { name: 'malformed-json', detail, members: { ...position } } };
  }
}

const unsupported = (): HttpProblem => ({
  name: 'unsupported-media-type',
  detail: `Send the body as ${ACCEPTED} in UTF-8, without a Content-Encoding.`,
  members: { accepted: [ACCEPTED] },
  headers: { Accept: ACCEPTED, 'Accept-Encoding': 'identity' },
});
