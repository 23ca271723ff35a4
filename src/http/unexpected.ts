import type { ErrorHandler } from 'hono';
import type { Logger } from 'pino';
import { StoreUnavailable } from '../decisions/store.ts';
import type { AppEnv } from './dependencies.ts';
import { answerProblem, type HttpProblem } from './problems.ts';

/** Whatever a route throws. What went wrong inside is for the log alone. */
export function unexpected(logger: Logger): ErrorHandler<AppEnv> {
  return (error, c) => {
    logger.error({ requestId: c.get('requestId'), err: error }, 'a request failed');
    return answerProblem(c, problemOf(error));
  };
}

/** What a caller may know of it. */
export function problemOf(error: unknown): HttpProblem {
  if (error instanceof StoreUnavailable) {
    return {
      name: 'store-unavailable',
      detail: 'No decision was given, because it could not be logged. Try again.',
      headers: { 'Retry-After': '2' },
    };
  }
  return {
    name: 'internal-error',
    detail: 'The log tells more under the request id in the header X-Request-Id.',
  };
}
