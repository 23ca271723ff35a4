/** One evaluation as callers ask for it: the JSON of a body of POST /evaluate, or of a line of a batch. */
import type { Evaluator } from '../decisions/evaluate.ts';
import type { FactProblem } from '../engine/read-facts.ts';
import { partialDecision } from './decision.ts';
import { parseEvaluationRequest } from './evaluation-request.ts';
import type { FieldError, HttpProblem } from './problems.ts';
import { unknownRuleSet } from './unknown-rule-set.ts';
import { unknownVersion, unreadableVersion } from './unknown-version.ts';

/** `answer` is JSON; it is the first one's where the Idempotency-Key was used before. */
export type Evaluated = { answer: string; repeated: boolean } | { problem: HttpProblem };

/** Rejects where the evaluator does. */
export async function evaluateJson(
  evaluator: Evaluator,
  value: unknown,
  idempotencyKey: string | undefined,
): Promise<Evaluated> {
  const parsed = parseEvaluationRequest(value);
  if ('errors' in parsed) return { problem: invalid(parsed.errors) };
  const { request } = parsed;
  const evaluation = await evaluator.evaluate(request, idempotencyKey);
  switch (evaluation.kind) {
    case 'decided':
      return { answer: evaluation.answer, repeated: evaluation.repeated };
    case 'unknown-rule-set':
      return { problem: unknownRuleSet(request, evaluation.known, evaluation.suggestion) };
    case 'unknown-version':
      return { problem: unknownVersion(request, evaluation.current) };
    case 'unreadable-version':
      return { problem: unreadableVersion(evaluation) };
    case 'bad-facts':
      return { problem: badFacts(evaluation.problems) };
    case 'key-conflict':
      return { problem: keyConflict };
    case 'erased':
      return { problem: erased };
    case 'partial':
      return { problem: partialDecision };
  }
}

const keyConflict: HttpProblem = {
  name: 'idempotency-conflict',
  detail: 'This Idempotency-Key belongs to a request with another body. Send a new request with a new key.',
};

const invalid = (errors: FieldError[]): HttpProblem => ({
  name: 'invalid-request',
  detail: 'Nothing was decided. Correct what `errors` names.',
  errors,
});

const erased: HttpProblem = {
  name: 'erased',
  detail:
    'This Idempotency-Key belongs to a decision whose facts and answer were erased. Nothing was decided.',
};

const badFacts = (problems: FactProblem[]): HttpProblem => ({
  name: 'invalid-facts',
  detail: 'Nothing was decided. Correct what `errors` names.',
  errors: problems.map(({ pointer, suggestion, ...rest }) => ({
    pointer: `/facts${pointer}`,
    ...rest,
    ...(suggestion !== null && { suggestion }),
  })),
});
