import type { Handler } from 'hono';
import type { Evaluating, Judging } from '../../operations/evaluate.ts';
import { type Answered, evaluateJson, tryJson } from '../../operations/evaluate-json.ts';
import type { AppEnv } from '../dependencies.ts';
import { answerProblem, type HttpProblem } from '../problems.ts';
import { readJson } from '../request/json-body.ts';

/** Decides, logs and answers. */
export const evaluate = (evaluating: Evaluating): Handler<AppEnv> =>
  answering((value, key) => evaluateJson(evaluating, value, key));

/** Decides and answers: an Idempotency-Key has no meaning where nothing is logged. */
export const tryOut = (judging: Judging): Handler<AppEnv> => answering((value) => tryJson(judging, value));

function answering(answer: (value: unknown, key?: string) => Promise<Answered>): Handler<AppEnv> {
  return async (c) => {
    const key = c.req.header('idempotency-key');
    const badKey = refuseKey(key);
    if (badKey) return answerProblem(c, badKey);
    const body = await readJson(c);
    if ('problem' in body) return answerProblem(c, body.problem);
    const answered = await answer(body.value, key);
    if ('problem' in answered) return answerProblem(c, answered.problem);
    // Not c.body(): with more than one header it makes a Headers object, which takes longer than reading the request.
    return new Response(answered.answer, {
      headers: {
        'Content-Type': 'application/json',
        'Cache-Control': 'no-store',
        'X-Request-Id': c.get('requestId'),
        ...(answered.repeated && { 'Idempotency-Replayed': 'true' }),
      },
    });
  };
}

/** What the log takes for a key. */
const LONGEST = 255;
const VISIBLE = /^[\x21-\x7e]+$/;

/** A problem where there is a key that cannot be one. */
export function refuseKey(key: string | undefined, longest: number = LONGEST): HttpProblem | null {
  if (key === undefined || (VISIBLE.test(key) && key.length <= longest)) return null;
  return {
    name: 'invalid-idempotency-key',
    detail: `Idempotency-Key must be 1 to ${longest} visible ASCII characters, without spaces.`,
  };
}
