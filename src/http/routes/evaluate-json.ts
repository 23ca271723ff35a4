/** One evaluation as callers ask for it: the JSON of a body of POST /evaluate, or of a line of a batch. */
import type { Evaluation, Evaluator } from '../../decisions/evaluate.ts';
import type { HttpProblem } from '../problems.ts';
import { type InvalidRequest, parseEvaluationRequest } from '../request/evaluation-request.ts';
import { partialDecision } from './decision.ts';
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
  if ('errors' in parsed) return { problem: invalid(parsed) };
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
      return { problem: badFacts(evaluation) };
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

const invalid = ({ errors, moreErrors }: InvalidRequest): HttpProblem => ({
  name: 'invalid-request',
  detail: 'Nothing was decided. Correct what `errors` names.',
  errors,
  moreErrors,
});

const erased: HttpProblem = {
  name: 'erased',
  detail:
    'This Idempotency-Key belongs to a decision whose facts and answer were erased. Nothing was decided.',
};

type BadFacts = Extract<Evaluation, { kind: 'bad-facts' }>;
const badFacts = ({ problems, moreProblems }: BadFacts): HttpProblem => ({
  name: 'invalid-facts',
  detail: 'Nothing was decided. Correct what `errors` names.',
  errors: problems.map(({ pointer, suggestion, ...rest }) => ({
    pointer: `/facts${pointer}`,
    ...rest,
    ...(suggestion !== null && { suggestion }),
  })),
  moreErrors: moreProblems,
});
