import type { Handler } from 'hono';
import type { VersionHistory } from '../../decisions/store.ts';
import { noRuleSet } from '../../operations/refusal.ts';
import { listVersions, versionSummary } from '../../operations/versions.ts';
import type { RuleSetRegistry } from '../../rule-files/registry.ts';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { answerProblem } from '../problems.ts';
import { RULE_SET_PATH } from './rule-set.ts';

export const VERSIONS_PATH = `${RULE_SET_PATH}/versions` as const;

/** Every version that was ever loaded, the newest first. */
export function showVersions(dependencies: Dependencies): Handler<AppEnv, typeof VERSIONS_PATH> {
  return async (c) => {
    const found = await listVersions(dependencies, c.req.param());
    if (found.kind !== 'found') return answerProblem(c, noRuleSet(found));
    return c.json({ versions: found.versions.map((version) => versionView(version, dependencies.registry)) });
  };
}

/** None is current of a rule set that is no longer served. */
export function versionView(history: VersionHistory, registry: RuleSetRegistry) {
  const { prefecture, incident, version } = history;
  const summary = versionSummary(history);
  return {
    ...summary,
    isCurrent: summary.isCurrent && registry.find(prefecture, incident) !== undefined,
    href: `/rule-sets/${prefecture}/${incident}/versions/${version}`,
  };
}
