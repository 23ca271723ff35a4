import type { Handler } from 'hono';
import { accepts } from 'hono/accepts';
import { noRuleSet } from '../../operations/refusal.ts';
import { unknownRuleSet } from '../../operations/versions.ts';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { answerProblem } from '../problems.ts';
import { ruleSetView } from './rule-set-view.ts';

export const JSON_TYPE = 'application/json';
export const YAML_TYPE = 'application/yaml';
export const YAML_TYPES = [YAML_TYPE, 'text/yaml'];

export const RULE_SET_PATH = '/rule-sets/:prefecture/:incident';

/** JSON, or the rule file's own text. */
export function showRuleSet({ registry }: Dependencies): Handler<AppEnv, typeof RULE_SET_PATH> {
  return (c) => {
    const asked = c.req.param();
    const served = registry.find(asked.prefecture, asked.incident);
    if (!served) return answerProblem(c, noRuleSet(unknownRuleSet(registry, asked)));
    const supports = [JSON_TYPE, ...YAML_TYPES];
    const type = accepts(c, { header: 'Accept', supports, default: JSON_TYPE });
    const body = type === JSON_TYPE ? JSON.stringify(ruleSetView(served)) : served.ruleText;
    return c.body(body, 200, {
      'Content-Type': type === JSON_TYPE ? type : `${type}; charset=utf-8`,
      Vary: 'Accept',
      ETag: `"${served.version}"`,
      'Cache-Control': 'no-cache',
    });
  };
}
