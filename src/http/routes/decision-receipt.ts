import type { Handler } from 'hono';
import { makeReceipt } from '../../audit/receipt.ts';
import { partialDecision } from '../../operations/refusal.ts';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { answerProblem } from '../problems.ts';
import { decisionAt } from './decision.ts';

/** One file that shows the decision without this service. */
export function decisionReceipt({
  store,
  auditKey,
  now,
}: Dependencies): Handler<AppEnv, '/decisions/:id/receipt'> {
  return async (c) => {
    const found = await decisionAt(store, c.req.param('id'));
    if ('problem' in found) return answerProblem(c, found.problem);
    if (!auditKey)
      return answerProblem(c, {
        name: 'no-signing-key',
        detail: 'Receipts are signed: set AUDIT_KEY, which `hosho audit key` makes.',
      });
    const { decision } = found;
    if ('missing' in decision) return answerProblem(c, partialDecision);
    const ruleSet = await store.findVersion(decision.prefecture, decision.incident, decision.version);
    if (!ruleSet) throw new Error('a decision without its version');
    return c.body(JSON.stringify(makeReceipt(decision, ruleSet, now(), auditKey), null, 2), 200, {
      'Content-Type': 'application/json',
      'Content-Disposition': `attachment; filename="receipt-${decision.id}.json"`,
    });
  };
}
