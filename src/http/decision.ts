import type { Context, Handler } from 'hono';
import { validate } from 'uuid';
import type { DecisionStore, Erasure, LoggedDecision } from '../decisions/store.ts';
import type { AppEnv, Parts } from './parts.ts';
import { answerProblem, type HttpProblem } from './problems.ts';

/** A decision as it was logged. */
export function showDecision({ store }: Parts): Handler<AppEnv, '/decisions/:id'> {
  return async (c) => {
    const found = await findDecision(store, c.req.param('id'));
    if ('problem' in found) return answerProblem(c, found.problem);
    return answerDecision(c, found.decision, await erasureOf(store, found.decision));
  };
}

export async function findDecision(
  store: DecisionStore,
  id: string,
): Promise<{ decision: LoggedDecision } | { problem: HttpProblem }> {
  if (!validate(id)) return { problem: { name: 'invalid-id', detail: 'The id of a decision is a UUID.' } };
  const decision = await store.find(id);
  return decision
    ? { decision }
    : { problem: { name: 'unknown-decision', detail: `No decision has the id ${id}.` } };
}

export async function erasureOf(
  store: DecisionStore,
  { id, answer }: LoggedDecision,
): Promise<Erasure | null> {
  return answer === null ? ((await store.findErasures([id]))[0] ?? null) : null;
}

function answerDecision(c: Context<AppEnv>, logged: LoggedDecision, erasure: Erasure | null): Response {
  const { facts, answer, chain, seq, salt, factsHash, answerHash, previous, hash, ...about } = logged;
  const seal = { chain, seq, salt, factsHash, answerHash, previous, hash };
  const erased = erasure && { erasedAt: erasure.erasedAt, reason: erasure.reason };
  // The texts as they were logged, to the byte.
  const body = `${JSON.stringify({ ...about, seal, erased }).slice(0, -1)},"facts":${facts},"answer":${answer}}`;
  return c.body(body, 200, { 'Content-Type': 'application/json' });
}
