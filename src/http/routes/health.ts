import type { Handler } from 'hono';
import { problemView } from '../../operations/refusal.ts';
import { MOST_LISTED } from '../../rulebook/bounded-list.ts';
import { isError } from '../../rulebook/problems.ts';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { answerProblem } from '../problems.ts';
import { draftView } from './rule-sets.ts';

/** The process is alive; whether it can do its work is for /readyz. */
export const healthz: Handler<AppEnv> = (c) => c.json({ status: 'alive' });

/**
 * 200 when the store answers and there is something to serve: `degraded`, with the problems, while a rule file is wrong. One bad
 * file is on every instance, and must not take all of them out.
 */
export function readyz({ registry, store }: Dependencies): Handler<AppEnv> {
  return async (c) => {
    const answers = await store.ping().then(
      () => true,
      () => false,
    );
    const ruleSets = registry.all().length;
    const problems = registry.problems().filter(isError);
    const drafts = registry.drafts();
    const written = drafts.length > 0 && { drafts: drafts.slice(0, MOST_LISTED).map(draftView) };
    const listed = {
      problems: problems.slice(0, MOST_LISTED).map(problemView),
      ...(problems.length > MOST_LISTED && { moreProblems: problems.length - MOST_LISTED }),
    };
    if (answers && ruleSets > 0) {
      const found = { store: store.kind, ruleSets, ...written };
      return c.json(
        problems.length === 0 ? { status: 'ready', ...found } : { status: 'degraded', ...found, ...listed },
      );
    }
    const reasons = [
      !answers && 'the decision store does not answer',
      ruleSets === 0 && `there is no rule set to serve${drafts.length > 0 ? ' (there are drafts)' : ''}`,
      problems.length > 0 && 'rule files are wrong; their last good versions are served',
    ];
    return answerProblem(c, {
      name: 'not-ready',
      detail: `${reasons.filter((reason) => reason !== false).join('; ')}.`,
      members: { store: { kind: store.kind, answers }, ruleSets, ...written, ...listed },
    });
  };
}
