/** What POST /evaluate does: find the rules, read the facts, decide, log, answer. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { conclusionFor } from '../engine/decide.ts';
import { type FactProblem, readFacts } from '../engine/read-facts.ts';
import { keyOf, load } from '../rule-files/load.ts';
import type { ServedRuleSet, Shelf } from '../rule-files/shelf.ts';
import { nearest } from '../rulebook/problems.ts';
import { readVocabulary } from '../rulebook/vocabulary.ts';
import { answerText } from './answer.ts';
import type { AppendResult, DecisionStore, Idempotency, JsonText } from './store.ts';

export interface EvaluationRequest {
  prefecture: string;
  incident: string;
  /** Epoch milliseconds; the clock's time where absent. */
  asOf?: number | undefined;
  reference?: string | undefined;
  /** sha256 of the rule set or a prefix of it; the current one where absent. */
  version?: string | undefined;
  explain: 'reasons' | 'full';
  facts: unknown;
}

export type Evaluation =
  /** The body of the answer; the first one's where the Idempotency-Key was used before. */
  | { kind: 'decided'; answer: JsonText; repeated: boolean }
  | { kind: 'unknown-rule-set'; known: { prefecture: string; incident: string }[]; suggestion: string | null }
  | { kind: 'unknown-version'; current: string }
  | { kind: 'bad-facts'; problems: FactProblem[] }
  /** The Idempotency-Key belongs to another request. */
  | { kind: 'key-conflict' };

export interface Evaluator {
  /** Resolves after the decision is committed. Rejects with StoreUnavailable where it cannot be. */
  evaluate(request: EvaluationRequest, idempotencyKey?: string): Promise<Evaluation>;
}

export interface EvaluatorParts {
  shelf: Shelf;
  store: DecisionStore;
  /** Epoch milliseconds. */
  now(): number;
  newId(): string;
  engineVersion: string;
}

export function createEvaluator({ shelf, store, now, newId, engineVersion }: EvaluatorParts): Evaluator {
  const findPinned = pinnedVersions(shelf, store);
  /** A retry gets the first answer, also when the rules or the vocabulary have changed under it. */
  const unlessRepeated = async (refusal: Evaluation, retry: Idempotency | undefined): Promise<Evaluation> => {
    const first = retry && (await store.findByKey(retry));
    return first ? fromLog(first) : refusal;
  };
  return {
    async evaluate(request, idempotencyKey) {
      const retry =
        idempotencyKey === undefined ? undefined : { key: idempotencyKey, requestHash: hashOf(request) };
      const current = shelf.find(request.prefecture, request.incident);
      const ruleSet = request.version === undefined ? current : await findPinned(request);
      if (!ruleSet) return unlessRepeated(noRuleSet(shelf, request, current), retry);

      const decidedAt = now();
      const asOf = request.asOf ?? decidedAt;
      const { facts, problems } = readFacts(ruleSet.ruleSet.vocabulary, request.facts, asOf);
      if (facts === null) return unlessRepeated({ kind: 'bad-facts', problems }, retry);
      const conclusion = await conclusionFor(ruleSet.program, facts);
      const id = newId();
      const explanation = request.explain === 'full';
      const answer = answerText(ruleSet, facts, conclusion, { id, decidedAt }, { explanation });
      const result = await store.append(
        {
          id,
          prefecture: request.prefecture,
          incident: request.incident,
          version: ruleSet.version,
          asOf: new Date(asOf),
          decidedAt: new Date(decidedAt),
          reference: request.reference ?? null,
          facts: JSON.stringify(request.facts),
          answer,
          engineVersion,
        },
        retry,
      );
      return result.kind === 'appended' ? { kind: 'decided', answer, repeated: false } : fromLog(result);
    },
  };
}

function fromLog(result: Exclude<AppendResult, { kind: 'appended' }>): Evaluation {
  if (result.kind === 'conflict') return { kind: 'key-conflict' };
  return { kind: 'decided', answer: result.first.answer, repeated: true };
}

/** The same request, however its JSON was laid out (RFC 8785). */
function hashOf(request: EvaluationRequest): string {
  return createHash('sha256')
    .update(canonicalize(request) ?? '')
    .digest('hex');
}

function noRuleSet(
  shelf: Shelf,
  { prefecture, incident }: EvaluationRequest,
  current: ServedRuleSet | undefined,
): Evaluation {
  if (current) return { kind: 'unknown-version', current: current.version };
  const known = shelf
    .all()
    .map(({ ruleSet }) => ({ prefecture: ruleSet.prefecture, incident: ruleSet.incident }));
  const names = known.map((k) => keyOf(k.prefecture, k.incident));
  return { kind: 'unknown-rule-set', known, suggestion: nearest(keyOf(prefecture, incident), names) };
}

const PINNED_KEPT = 32;

/** Versions read back from the store, which is all that is needed to judge by them. */
function pinnedVersions(shelf: Shelf, store: DecisionStore) {
  const kept = new Map<string, ServedRuleSet>();
  return async ({
    prefecture,
    incident,
    version = '',
  }: EvaluationRequest): Promise<ServedRuleSet | undefined> => {
    const current = shelf.find(prefecture, incident);
    if (current?.version.startsWith(version)) return current;
    const found = await store.findVersion(prefecture, incident, version);
    if (!found) return undefined;
    const known = kept.get(found.version);
    if (known) return known;
    const { vocabulary } = readVocabulary('rules/vocabulary.yaml', found.vocabularyText);
    if (!vocabulary) return undefined;
    const file = `rules/${prefecture}/${incident}.yaml`;
    const { loaded } = load(file, found.ruleText, vocabulary, found.vocabularyText);
    if (!loaded) return undefined;
    const served = { ...loaded, commit: found.commit };
    if (kept.size >= PINNED_KEPT) kept.clear();
    kept.set(found.version, served);
    return served;
  };
}
