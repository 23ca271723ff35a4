import { Hono } from 'hono';
import { etag, RETAINED_304_HEADERS } from 'hono/etag';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { DecisionTemplate } from '../engine/answer/template.ts';
import type { Judging } from '../operations/evaluate.ts';
import { rulesChooser } from '../operations/versions.ts';
import { quoted } from '../rulebook/bounded-list.ts';
import { refuseOtherHosts } from './allowed-hosts.ts';
import type { AppEnv, Dependencies } from './dependencies.ts';
import { limitInFlight, MAX_IN_FLIGHT } from './in-flight.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { answerProblem, problemOf } from './problems.ts';
import { requestLog } from './request-log.ts';
import { addDecisionRoutes } from './routes/decisions.ts';
import { evaluate, evaluateBatch, MAX_BATCHES, tryOut } from './routes/evaluate.ts';
import { healthz, readyz } from './routes/health.ts';
import { addRuleSetRoutes } from './routes/rule-sets.ts';
import { addVersionRoutes } from './routes/versions.ts';

export function createApp(dependencies: Dependencies): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const metrics = createMetrics(dependencies.registry);
  const onDisagreement = disagreementWatch(dependencies, metrics);
  const evaluating = { ...dependencies, chooseRules: rulesChooser(dependencies), onDisagreement };
  app.use(requestLog(dependencies, metrics));
  app.use(refuseOtherHosts(dependencies.allowedHosts));

  // These stand before the middleware that the other routes run through, and set its headers themselves: it costs less.
  const limit = limitInFlight(MAX_IN_FLIGHT);
  app.post('/evaluate', limit, evaluate(evaluating));
  app.post('/try', limit, tryOut(evaluating));
  app.post('/evaluate/batch', limit, limitInFlight(MAX_BATCHES), evaluateBatch(evaluating));

  app.use(async (c, next) => {
    c.header('X-Request-Id', c.get('requestId'));
    // Answers tell of a person's case, or of this moment; the routes that may be kept say so themselves.
    c.header('Cache-Control', 'no-store');
    await next();
  });
  const withETag = etag({ retainedHeaders: [...RETAINED_304_HEADERS, 'x-request-id'] });
  addRuleSetRoutes(app, withETag, evaluating);
  addVersionRoutes(app, withETag, dependencies);
  addDecisionRoutes(app, dependencies);
  app.get('/healthz', healthz);
  app.get('/readyz', readyz(dependencies));
  app.get('/metrics', async (c) =>
    c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType }),
  );

  // After the routes: only what none of them took comes this far.
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
  app.notFound((c) =>
    answerProblem(c, { name: 'unknown-path', detail: `There is nothing at ${quoted(c.req.path)}.` }),
  );
  app.onError((error, c) => {
    dependencies.logger.error({ requestId: c.get('requestId'), err: error }, 'a request failed');
    return answerProblem(c, problemOf(error));
  });
  return app;
}

/**
 * Where json-rules-engine and the walk over the conditions disagree, the service answers by json-rules-engine's word: each such
 * case is counted, and what they disagree about is logged once.
 */
function disagreementWatch(
  { logger }: Dependencies,
  { countDisagreement }: Metrics,
): Judging['onDisagreement'] {
  const logged = new WeakSet<DecisionTemplate>();
  return ({ ruleSet, version }, template) => {
    const { prefecture, incident } = ruleSet;
    const { disagreements } = template;
    countDisagreement({ prefecture, incident }, disagreements.length);
    if (logged.has(template)) return;
    logged.add(template);
    logger.warn({ prefecture, incident, version, disagreements }, 'json-rules-engine and the walk disagree');
  };
}
