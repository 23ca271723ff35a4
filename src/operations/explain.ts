import { type DecisionRules, type NotReplayable, rulesOfDecision } from '../audit/replay.ts';
import type { StoredDecision } from '../decisions/store.ts';
import { EngineDisagreement } from '../engine/decide.ts';
import { type Explanation, explanationOf } from '../explanation/explanation.ts';

export type Explained =
  | { kind: 'explained'; explanation: Explanation }
  | ({ kind: 'unexplained' } & NotReplayable);

/** Why it was answered what was answered, or why that can no longer be told. Rejects with StoreUnavailable. */
export async function explain(rules: DecisionRules, decision: StoredDecision): Promise<Explained> {
  const found = await rulesOfDecision(rules, decision);
  if ('reason' in found) return { kind: 'unexplained', ...found };
  try {
    const explanation = await explanationOf({ decision: found.whole, ...found.served });
    return 'reason' in explanation
      ? { kind: 'unexplained', ...explanation }
      : { kind: 'explained', explanation };
  } catch (error) {
    if (!(error instanceof EngineDisagreement)) throw error;
    return { kind: 'unexplained', reason: 'disagreement', disagreements: error.disagreements };
  }
}
