import { Hono } from 'hono';
import { etag, RETAINED_304_HEADERS } from 'hono/etag';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { quoted } from '../rulebook/bounded-list.ts';
import { refuseOtherHosts } from './allowed-hosts.ts';
import { limitInFlight, MAX_IN_FLIGHT } from './in-flight.ts';
import { createMetrics } from './metrics.ts';
import type { AppEnv, Parts } from './parts.ts';
import { answerProblem } from './problems.ts';
import { requestLog } from './request-log.ts';
import { showAnswerSchema } from './routes/answer-schema.ts';
import { showDecision } from './routes/decision.ts';
import { explainDecision } from './routes/decision-explanation.ts';
import { decisionReceipt } from './routes/decision-receipt.ts';
import { replayDecision } from './routes/decision-replay.ts';
import { listDecisions } from './routes/decisions.ts';
import { DIFF_PATH, showDiff } from './routes/diff.ts';
import { evaluate } from './routes/evaluate.ts';
import { evaluateBatch, MAX_BATCHES } from './routes/evaluate-batch.ts';
import { showFacts } from './routes/facts.ts';
import { healthz, readyz } from './routes/health.ts';
import { RULE_SET_PATH, showRuleSet } from './routes/rule-set.ts';
import { listRuleSets } from './routes/rule-sets.ts';
import { showVersion, showVersionVocabulary, VERSION_PATH } from './routes/version.ts';
import { listVersions, VERSIONS_PATH } from './routes/versions.ts';
import { unexpected } from './unexpected.ts';

export function createApp(parts: Parts): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const metrics = createMetrics(parts.shelf);
  app.use(requestLog(parts, metrics));
  app.use(refuseOtherHosts(parts.allowedHosts));

  // These two stand before the middleware that the other routes run through, and set its headers themselves: it costs less.
  const limit = limitInFlight(MAX_IN_FLIGHT);
  app.post('/evaluate', limit, evaluate(parts));
  app.post('/evaluate/batch', limit, limitInFlight(MAX_BATCHES), evaluateBatch(parts));

  app.use(async (c, next) => {
    c.header('X-Request-Id', c.get('requestId'));
    // Answers tell of a person's case, or of this moment; the routes that may be kept say so themselves.
    c.header('Cache-Control', 'no-store');
    await next();
  });
  const withETag = etag({ retainedHeaders: [...RETAINED_304_HEADERS, 'x-request-id'] });
  app.get('/rule-sets', listRuleSets(parts));
  app.get(RULE_SET_PATH, withETag, showRuleSet(parts));
  app.get(`${RULE_SET_PATH}/facts`, withETag, showFacts(parts));
  app.get(VERSIONS_PATH, listVersions(parts));
  app.get(VERSION_PATH, withETag, showVersion(parts));
  app.get(`${VERSION_PATH}/vocabulary`, withETag, showVersionVocabulary(parts));
  app.get(DIFF_PATH, withETag, showDiff(parts));
  app.get('/schemas/answer', withETag, showAnswerSchema());
  app.get('/decisions', listDecisions(parts));
  app.get('/decisions/:id', showDecision(parts));
  app.get('/decisions/:id/explanation', explainDecision(parts));
  app.get('/decisions/:id/receipt', decisionReceipt(parts));
  app.post('/decisions/:id/replay', replayDecision(parts));
  app.get('/healthz', healthz);
  app.get('/readyz', readyz(parts));
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
  app.onError(unexpected(parts.logger));
  return app;
}
