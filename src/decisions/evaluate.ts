/** What POST /evaluate does: find the rules, read the facts, decide, log, answer. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { templateFor } from '../engine/decide.ts';
import { type FactProblem, readFacts } from '../engine/facts/read-facts.ts';
import { answerText } from './answer.ts';
import { hasCanonicalForm } from './canonical-form.ts';
import type { ChooseRules, NoRules, WantedRules } from './choose-rules.ts';
import type { AppendResult, DecisionStore, Idempotency, JsonText } from './store.ts';

export interface EvaluationRequest extends WantedRules {
  /** Epoch milliseconds; the clock's time where absent. */
  asOf?: number | undefined;
  reference?: string | undefined;
  explain: 'reasons' | 'full';
  facts: unknown;
}

export type Evaluation =
  /** The body of the answer; the first one's where the Idempotency-Key was used before. */
  | { kind: 'decided'; answer: JsonText; repeated: boolean }
  | NoRules
  | { kind: 'bad-facts'; problems: FactProblem[]; moreProblems: number }
  /** The Idempotency-Key belongs to another request. */
  | { kind: 'key-conflict' }
  /** So does it, and the facts and the answer of that request were erased. */
  | { kind: 'erased' }
  /** So does it, and somebody took away some of that decision and left the rest. */
  | { kind: 'partial' };

export interface Evaluator {
  /** Resolves after the decision is committed. Rejects with StoreUnavailable where it cannot be. */
  evaluate(request: EvaluationRequest, idempotencyKey?: string): Promise<Evaluation>;
}

export interface EvaluatorParts {
  chooseRules: ChooseRules;
  store: DecisionStore;
  /** Epoch milliseconds. */
  now(): number;
  newId(): string;
  engineVersion: string;
}

export function createEvaluator(parts: EvaluatorParts): Evaluator {
  const { chooseRules, store, now, newId, engineVersion } = parts;
  /** A retry gets the first answer, also when the rules or the vocabulary have changed under it. */
  const unlessRepeated = async (
    refusal: Evaluation,
    request: EvaluationRequest,
    key: string | undefined,
  ): Promise<Evaluation> => {
    if (key === undefined || !hasCanonicalForm(request.facts)) return refusal;
    const first = await store.findByKey(retryOf(request, key));
    return first ? fromLog(first) : refusal;
  };
  return {
    async evaluate(request, idempotencyKey) {
      const choosing = chooseRules(request);
      const choice = choosing instanceof Promise ? await choosing : choosing;
      if (choice.kind !== 'chosen') return unlessRepeated(choice, request, idempotencyKey);

      const { ruleSet, by } = choice;
      const decidedAt = now();
      const asOf = request.asOf ?? decidedAt;
      const read = readFacts(ruleSet.ruleSet.vocabulary, request.facts, asOf);
      const { facts, problems, moreProblems } = read;
      if (facts === null)
        return unlessRepeated({ kind: 'bad-facts', problems, moreProblems }, request, idempotencyKey);
      const template = await templateFor(ruleSet.program, facts);
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
    },
  };
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
