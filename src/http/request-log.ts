import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { AppEnv, Dependencies } from './dependencies.ts';
import type { Metrics } from './metrics.ts';

const REQUEST_ID = /^[\w\-=]{1,255}$/;

/** What each request leaves behind: its id (the caller's own, if it is a plain one), a line in the log, and its count. */
export function requestLog(
  { logger, logRequest, newRequestId }: Dependencies,
  metrics: Metrics,
): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const start = performance.now();
    const theirs = c.req.header('x-request-id');
    const requestId = theirs !== undefined && REQUEST_ID.test(theirs) ? theirs : newRequestId();
    c.set('requestId', requestId);
    metrics.begin();
    await next();
    const { method, path } = c.req;
    const { status } = c.res;
    // The last one that was run: the route that answered, or a middleware where none did.
    const route = matchedRoutes(c)[c.req.routeIndex]?.path ?? '';
    const end = (more?: Record<string, unknown>): void => {
      const passedMs = performance.now() - start;
      metrics.end(route, status, passedMs / 1000);
      const ms = Math.round(passedMs * 10) / 10;
      const line = { requestId, method, path, status, ms };
      if (more === undefined) logRequest(line);
      else logger.info({ ...line, ...more }, 'request');
    };
    const ended = c.get('ended');
    if (ended === undefined) end();
    else void ended.then(end);
  };
}
