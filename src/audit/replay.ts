/** A logged decision, judged again: the facts that were logged, by the version that was logged, by this program. */
import { isDeepStrictEqual } from 'node:util';
import diff from 'microdiff';
import { z } from 'zod';
import type { DecisionStore, Erasable, JsonText, StoredDecision, WholeDecision } from '../decisions/store.ts';
import { AROUND } from '../engine/answer/answer.ts';
import { type Decision, FIELD_NAMES, fieldsSince } from '../engine/answer/fields.ts';
import { answerObject } from '../engine/answer/template.ts';
import { templateFor } from '../engine/decide.ts';
import { type FactProblem, pointerTo, readLoggedFacts } from '../engine/facts/read-facts.ts';
import type { Disagreement } from '../engine/judge/rules.ts';
import type { ServedRuleSet } from '../rule-files/registry.ts';
import type { ReadStored } from '../rule-files/stored-rules.ts';
import type { Problem } from '../rulebook/problems.ts';
import { parseJson } from './parse-json.ts';

export interface Difference {
  /** JSON Pointer (RFC 6901) into the answer. */
  pointer: string;
  /** Absent where there was nothing, or is nothing now. */
  logged?: unknown;
  replayed?: unknown;
}

export type Replay =
  | { result: 'same' }
  /** `replayed` is what this program answers. */
  | { result: 'changed'; differences: Difference[]; replayed: Decision }
  | ({ result: 'not-replayable' } & NotReplayable);

export type NotReplayable =
  /** The facts were erased. */
  | { reason: 'erased' }
  /** Some of facts, answer and salt are gone and others are not: what is left may be anybody's. */
  | { reason: 'partial'; missing: Erasable[] }
  /** The version is not in the store. */
  | { reason: 'no-version' }
  /** This program can no longer read the version. */
  | { reason: 'unreadable-version'; problems: Problem[] }
  /** This program can no longer read the facts by the vocabulary of the version. */
  | { reason: 'unreadable-facts'; problems: FactProblem[] }
  /** What was logged as the answer is none that this program can read. */
  | { reason: 'unreadable-answer' }
  /** json-rules-engine and the walk over the conditions say different things of these rules: this program is wrong. */
  | { reason: 'disagreement'; disagreements: readonly Disagreement[] };

export interface DecisionRules {
  store: Pick<DecisionStore, 'findVersion'>;
  readStored: ReadStored;
}

/** A decision that is there whole, with the rules that it was judged by. Rejects with StoreUnavailable. */
export async function rulesOfDecision(
  { store, readStored }: DecisionRules,
  decision: StoredDecision,
): Promise<{ whole: WholeDecision; served: ServedRuleSet } | NotReplayable> {
  if ('missing' in decision) return { reason: 'partial', missing: decision.missing };
  if (decision.answer === null) return { reason: 'erased' };
  const { prefecture, incident, version } = decision;
  const stored = await store.findVersion(prefecture, incident, version);
  if (stored === null) return { reason: 'no-version' };
  const rules = readStored(stored);
  return 'problems' in rules
    ? { reason: 'unreadable-version', problems: rules.problems }
    : { whole: decision, served: rules.served };
}

/** Judges a logged decision again. Nothing is logged. Rejects with StoreUnavailable. */
export async function replay(rules: DecisionRules, decision: StoredDecision): Promise<Replay> {
  const found = await rulesOfDecision(rules, decision);
  if ('reason' in found) return { result: 'not-replayable', ...found };
  const { facts, answer, asOf } = found.whole;
  const { program } = found.served;
  const read = readLoggedFacts(program.ruleSet.vocabulary, parseJson(facts), asOf.getTime());
  if (read.facts === null)
    return { result: 'not-replayable', reason: 'unreadable-facts', problems: read.problems };
  const template = await templateFor(program, read.facts);
  const { disagreements } = template;
  if (disagreements.length > 0) return { result: 'not-replayable', reason: 'disagreement', disagreements };
  const logged = decisionIn(answer);
  const explanation = logged !== null && 'explanation' in logged;
  const replayed = answerObject(program, read.facts, template, { explanation });
  // Less what answers did not have yet when the other one was logged.
  const since: readonly string[] = logged === null ? [] : fieldsSince(logged);
  const known = MEMBERS.filter((name) => !since.includes(name)).map((name) => [name, replayed[name]]);
  const differences = differencesBetween(logged, decisionIn(JSON.stringify(Object.fromEntries(known))));
  return differences.length === 0 ? { result: 'same' } : { result: 'changed', differences, replayed };
}

const MEMBERS = ['asOf', ...FIELD_NAMES, 'explanation'] as const;

const answerSchema = z.looseObject({});

/** What of an answer comes from facts and rules alone; null where the text is no answer. */
function decisionIn(answer: JsonText): object | null {
  const { data } = answerSchema.safeParse(parseJson(answer));
  if (!data) return null;
  return Object.fromEntries(Object.entries(data).filter(([name]) => !AROUND.includes(name)));
}

/** Of two values as JSON has them. */
function differencesBetween(logged: object | null, replayed: object | null): Difference[] {
  if (isDeepStrictEqual(logged, replayed)) return [];
  const found = logged && replayed ? diff(logged, replayed) : [];
  // Members that every object inherits, such as "constructor", are not told apart any closer.
  if (found.length === 0) return [{ pointer: '', logged, replayed }];
  return found.map((one) => ({
    pointer: pointerTo(one.path),
    ...('oldValue' in one && { logged: one.oldValue }),
    ...('value' in one && { replayed: one.value }),
  }));
}
