import type { Logger } from 'pino';
import type { DecisionTemplate } from '../engine/answer/template.ts';
import type { Judging } from '../operations/judge.ts';
import type { Metrics } from './metrics.ts';

/**
 * Where json-rules-engine and the walk over the conditions disagree, the service answers by json-rules-engine's word: each such
 * case is counted, and what they disagree about is logged once.
 */
export function disagreementWatch(
  logger: Logger,
  count: Metrics['countDisagreement'],
): Judging['onDisagreement'] {
  const logged = new WeakSet<DecisionTemplate>();
  return ({ ruleSet, version }, template) => {
    const { prefecture, incident } = ruleSet;
    const { disagreements } = template;
    count({ prefecture, incident }, disagreements.length);
    if (logged.has(template)) return;
    logged.add(template);
    logger.warn({ prefecture, incident, version, disagreements }, 'json-rules-engine and the walk disagree');
  };
}
