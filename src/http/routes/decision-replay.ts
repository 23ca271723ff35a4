import type { Handler } from 'hono';
import { createReplayer } from '../../audit/replay.ts';
import type { AppEnv, Parts } from '../parts.ts';
import { answerProblem } from '../problems.ts';
import { findDecision } from './decision.ts';

/** Judges a logged decision again. Nothing is logged. */
export function replayDecision({
  store,
  readStored,
  engineVersion,
}: Parts): Handler<AppEnv, '/decisions/:id/replay'> {
  const replayer = createReplayer(store.findVersion, readStored);
  return async (c) => {
    const found = await findDecision(store, c.req.param('id'));
    if ('problem' in found) return answerProblem(c, found.problem);
    const { id, version, engineVersion: judgedBy } = found.decision;
    const replay = await replayer.replay(found.decision);
    return c.json({ id, version, engineVersion: { logged: judgedBy, now: engineVersion }, ...replay });
  };
}
