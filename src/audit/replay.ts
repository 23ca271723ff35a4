/** A logged decision, judged again: the facts that were logged, by the version that was logged, by this program. */
import { isDeepStrictEqual } from 'node:util';
import diff from 'microdiff';
import { z } from 'zod';
import type { Erasable, JsonText, RuleSetVersion, StoredDecision } from '../decisions/store.ts';
import type { ReadStored, StoredRules } from '../decisions/stored-rules.ts';
import { type Decision, fieldsSince } from '../engine/answer/fields.ts';
import { decide } from '../engine/decide.ts';
import { type FactProblem, pointerTo, readFacts } from '../engine/facts/read-facts.ts';
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
  | { reason: 'unreadable-facts'; problems: FactProblem[] };

export interface Replayer {
  /** Rejects with StoreUnavailable. */
  replay(decision: StoredDecision): Promise<Replay>;
}

export function createReplayer(
  findVersion: (prefecture: string, incident: string, version: string) => Promise<RuleSetVersion | null>,
  read: ReadStored,
): Replayer {
  const known = new Map<string, StoredRules | null>();

  /** Versions never change, so they are looked for once. */
  async function rulesOf({ prefecture, incident, version }: StoredDecision): Promise<StoredRules | null> {
    const kept = known.get(version);
    if (kept !== undefined) return kept;
    const found = await findVersion(prefecture, incident, version);
    const rules = found && read(found);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(version, rules);
    return rules;
  }

  return {
    async replay(decision) {
      if ('missing' in decision)
        return { result: 'not-replayable', reason: 'partial', missing: decision.missing };
      const { facts, answer, asOf } = decision;
      if (answer === null) return { result: 'not-replayable', reason: 'erased' };
      const rules = await rulesOf(decision);
      if (rules === null) return { result: 'not-replayable', reason: 'no-version' };
      if ('problems' in rules)
        return { result: 'not-replayable', reason: 'unreadable-version', problems: rules.problems };
      const { program } = rules.served;
      const readAgain = readFacts(program.ruleSet.vocabulary, parseJson(facts), asOf.getTime());
      if (readAgain.facts === null)
        return { result: 'not-replayable', reason: 'unreadable-facts', problems: readAgain.problems };
      const logged = decisionIn(answer);
      const explanation = logged !== null && 'explanation' in logged;
      const replayed = await decide(program, readAgain.facts, { explanation });
      const known = withoutFields(replayed, logged === null ? [] : fieldsSince(logged));
      const differences = differencesBetween(logged, decisionIn(JSON.stringify(known)));
      return differences.length === 0 ? { result: 'same' } : { result: 'changed', differences, replayed };
    },
  };
}

const MOST_KNOWN = 64;

const answerSchema = z.looseObject({});

/** What of an answer comes from facts and rules alone; null where the text is no answer. */
function decisionIn(answer: JsonText): object | null {
  const { data } = answerSchema.safeParse(parseJson(answer));
  if (!data) return null;
  const { id: _, ruleSet: __, decidedAt: ___, ...decision } = data;
  return decision;
}

/** Less what answers did not have yet when the other one was logged. */
const withoutFields = (decision: Decision, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(decision).filter(([name]) => !names.includes(name)));

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
