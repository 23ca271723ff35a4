/** What POST /evaluate does: decide, log, answer; and what POST /try and `hosho evaluate` do, which log nothing. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AppendResult, DecisionStore, Idempotency, JsonText } from '../decisions/store.ts';
import { answerText } from '../engine/answer/answer.ts';
import { type EvaluationRequest, type Judged, type Judging, judge, type Unjudged } from './judge.ts';

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
  const { prefecture, incident, reference = null } = request;
  const id = newId();
  const explanation = request.explain === 'full';
  const answer = answerText(ruleSet, facts, template, { id, decidedAt }, { explanation }, by);
  const result = await store.append(
    {
      ...{ id, prefecture, incident, version: ruleSet.version, reference, answer, engineVersion },
      asOf: new Date(asOf),
      decidedAt: new Date(decidedAt),
      outcome: template.conclusion.outcome,
      categories: template.conclusion.categories.map(({ concludes }) => concludes),
      facts: JSON.stringify(request.facts),
    },
    idempotencyKey === undefined ? undefined : retryOf(request, idempotencyKey),
  );
  return result.kind === 'appended' ? { kind: 'decided', answer, repeated: false } : fromLog(result);
}

function fromLog(result: Exclude<AppendResult, { kind: 'appended' }>): Evaluation {
  if (result.kind === 'repeated') return { kind: 'decided', answer: result.answer, repeated: true };
  return result.kind === 'conflict' ? { kind: 'key-conflict' } : result;
}

/** The answer of POST /evaluate with `"id":null`, `"decidedAt":null` and `"logged":false`; and what it was made from. */
export type Tried = { kind: 'decided'; answer: JsonText; judged: Judged } | Unjudged;

export async function tryRequest(judging: Judging, request: EvaluationRequest): Promise<Tried> {
  const judged = await judge(judging, request);
  if (judged.kind !== 'judged') return judged;
  const { ruleSet, by, facts, template } = judged;
  const explanation = request.explain === 'full';
  return {
    kind: 'decided',
    answer: answerText(ruleSet, facts, template, 'tried', { explanation }, by),
    judged,
  };
}

/** The same request, however its JSON was laid out (RFC 8785). Throws where the facts have no canonical form. */
const retryOf = (request: EvaluationRequest, key: string): Idempotency => ({
  key,
  requestHash: createHash('sha256')
    .update(canonicalize(request) ?? '')
    .digest('hex'),
});

/** Facts that fit a vocabulary are nested three deep; whatever walks through others might run out of stack. */
const DEEPEST = 100;
const HALF_CHARACTER = /\p{Cs}/u;

/**
 * Whether a value that came from JSON has a canonical text (RFC 8785): a number beyond those of a double, half a surrogate pair
 * and, here, nesting beyond 100 have none. No request with such facts was ever decided.
 */
function hasCanonicalForm(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return false;
    const below: unknown[] = [];
    for (const one of level) {
      if (typeof one === 'number' && !Number.isFinite(one)) return false;
      if (typeof one === 'string' && HALF_CHARACTER.test(one)) return false;
      if (typeof one !== 'object' || one === null) continue;
      for (const [key, member] of Object.entries(one)) {
        if (HALF_CHARACTER.test(key)) return false;
        below.push(member);
      }
    }
    level = below;
  }
  return true;
}
