import type { MiddlewareHandler } from 'hono';
import { answerProblem } from './problems.ts';

/** Not a rate limit: only so many that, in a flood, those taken on are still answered in time. */
export const MAX_IN_FLIGHT = 1000;

/** 429 beyond MAX_IN_FLIGHT requests at once. */
export function limitInFlight(): MiddlewareHandler {
  let inFlight = 0;
  return async (c, next) => {
    if (inFlight >= MAX_IN_FLIGHT) {
      return answerProblem(c, {
        name: 'too-many-requests',
        detail: `${MAX_IN_FLIGHT} requests are being answered. Try again.`,
        headers: { 'Retry-After': '1' },
      });
    }
    inFlight += 1;
    try {
      return await next();
    } finally {
      inFlight -= 1;
    }
  };
}
