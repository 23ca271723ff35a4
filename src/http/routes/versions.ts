import type { Handler } from 'hono';
import type { VersionHistory } from '../../decisions/store.ts';
import { versionSummary } from '../../decisions/version-summary.ts';
import type { RuleSetRegistry } from '../../rule-files/registry.ts';
import type { AppEnv, Parts } from '../parts.ts';
import { answerProblem } from '../problems.ts';
import { RULE_SET_PATH } from './rule-set.ts';
import { findHistory } from './stored-version.ts';

export const VERSIONS_PATH = `${RULE_SET_PATH}/versions` as const;

/** Every version that was ever loaded, the newest first. */
export function listVersions(parts: Parts): Handler<AppEnv, typeof VERSIONS_PATH> {
  return async (c) => {
    const found = await findHistory(parts, c.req.param());
    if ('problem' in found) return answerProblem(c, found.problem);
    return c.json({ versions: found.history.map((version) => versionView(version, parts.shelf)) });
  };
}

/** None is current of a rule set that is no longer served. */
export function versionView(history: VersionHistory, shelf: RuleSetRegistry) {
  const { prefecture, incident, version } = history;
  const summary = versionSummary(history);
  return {
    ...summary,
    isCurrent: summary.isCurrent && shelf.find(prefecture, incident) !== undefined,
    href: `/rule-sets/${prefecture}/${incident}/versions/${version}`,
  };
}
