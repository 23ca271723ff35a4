import type { Handler } from 'hono';
import type { AppEnv, Parts } from '../parts.ts';
import { answerProblem } from '../problems.ts';
import { refuseKey } from '../request/idempotency-key.ts';
import { readJson } from '../request/json-body.ts';
import { evaluateJson } from './evaluate-json.ts';

export function evaluate({ evaluator }: Parts): Handler<AppEnv> {
  return async (c) => {
    const key = c.req.header('idempotency-key');
    const badKey = refuseKey(key);
    if (badKey) return answerProblem(c, badKey);
    const body = await readJson(c);
    if ('problem' in body) return answerProblem(c, body.problem);
    const evaluated = await evaluateJson(evaluator, body.value, key);
    if ('problem' in evaluated) return answerProblem(c, evaluated.problem);
    // Not c.body(): with more than one header it makes a Headers object, which takes longer than reading the request.
    return new Response(evaluated.answer, {
      headers: {
        'Content-Type': 'application/json',
        'Cache-Control': 'no-store',
        'X-Request-Id': c.get('requestId'),
        ...(evaluated.repeated && { 'Idempotency-Replayed': 'true' }),
      },
    });
  };
}
