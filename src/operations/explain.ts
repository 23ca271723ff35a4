import { type DecisionRules, type NotReplayable, rulesOfDecision } from '../audit/replay.ts';
import type { StoredDecision } from '../decisions/store.ts';
import { EngineDisagreement } from '../engine/decide.ts';
import { explanationOf } from '../explanation/explanation.ts';
import type { Explanation } from '../explanation/model.ts';

export type Explained =
  | { kind: 'explained'; explanation: Explanation }
  | ({ kind: 'unexplained' } & NotReplayable);

/** Why it was answered what was answered, or why that can no longer be told. Rejects with StoreUnavailable. */
export async function explain(rules: DecisionRules, decision: StoredDecision): Promise<Explained> {
  const found = await rulesOfDecision(rules, decision);
  if ('reason' in found) return { kind: 'unexplained', ...found };
  const { served, whole } = found;
  try {
    const { program, ruleText } = served;
    const explanation = await explanationOf({ decision: whole, program, ruleText });
    if (!('kind' in explanation)) return { kind: 'explained', explanation };
    return explanation.kind === 'unreadable-facts'
      ? { kind: 'unexplained', reason: explanation.kind, problems: explanation.problems }
      : { kind: 'unexplained', reason: explanation.kind };
  } catch (error) {
    if (!(error instanceof EngineDisagreement)) throw error;
    return { kind: 'unexplained', reason: 'disagreement', disagreements: error.disagreements };
  }
}
