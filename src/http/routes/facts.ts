import type { Handler } from 'hono';
import { factsSchema } from '../../engine/facts/facts-schema.ts';
import type { AppEnv, Parts } from '../parts.ts';
import { answerProblem } from '../problems.ts';
import type { RULE_SET_PATH } from './rule-set.ts';
import { unknownRuleSetPath } from './unknown-rule-set.ts';

/** JSON Schema of a request's facts. */
export function showFacts({ shelf }: Parts): Handler<AppEnv, `${typeof RULE_SET_PATH}/facts`> {
  return (c) => {
    const asked = c.req.param();
    const served = shelf.find(asked.prefecture, asked.incident);
    if (!served) return answerProblem(c, unknownRuleSetPath(asked, shelf));
    const { title, vocabulary } = served.ruleSet;
    return c.body(JSON.stringify(factsSchema(title, vocabulary)), 200, {
      'Content-Type': 'application/schema+json',
      ETag: `"${served.version}"`,
      'Cache-Control': 'no-cache',
    });
  };
}
