/** What POST /evaluate does: decide, log, answer. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AppendResult, DecisionStore, Idempotency, JsonText } from '../decisions/store.ts';
import { answerText } from '../engine/answer/answer.ts';
import { hasCanonicalForm } from './canonical-form.ts';
import { type EvaluationRequest, type Judging, judge, type Unjudged } from './judge.ts';

export type Evaluation =
  /** The body of the answer; the first one's where the Idempotency-Key was used before. */
  | { kind: 'decided'; answer: JsonText; repeated: boolean }
  | Unjudged
  /** The Idempotency-Key belongs to another request. */
  | { kind: 'key-conflict' }
  /** So does it, and the facts and the answer of that request were erased. */
  | { kind: 'erased' }
  /** So does it, and somebody took away some of that decision and left the rest. */
  | { kind: 'partial' };

export interface Evaluating extends Judging {
  store: Pick<DecisionStore, 'append' | 'findByKey'>;
  newId(): string;
  /** hosho's own version. */
  engineVersion: string;
}

/** Resolves after the decision is committed. Rejects with StoreUnavailable where it cannot be. */
export async function evaluate(
  evaluating: Evaluating,
  request: EvaluationRequest,
  idempotencyKey?: string,
): Promise<Evaluation> {
  const { store, newId, engineVersion } = evaluating;
  const judged = await judge(evaluating, request);
  if (judged.kind !== 'judged') {
    // A retry gets the first answer, also when the rules or the vocabulary have changed under it.
    if (idempotencyKey === undefined || !hasCanonicalForm(request.facts)) return judged;
    const first = await store.findByKey(retryOf(request, idempotencyKey));
    return first ? fromLog(first) : judged;
  }
  const { ruleSet, by, facts, template, asOf, decidedAt } = judged;
  const id = newId();
  const explanation = request.explain === 'full';
  const answer = answerText(ruleSet, facts, template, { id, decidedAt }, { explanation }, by);
  const result = await store.append(
    {
      id,
      prefecture: request.prefecture,
      incident: request.incident,
      version: ruleSet.version,
      asOf: new Date(asOf),
      decidedAt: new Date(decidedAt),
      reference: request.reference ?? null,
      outcome: template.conclusion.outcome,
      categories: template.conclusion.categories.map(({ concludes }) => concludes),
      facts: JSON.stringify(request.facts),
      answer,
      engineVersion,
    },
    idempotencyKey === undefined ? undefined : retryOf(request, idempotencyKey),
  );
  return result.kind === 'appended' ? { kind: 'decided', answer, repeated: false } : fromLog(result);
}

function fromLog(result: Exclude<AppendResult, { kind: 'appended' }>): Evaluation {
  switch (result.kind) {
    case 'repeated':
      return { kind: 'decided', answer: result.answer, repeated: true };
    case 'conflict':
      return { kind: 'key-conflict' };
    case 'erased':
    case 'partial':
      return result;
  }
}

/** The same request, however its JSON was laid out (RFC 8785). Throws where the facts have no canonical form. */
const retryOf = (request: EvaluationRequest, key: string): Idempotency => ({
  key,
  requestHash: createHash('sha256')
    .update(canonicalize(request) ?? '')
    .digest('hex'),
});
