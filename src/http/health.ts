import type { Handler } from 'hono';
import { isError } from '../rulebook/problems.ts';
import type { AppEnv, Parts } from './parts.ts';
import { answerProblem, problemView } from './problems.ts';

/** The process is alive; whether it can do its work is for /readyz. */
export const healthz: Handler<AppEnv> = (c) => c.json({ status: 'alive' });

/** 200 when the store answers, every rule file is sound and there is something to serve. */
export function readyz({ shelf, store }: Parts): Handler<AppEnv> {
  return async (c) => {
    const storeAnswers = await store.ping().then(
      () => true,
      () => false,
    );
    const ruleSets = shelf.all().length;
    const problems = shelf.problems().filter(isError);
    if (storeAnswers && ruleSets > 0 && problems.length === 0)
      return c.json({ status: 'ready', store: store.kind, ruleSets });

    const reasons = [
      ...(storeAnswers ? [] : ['the decision store does not answer']),
      ...(ruleSets > 0 ? [] : ['there is no rule set to serve']),
      ...(problems.length === 0 ? [] : ['rule files are wrong; their last good versions are served']),
    ];
    return answerProblem(c, {
      name: 'not-ready',
      detail: `${reasons.join('; ')}.`,
      members: {
        store: { kind: store.kind, answers: storeAnswers },
        ruleSets,
        problems: problems.map(problemView),
      },
    });
  };
}
