import type { Handler } from 'hono';
import { validate } from 'uuid';
import { decisionJson, erasureOf } from '../../decisions/decision-json.ts';
import type { DecisionStore, StoredDecision } from '../../decisions/store.ts';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { answerProblem, type HttpProblem } from '../problems.ts';

/** A decision as it was logged. */
export function showDecision({ store }: Dependencies): Handler<AppEnv, '/decisions/:id'> {
  return async (c) => {
    const found = await decisionAt(store, c.req.param('id'));
    if ('problem' in found) return answerProblem(c, found.problem);
    const { decision } = found;
    const body = decisionJson(decision, await erasureOf(store, decision));
    return c.body(body, 200, { 'Content-Type': 'application/json' });
  };
}

/** The decision of a path, or what is answered instead. */
export async function decisionAt(
  store: Pick<DecisionStore, 'find'>,
  id: string,
): Promise<{ decision: StoredDecision } | { problem: HttpProblem }> {
  if (!validate(id)) return { problem: { name: 'invalid-id', detail: 'The id of a decision is a UUID.' } };
  const decision = await store.find(id);
  return decision
    ? { decision }
    : { problem: { name: 'unknown-decision', detail: `No decision has the id ${id}.` } };
}
