/** One evaluation as callers ask for it: the JSON of a body, of a line of a batch, or of a file of `hosho evaluate`. */
import { type Evaluating, type Evaluation, evaluate } from './evaluate.ts';
import { type InvalidRequest, parseEvaluationRequest } from './evaluation-request.ts';
import type { EvaluationRequest, Judging } from './judge.ts';
import {
  partialDecision,
  type Refusal,
  unknownRuleSet,
  unknownVersion,
  unreadableVersion,
} from './refusal.ts';
import { type Tried, tryRequest } from './try.ts';

type Decided<Result> = Extract<Result, { kind: 'decided' }>;

/** Rejects where evaluating does. */
export async function evaluateJson(
  evaluating: Evaluating,
  value: unknown,
  idempotencyKey: string | undefined,
): Promise<Decided<Evaluation> | { problem: Refusal }> {
  const parsed = parseEvaluationRequest(value);
  if ('errors' in parsed) return { problem: invalid(parsed) };
  const evaluation = await evaluate(evaluating, parsed.request, idempotencyKey);
  return evaluation.kind === 'decided' ? evaluation : { problem: refusalOf(evaluation, parsed.request) };
}

/** The same without the log. */
export async function tryJson(
  judging: Judging,
  value: unknown,
): Promise<Decided<Tried> | { problem: Refusal }> {
  const parsed = parseEvaluationRequest(value);
  if ('errors' in parsed) return { problem: invalid(parsed) };
  const tried = await tryRequest(judging, parsed.request);
  return tried.kind === 'decided' ? tried : { problem: refusalOf(tried, parsed.request) };
}

function refusalOf(refused: Exclude<Evaluation, { kind: 'decided' }>, request: EvaluationRequest): Refusal {
  switch (refused.kind) {
    case 'unknown-rule-set':
      return unknownRuleSet(request, refused);
    case 'unknown-version':
      return unknownVersion(request, refused.current);
    case 'unreadable-version':
      return unreadableVersion(refused.version, refused.problems);
    case 'bad-facts':
      return badFacts(refused);
    case 'key-conflict':
      return keyConflict;
    case 'erased':
      return erased;
    case 'partial':
      return partialDecision;
  }
}

const keyConflict: Refusal = {
  name: 'idempotency-conflict',
  detail: 'This Idempotency-Key belongs to a request with another body. Send a new request with a new key.',
};

const invalid = ({ errors, moreErrors }: InvalidRequest): Refusal => ({
  name: 'invalid-request',
  detail: 'Nothing was decided. Correct what `errors` names.',
  errors,
  moreErrors,
});

const erased: Refusal = {
  name: 'erased',
  detail:
    'This Idempotency-Key belongs to a decision whose facts and answer were erased. Nothing was decided.',
};

const badFacts = ({ problems, moreProblems }: Extract<Evaluation, { kind: 'bad-facts' }>): Refusal => ({
  name: 'invalid-facts',
  detail: 'Nothing was decided. Correct what `errors` names.',
  errors: problems.map(({ pointer, suggestion, ...rest }) => ({
    pointer: `/facts${pointer}`,
    ...rest,
    ...(suggestion !== null && { suggestion }),
  })),
  moreErrors: moreProblems,
});
