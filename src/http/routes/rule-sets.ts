import type { Handler } from 'hono';
import type { AppEnv, Parts } from '../parts.ts';
import { ruleSetSummary } from './rule-set-view.ts';

export function listRuleSets({ shelf }: Parts): Handler<AppEnv> {
  return (c) => c.json({ ruleSets: shelf.all().map(ruleSetSummary) });
}
