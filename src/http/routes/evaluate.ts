import type { Context, Handler } from 'hono';
import type { Evaluating } from '../../operations/evaluate.ts';
import { evaluateJson, tryJson } from '../../operations/evaluate-json.ts';
import type { Judging } from '../../operations/judge.ts';
import type { AppEnv } from '../dependencies.ts';
import { answerProblem } from '../problems.ts';
import { refuseKey } from '../request/idempotency-key.ts';
import { readJson } from '../request/json-body.ts';

/** Decides, logs and answers. */
export function evaluate(evaluating: Evaluating): Handler<AppEnv> {
  return async (c) => {
    const key = c.req.header('idempotency-key');
    const badKey = refuseKey(key);
    if (badKey) return answerProblem(c, badKey);
    const body = await readJson(c);
    if ('problem' in body) return answerProblem(c, body.problem);
    const evaluated = await evaluateJson(evaluating, body.value, key);
    if ('problem' in evaluated) return answerProblem(c, evaluated.problem);
    return answerJson(c, evaluated.answer, evaluated.repeated);
  };
}

/** The same, and nothing is logged: an Idempotency-Key has no meaning here. */
export function tryOut(judging: Judging): Handler<AppEnv> {
  return async (c) => {
    const body = await readJson(c);
    if ('problem' in body) return answerProblem(c, body.problem);
    const tried = await tryJson(judging, body.value);
    if ('problem' in tried) return answerProblem(c, tried.problem);
    return answerJson(c, tried.answer, false);
  };
}

/** Not c.body(): with more than one header it makes a Headers object, which takes longer than reading the request. */
const answerJson = (c: Context<AppEnv>, answer: string, isRepeated: boolean): Response =>
  new Response(answer, {
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'X-Request-Id': c.get('requestId'),
      ...(isRepeated && { 'Idempotency-Replayed': 'true' }),
    },
  });
