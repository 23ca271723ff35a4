/** A logged decision, judged again: the facts that were logged, by the version that was logged, by this program. */
import diff from 'microdiff';
import type { LoggedDecision, RuleSetVersion } from '../decisions/store.ts';
import type { ReadStored, StoredRules } from '../decisions/stored-rules.ts';
import { conclusionFor, toDecision } from '../engine/decide.ts';
import type { Decision } from '../engine/decision.ts';
import { decisionText } from '../engine/decision-text.ts';
import { type FactProblem, pointerTo, readFacts } from '../engine/read-facts.ts';
import type { Problem } from '../rulebook/problems.ts';

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
  /** The version is not in the store. */
  | { reason: 'no-version' }
  /** This program can no longer read the version. */
  | { reason: 'unreadable-version'; problems: Problem[] }
  /** This program can no longer read the facts by the vocabulary of the version. */
  | { reason: 'unreadable-facts'; problems: FactProblem[] };

export interface Replayer {
  /** Rejects with StoreUnavailable. */
  replay(decision: LoggedDecision): Promise<Replay>;
}

export function createReplayer(
  findVersion: (prefecture: string, incident: string, version: string) => Promise<RuleSetVersion | null>,
  read: ReadStored,
): Replayer {
  const known = new Map<string, StoredRules | null>();

  /** Versions never change, so they are looked for once. */
  async function rulesOf({ prefecture, incident, version }: LoggedDecision): Promise<StoredRules | null> {
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
      const { facts, answer, asOf } = decision;
      if (facts === null || answer === null) return { result: 'not-replayable', reason: 'erased' };
      const rules = await rulesOf(decision);
      if (rules === null) return { result: 'not-replayable', reason: 'no-version' };
      if ('problems' in rules)
        return { result: 'not-replayable', reason: 'unreadable-version', problems: rules.problems };
      const { program } = rules.served;
      const given: unknown = JSON.parse(facts);
      const readAgain = readFacts(program.ruleSet.vocabulary, given, asOf.getTime());
      if (readAgain.facts === null)
        return { result: 'not-replayable', reason: 'unreadable-facts', problems: readAgain.problems };
      const conclusion = await conclusionFor(program, readAgain.facts);

      // Nearly all are the same to the byte: then neither answer has to be read.
      for (const explanation of [false, true])
        if (answer.endsWith(`,${decisionText(program, readAgain.facts, conclusion, { explanation })}}`))
          return { result: 'same' };
      const { id: _, ruleSet: __, decidedAt: ___, ...logged } = JSON.parse(answer);
      const explanation = 'explanation' in logged;
      const replayed = toDecision(program, readAgain.facts, conclusion, { explanation });
      const differences = differencesBetween(logged, JSON.parse(JSON.stringify(replayed)));
      return differences.length === 0 ? { result: 'same' } : { result: 'changed', differences, replayed };
    },
  };
}

const MOST_KNOWN = 64;

function differencesBetween(logged: object, replayed: object): Difference[] {
  return diff(logged, replayed).map((one) => ({
    pointer: pointerTo(one.path),
    ...('oldValue' in one && { logged: one.oldValue }),
    ...('value' in one && { replayed: one.value }),
  }));
}
