/** What POST /evaluate does: decide, log, answer; and what POST /try and `hosho evaluate` do, which log nothing. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { DecisionStore, EarlierUse, Idempotency, JsonText } from '../decisions/store.ts';
import { answerText, type ChosenBy } from '../engine/answer/answer.ts';
import type { DecisionTemplate } from '../engine/answer/template.ts';
import { templateFor } from '../engine/decide.ts';
import { type CaseFacts, type FactProblem, readFacts } from '../engine/facts/read-facts.ts';
import { factsToLog } from '../engine/facts/said-facts.ts';
import type { ServedRuleSet } from '../rule-files/registry.ts';
import type { EvaluationRequest } from './evaluation-request.ts';
import type { ChooseRules, NoRules } from './versions.ts';

export interface Judging {
  chooseRules: ChooseRules;
  /**
   * Told of each case of which json-rules-engine and the walk over the conditions said different things, before it is answered
   * by json-rules-engine's word. What it throws is thrown.
   */
  onDisagreement(ruleSet: ServedRuleSet, template: DecisionTemplate): void;
  /** Epoch milliseconds. */
  now(): number;
}

interface Judged {
  kind: 'judged';
  ruleSet: ServedRuleSet;
  by: ChosenBy;
  facts: CaseFacts;
  template: DecisionTemplate;
  /** Epoch milliseconds. */
  asOf: number;
  decidedAt: number;
}

type Unjudged = NoRules | { kind: 'bad-facts'; problems: FactProblem[]; moreProblems: number };

/** What evaluating and trying have in common: find the rules, read the facts, decide. */
async function judge(judging: Judging, request: EvaluationRequest): Promise<Judged | Unjudged> {
  const choosing = judging.chooseRules(request);
  const choice = choosing instanceof Promise ? await choosing : choosing;
  if (choice.kind !== 'chosen') return choice;
  const { ruleSet, by } = choice;
  const decidedAt = judging.now();
  const asOf = request.asOf ?? decidedAt;
  const { facts, problems, moreProblems } = readFacts(
    ruleSet.ruleSet.vocabulary,
    request.facts,
    asOf,
    request,
  );
  if (facts === null) return { kind: 'bad-facts', problems, moreProblems };
  const template = await templateFor(ruleSet.program, facts);
  if (template.disagreements.length > 0) judging.onDisagreement(ruleSet, template);
  return { kind: 'judged', ruleSet, by, facts, template, asOf, decidedAt };
}

export type Evaluation =
  /** The body of the answer; the first one's where the Idempotency-Key was used before. */
  | { kind: 'decided'; answer: JsonText; repeated: boolean }
  | Unjudged
  /** What else the log says of the Idempotency-Key. */
  | Exclude<EarlierUse, { kind: 'repeated' }>;

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
  const options = { explanation: request.explain === 'full', openQuestions: true };
  const answer = answerText(ruleSet, facts, template, { id, decidedAt, reference }, options, by);
  const result = await store.append(
    {
      id,
      prefecture,
      incident,
      version: ruleSet.version,
      reference,
      answer,
      engineVersion,
      asOf: new Date(asOf),
      decidedAt: new Date(decidedAt),
      outcome: template.conclusion.outcome,
      categories: template.conclusion.categories.map(({ concludes }) => concludes),
      facts: JSON.stringify(factsToLog(request.facts, request)),
    },
    idempotencyKey === undefined ? undefined : retryOf(request, idempotencyKey),
  );
  return result.kind === 'appended' ? { kind: 'decided', answer, repeated: false } : fromLog(result);
}

const fromLog = (use: EarlierUse): Evaluation =>
  use.kind === 'repeated' ? { kind: 'decided', answer: use.answer, repeated: true } : use;

/** The answer of POST /evaluate with `"id":null`, `"decidedAt":null` and `"logged":false`, without links; and what it was made from. */
export type Tried = { kind: 'decided'; answer: JsonText; judged: Judged } | Unjudged;

export async function tryRequest(judging: Judging, request: EvaluationRequest): Promise<Tried> {
  const judged = await judge(judging, request);
  if (judged.kind !== 'judged') return judged;
  const { ruleSet, by, facts, template } = judged;
  const { reference = null } = request;
  const options = { explanation: request.explain === 'full', openQuestions: true };
  return {
    kind: 'decided',
    answer: answerText(ruleSet, facts, template, { id: null, reference }, options, by),
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
function hasCanonicalForm(value: unknown, depth = 0): boolean {
  if (depth > DEEPEST) return false;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string') return !HALF_CHARACTER.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(
    ([key, member]) => !HALF_CHARACTER.test(key) && hasCanonicalForm(member, depth + 1),
  );
}
