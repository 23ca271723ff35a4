import { Hono } from 'hono';
import { etag, RETAINED_304_HEADERS } from 'hono/etag';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { showDecision } from './decision.ts';
import { evaluate } from './evaluate.ts';
import { showFacts } from './facts.ts';
import { healthz, readyz } from './health.ts';
import { limitInFlight } from './in-flight.ts';
import type { AppEnv, Parts } from './parts.ts';
import { answerProblem } from './problems.ts';
import { requestLog } from './request-log.ts';
import { RULE_SET_PATH, showRuleSet } from './rule-set.ts';
import { listRuleSets } from './rule-sets.ts';
import { unexpected } from './unexpected.ts';

export function createApp(parts: Parts): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(requestId());
  app.use(requestLog(parts.logger));
  app.use(async (c, next) => {
    // Answers tell of a person's case, or of this moment; the routes that may be kept say so themselves.
    c.header('Cache-Control', 'no-store');
    await next();
  });
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        answerProblem(c, {
          name: 'method-not-allowed',
          detail: `This path takes ${methods.join(', ')}.`,
          headers: { Allow: methods.join(', ') },
        }),
    }),
  );
  const withETag = etag({ retainedHeaders: [...RETAINED_304_HEADERS, 'x-request-id'] });

  app.post('/evaluate', limitInFlight(), evaluate(parts));
  app.get('/rule-sets', listRuleSets(parts));
  app.get(RULE_SET_PATH, withETag, showRuleSet(parts));
  app.get(`${RULE_SET_PATH}/facts`, withETag, showFacts(parts));
  app.get('/decisions/:id', showDecision(parts));
  app.get('/healthz', healthz);
  app.get('/readyz', readyz(parts));

  app.notFound((c) =>
    answerProblem(c, { name: 'unknown-path', detail: `There is nothing at ${c.req.path}.` }),
  );
  app.onError(unexpected(parts.logger));
  return app;
}
