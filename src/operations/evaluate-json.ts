/** An evaluation as callers ask for it: the JSON of a body, or of a line of a batch. */
import { type Evaluating, type Evaluation, evaluate, type Judging, tryRequest } from './evaluate.ts';
import { type EvaluationRequest, parseEvaluationRequest } from './evaluation-request.ts';
import type { Refusal } from './refusal.ts';
import { fieldError, partialDecision, unknownRuleSet, unknownVersion, unreadableVersion } from './refusal.ts';

/** `answer` is JSON; `repeated` where it is the first one's, because the Idempotency-Key was used before. */
export type Answered = { answer: string; repeated?: boolean } | { problem: Refusal };

/** Rejects where evaluating does. */
export const evaluateJson = (evaluating: Evaluating, value: unknown, key?: string): Promise<Answered> =>
  answer(value, (request) => evaluate(evaluating, request, key));

/** The same without the log. */
export const tryJson = (judging: Judging, value: unknown): Promise<Answered> =>
  answer(value, (request) => tryRequest(judging, request));

type Refused = Exclude<Evaluation, { kind: 'decided' }>;

async function answer(
  value: unknown,
  operation: (request: EvaluationRequest) => Promise<{ kind: 'decided'; answer: string } | Refused>,
): Promise<Answered> {
  const parsed = parseEvaluationRequest(value);
  if ('errors' in parsed) return { problem: { name: 'invalid-request', detail: CORRECT, ...parsed } };
  const result = await operation(parsed.request);
  return result.kind === 'decided' ? result : { problem: refusalOf(result, parsed.request) };
}

function refusalOf(refused: Refused, request: EvaluationRequest): Refusal {
  switch (refused.kind) {
    case 'unknown-rule-set':
      return unknownRuleSet(request, refused);
    case 'unknown-version':
      return unknownVersion(request, refused.current);
    case 'unreadable-version':
      return unreadableVersion(refused.version, refused.problems);
    case 'bad-facts':
      return badFacts(refused);
    default:
      return KEY_TAKEN[refused.kind];
  }
}

const KEY_TAKEN = {
  conflict: {
    name: 'idempotency-conflict',
    detail: 'This Idempotency-Key belongs to a request with another body. Send a new request with a new key.',
  },
  erased: {
    name: 'erased',
    detail:
      'This Idempotency-Key belongs to a decision whose facts and answer were erased. Nothing was decided.',
  },
  partial: partialDecision,
} as const;

export const CORRECT = 'Nothing was decided. Correct what `errors` names.';

const badFacts = ({ problems, moreProblems }: Extract<Refused, { kind: 'bad-facts' }>): Refusal => ({
  name: 'invalid-facts',
  detail: CORRECT,
  errors: problems.map(({ list, pointer, code, detail, detailJa, suggestion }) =>
    fieldError({ pointer: `/${list ?? 'facts'}${pointer}` }, code, { ja: detailJa, en: detail }, suggestion),
  ),
  moreErrors: moreProblems,
});
