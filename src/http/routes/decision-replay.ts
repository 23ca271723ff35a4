import type { Handler } from 'hono';
import { replay } from '../../audit/replay.ts';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { answerProblem } from '../problems.ts';
import { decisionAt } from './decision.ts';

/** Judges a logged decision again. Nothing is logged. */
export function replayDecision(dependencies: Dependencies): Handler<AppEnv, '/decisions/:id/replay'> {
  return async (c) => {
    const found = await decisionAt(dependencies.store, c.req.param('id'));
    if ('problem' in found) return answerProblem(c, found.problem);
    const { id, version, engineVersion: judgedBy } = found.decision;
    const replayed = await replay(dependencies, found.decision);
    const engineVersion = { logged: judgedBy, now: dependencies.engineVersion };
    return c.json({ id, version, engineVersion, ...replayed });
  };
}
