import { Hono } from 'hono';
import { etag, RETAINED_304_HEADERS } from 'hono/etag';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { rulesChooser } from '../operations/choose-rules.ts';
import { quoted } from '../rulebook/bounded-list.ts';
import { refuseOtherHosts } from './allowed-hosts.ts';
import type { AppEnv, Dependencies } from './dependencies.ts';
import { disagreementWatch } from './disagreement-watch.ts';
import { limitInFlight, MAX_IN_FLIGHT } from './in-flight.ts';
import { createMetrics } from './metrics.ts';
import { answerProblem } from './problems.ts';
import { requestLog } from './request-log.ts';
import { showAnswerSchema } from './routes/answer-schema.ts';
import { showDecision } from './routes/decision.ts';
import { explainDecision } from './routes/decision-explanation.ts';
import { decisionReceipt } from './routes/decision-receipt.ts';
import { replayDecision } from './routes/decision-replay.ts';
import { listDecisions } from './routes/decisions.ts';
import { DIFF_PATH, showDiff } from './routes/diff.ts';
import { evaluate, tryOut } from './routes/evaluate.ts';
import { evaluateBatch, MAX_BATCHES } from './routes/evaluate-batch.ts';
import { showFacts } from './routes/facts.ts';
import { healthz, readyz } from './routes/health.ts';
import { RULE_SET_PATH, showRuleSet } from './routes/rule-set.ts';
import { listRuleSets } from './routes/rule-sets.ts';
import { showVersion, showVersionVocabulary, VERSION_PATH } from './routes/version.ts';
import { showVersions, VERSIONS_PATH } from './routes/versions.ts';
import { unexpected } from './unexpected.ts';

export function createApp(dependencies: Dependencies): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const metrics = createMetrics(dependencies.registry);
  const onDisagreement = disagreementWatch(dependencies.logger, metrics.countDisagreement);
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
  app.get('/rule-sets', listRuleSets(dependencies));
  app.get(RULE_SET_PATH, withETag, showRuleSet(dependencies));
  app.get(`${RULE_SET_PATH}/facts`, withETag, showFacts(dependencies));
  app.get(VERSIONS_PATH, showVersions(dependencies));
  app.get(VERSION_PATH, withETag, showVersion(dependencies));
  app.get(`${VERSION_PATH}/vocabulary`, withETag, showVersionVocabulary(dependencies));
  app.get(DIFF_PATH, withETag, showDiff(dependencies));
  app.get('/schemas/answer', withETag, showAnswerSchema());
  app.get('/decisions', listDecisions(dependencies));
  app.get('/decisions/:id', showDecision(dependencies));
  app.get('/decisions/:id/explanation', explainDecision(dependencies));
  app.get('/decisions/:id/receipt', decisionReceipt(dependencies));
  app.post('/decisions/:id/replay', replayDecision(dependencies));
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
  app.onError(unexpected(dependencies.logger));
  return app;
}
