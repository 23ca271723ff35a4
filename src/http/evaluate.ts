import type { Context, Handler } from 'hono';
import type { Evaluation, EvaluationRequest } from '../decisions/evaluate.ts';
import type { FactProblem } from '../engine/read-facts.ts';
import { parseEvaluationRequest } from './evaluation-request.ts';
import { readJson } from './json-body.ts';
import type { AppEnv, Parts } from './parts.ts';
import { answerProblem, type FieldError, type HttpProblem } from './problems.ts';
import { unknownRuleSet } from './unknown-rule-set.ts';

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

export function evaluate({ evaluator }: Parts): Handler<AppEnv> {
  return async (c) => {
    const key = c.req.header('idempotency-key');
    if (key !== undefined && !IDEMPOTENCY_KEY.test(key)) return answerProblem(c, badKey);
    const body = await readJson(c.req);
    if ('problem' in body) return answerProblem(c, body.problem);
    const parsed = parseEvaluationRequest(body.value);
    if ('errors' in parsed) return answerProblem(c, invalid(parsed.errors));
    return answer(c, parsed.request, await evaluator.evaluate(parsed.request, key));
  };
}

function answer(c: Context, request: EvaluationRequest, evaluation: Evaluation): Response {
  switch (evaluation.kind) {
    case 'decided':
      if (evaluation.repeated) c.header('Idempotency-Replayed', 'true');
      return c.body(JSON.stringify(evaluation.answer), 200, { 'Content-Type': 'application/json' });
    case 'unknown-rule-set':
      return answerProblem(c, unknownRuleSet(request, evaluation.known, evaluation.suggestion));
    case 'unknown-version':
      return answerProblem(c, unknownVersion(request, evaluation.current));
    case 'bad-facts':
      return answerProblem(c, badFacts(evaluation.problems));
    case 'key-conflict':
      return answerProblem(c, keyConflict);
  }
}

const badKey: HttpProblem = {
  name: 'invalid-idempotency-key',
  detail: 'Idempotency-Key must be 1 to 255 visible ASCII characters, without spaces.',
};

const keyConflict: HttpProblem = {
  name: 'idempotency-conflict',
  detail: 'This Idempotency-Key belongs to a request with another body. Send a new request with a new key.',
};

const invalid = (errors: FieldError[]): HttpProblem => ({
  name: 'invalid-request',
  detail: 'Nothing was decided. Correct what `errors` names.',
  errors,
});

function unknownVersion({ version = '' }: EvaluationRequest, current: string): HttpProblem {
  const detail = `no single version of this rule set begins with ${version}`;
  const detailJa = `「${version}」で始まる版は、一つに決まりません`;
  return {
    name: 'unknown-version',
    detail: 'Nothing was decided. Leave the version out to use the current one.',
    errors: [{ pointer: '/version', code: 'unknown-version', detail, detailJa }],
    members: { current },
  };
}

const badFacts = (problems: FactProblem[]): HttpProblem => ({
  name: 'invalid-facts',
  detail: 'Nothing was decided. Correct what `errors` names.',
  errors: problems.map(({ pointer, suggestion, ...rest }) => ({
    pointer: `/facts${pointer}`,
    ...rest,
    ...(suggestion !== null && { suggestion }),
  })),
});
