/** Every error this service answers with (RFC 9457). Callers rely on the `type`, people read the rest. */
import type { Context } from 'hono';
import { StoreUnavailable } from '../decisions/store.ts';
import type { Refusal } from '../operations/refusal.ts';
import type { AppEnv } from './dependencies.ts';

/** `type` is urn:hosho:problem:<name>. A name, once released, keeps its meaning and its status. */
const PROBLEMS = {
  'malformed-request': { status: 400, title: 'The request could not be read' },
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  'invalid-request': { status: 400, title: 'The body is not a request for an evaluation' },
  'invalid-idempotency-key': {
    status: 400,
    title: 'The Idempotency-Key is too long or has characters that it cannot have',
  },
  'invalid-query': { status: 400, title: 'A parameter of the query is wrong, missing or unknown' },
  'invalid-id': { status: 400, title: 'This is not the id of a decision' },
  'unknown-path': { status: 404, title: 'There is nothing at this path' },
  'unknown-rule-set': { status: 404, title: 'There is no such rule set' },
  'unknown-version': { status: 404, title: 'There is no such version of this rule set' },
  'unknown-decision': { status: 404, title: 'There is no decision with this id' },
  'method-not-allowed': { status: 405, title: 'This path does not take this method' },
  'request-timeout': { status: 408, title: 'The body did not arrive in time' },
  'idempotency-conflict': { status: 409, title: 'The Idempotency-Key was used for another request' },
  erased: { status: 410, title: 'The facts and the answer of this decision were erased' },
  'body-too-large': { status: 413, title: 'The body is over 1 MiB' },
  'unsupported-media-type': { status: 415, title: 'This path does not take such a body' },
  'misdirected-request': { status: 421, title: 'The service does not answer for this host' },
  'unreadable-version': { status: 422, title: 'This program cannot read that version of the rule set' },
  'invalid-facts': { status: 422, title: 'The facts do not fit the vocabulary' },
  'too-many-requests': { status: 429, title: 'Too many requests are being answered' },
  'partial-decision': {
    status: 500,
    title: 'Only some of the facts, the answer and the salt of this decision are there',
  },
  'unreadable-answer': { status: 500, title: 'The logged answer cannot be read' },
  'internal-error': { status: 500, title: 'Something is wrong in the service' },
  'no-signing-key': { status: 501, title: 'This service has no key to sign receipts with' },
  'store-unavailable': { status: 503, title: 'The decision store does not answer' },
  'not-ready': { status: 503, title: 'The service is not ready' },
} as const;

/** A refusal of an operation, or one of HTTP's own. */
export interface HttpProblem extends Omit<Refusal, 'name'> {
  name: keyof typeof PROBLEMS;
  headers?: Record<string, string>;
}

export function answerProblem(c: Context<AppEnv>, problem: HttpProblem): Response {
  const { status } = PROBLEMS[problem.name];
  return c.body(problemBody(problem), status, { 'X-Request-Id': c.get('requestId'), ...headersOf(problem) });
}

/** For where there is no context yet. */
export const problemResponse = (problem: HttpProblem): Response =>
  new Response(problemBody(problem), { status: PROBLEMS[problem.name].status, headers: headersOf(problem) });

export function problemBody({ name, detail, errors, moreErrors = 0, members }: HttpProblem): string {
  const { status, title } = PROBLEMS[name];
  const more = moreErrors > 0 ? { moreErrors } : {};
  const type = `urn:hosho:problem:${name}`;
  return JSON.stringify({ type, title, status, detail, errors, ...more, ...members });
}

const headersOf = ({ headers }: HttpProblem): Record<string, string> => ({
  'Cache-Control': 'no-store',
  ...headers,
  'Content-Type': 'application/problem+json',
});

/** What a caller may know of whatever a route throws: what went wrong inside is for the log alone. */
export function problemOf(error: unknown): HttpProblem {
  if (!(error instanceof StoreUnavailable))
    return {
      name: 'internal-error',
      detail: 'The log tells more under the request id in the header X-Request-Id.',
    };
  return {
    name: 'store-unavailable',
    detail: 'No decision was given, because it could not be logged. Try again.',
    headers: { 'Retry-After': '2' },
  };
}
