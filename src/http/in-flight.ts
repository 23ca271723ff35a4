import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './dependencies.ts';
import { answerProblem } from './problems.ts';

/** Not a rate limit: only so many that, in a flood, those taken on are still answered in time. */
export const MAX_IN_FLIGHT = 1000;

/** 429 beyond so many requests at once. */
export function limitInFlight(most: number): MiddlewareHandler<AppEnv> {
  let inFlight = 0;
  const leave = (): void => {
    inFlight -= 1;
  };
  return async (c, next) => {
    if (inFlight >= most)
      return answerProblem(c, {
        name: 'too-many-requests',
        detail: `${most} requests are being answered. Try again.`,
        headers: { 'Retry-After': '1' },
      });
    inFlight += 1;
    try {
      return await next();
    } finally {
      const ended = c.get('ended');
      if (ended === undefined) leave();
      else void ended.then(leave);
    }
  };
}
