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
    const { prefecture, incident, version, reference, asOf, decidedAt, engineVersion, facts, answer } =
      record;
    return c.json({
      ...{ id: record.id, prefecture, incident, version, reference, asOf, decidedAt, engineVersion },
      ...{ facts, answer },
    });
  };
}
