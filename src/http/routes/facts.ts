import type { Handler } from 'hono';
import { factsSchema } from '../../engine/facts/facts-schema.ts';
import { noRuleSet } from '../../operations/refusal.ts';
import { unknownRuleSet } from '../../operations/versions.ts';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { answerProblem } from '../problems.ts';
import type { RULE_SET_PATH } from './rule-set.ts';

/** JSON Schema of a request's facts. */
export function showFacts({ registry }: Dependencies): Handler<AppEnv, `${typeof RULE_SET_PATH}/facts`> {
  return (c) => {
    const asked = c.req.param();
    const served = registry.find(asked.prefecture, asked.incident);
    if (!served) return answerProblem(c, noRuleSet(unknownRuleSet(registry, asked)));
    const { title, vocabulary } = served.ruleSet;
    return c.body(JSON.stringify(factsSchema(title, vocabulary)), 200, {
      'Content-Type': 'application/schema+json',
      ETag: `"${served.version}"`,
      'Cache-Control': 'no-cache',
    });
  };
}
