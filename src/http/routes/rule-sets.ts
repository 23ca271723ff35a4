import type { Handler } from 'hono';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { ruleSetSummary } from './rule-set-view.ts';

export function listRuleSets({ registry }: Dependencies): Handler<AppEnv> {
  return (c) => c.json({ ruleSets: registry.all().map(ruleSetSummary) });
}
