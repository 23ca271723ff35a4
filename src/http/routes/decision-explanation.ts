import type { Handler } from 'hono';
import { accepts } from 'hono/accepts';
import { explanationOf } from '../../explanation/explanation.ts';
import { explanationHtml } from '../../explanation/html.ts';
import { explanationText } from '../../explanation/text.ts';
import type { AppEnv, Parts } from '../parts.ts';
import { answerProblem } from '../problems.ts';
import { findDecision, partialDecision } from './decision.ts';
import { unreadableVersion } from './unknown-version.ts';

const WRITTEN = {
  'text/html': explanationHtml,
  'text/plain': explanationText,
  'application/json': JSON.stringify,
};
const TYPES = ['text/html', 'text/plain', 'application/json'] as const;

/** Why it was answered what was answered: a page, a text, or what both are made of. */
export function explainDecision({ store, readStored }: Parts): Handler<AppEnv, '/decisions/:id/explanation'> {
  return async (c) => {
    const found = await findDecision(store, c.req.param('id'));
    if ('problem' in found) return answerProblem(c, found.problem);
    if ('missing' in found.decision) return answerProblem(c, partialDecision);
    const { facts, answer, ...decision } = found.decision;
    if (answer === null)
      return answerProblem(c, {
        name: 'erased',
        detail: 'The facts were erased, so that nothing is left to explain.',
      });
    const { prefecture, incident, version } = decision;
    const kept = await store.findVersion(prefecture, incident, version);
    if (!kept) throw new Error('a decision without its version');
    const rules = readStored(kept);
    if ('problems' in rules) return answerProblem(c, unreadableVersion({ version, ...rules }));
    const { program } = rules.served;
    const input = { decision: { ...decision, facts, answer }, program, ruleText: kept.ruleText };
    const explanation = await explanationOf(input);
    if ('kind' in explanation && explanation.kind === 'unreadable-answer')
      return answerProblem(c, {
        name: 'unreadable-answer',
        detail: 'What was logged as the answer of this decision is none that this program can read.',
      });
    if ('kind' in explanation)
      return answerProblem(c, {
        name: 'unreadable-version',
        detail: 'This program cannot read the facts by the vocabulary of that version.',
        members: { problems: explanation.problems },
      });
    const asked = accepts(c, { header: 'Accept', supports: [...TYPES], default: TYPES[0] });
    const type = TYPES.find((one) => one === asked) ?? TYPES[0];
    return c.body(WRITTEN[type](explanation), 200, {
      'Content-Type': type === 'application/json' ? type : `${type}; charset=utf-8`,
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
      Vary: 'Accept',
    });
  };
}
