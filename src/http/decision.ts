import type { Handler } from 'hono';
import { validate } from 'uuid';
import type { AppEnv, Parts } from './parts.ts';
import { answerProblem } from './problems.ts';

/** A decision as it was logged. */
export function showDecision({ store }: Parts): Handler<AppEnv, '/decisions/:id'> {
  return async (c) => {
    const id = c.req.param('id');
    if (!validate(id))
      return answerProblem(c, { name: 'invalid-id', detail: 'The id of a decision is a UUID.' });
    const record = await store.find(id);
    if (!record)
      return answerProblem(c, { name: 'unknown-decision', detail: `No decision has the id ${id}.` });
    const { facts, answer, ...about } = record;
    // The texts as they were logged, to the byte.
    const body = `${JSON.stringify(about).slice(0, -1)},"facts":${facts},"answer":${answer}}`;
    return c.body(body, 200, { 'Content-Type': 'application/json' });
  };
}
