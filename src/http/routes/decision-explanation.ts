import type { Handler } from 'hono';
import { accepts } from 'hono/accepts';
import type { NotReplayable } from '../../audit/replay.ts';
import { explanationHtml } from '../../explanation/html.ts';
import { explanationText } from '../../explanation/text.ts';
import { explain } from '../../operations/explain.ts';
import { partialDecision, unreadableVersion } from '../../operations/refusal.ts';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { answerProblem, type HttpProblem } from '../problems.ts';
import { decisionAt } from './decision.ts';

const WRITTEN = {
  'text/html': explanationHtml,
  'text/plain': explanationText,
  'application/json': JSON.stringify,
};
const TYPES = ['text/html', 'text/plain', 'application/json'] as const;

/** Why it was answered what was answered: a page, a text, or what both are made of. */
export function explainDecision(dependencies: Dependencies): Handler<AppEnv, '/decisions/:id/explanation'> {
  return async (c) => {
    const found = await decisionAt(dependencies.store, c.req.param('id'));
    if ('problem' in found) return answerProblem(c, found.problem);
    const explained = await explain(dependencies, found.decision);
    if (explained.kind === 'unexplained')
      return answerProblem(c, unexplained(explained, found.decision.version));
    const asked = accepts(c, { header: 'Accept', supports: [...TYPES], default: TYPES[0] });
    const type = TYPES.find((one) => one === asked) ?? TYPES[0];
    return c.body(WRITTEN[type](explained.explanation), 200, {
      'Content-Type': type === 'application/json' ? type : `${type}; charset=utf-8`,
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
      Vary: 'Accept',
    });
  };
}

function unexplained(why: NotReplayable, version: string): HttpProblem {
  switch (why.reason) {
    case 'partial':
      return partialDecision;
    case 'erased':
      return { name: 'erased', detail: 'The facts were erased, so that nothing is left to explain.' };
    case 'no-version':
      throw new Error('a decision without its version');
    case 'unreadable-version':
      return unreadableVersion(version, why.problems);
    case 'unreadable-answer':
      return {
        name: 'unreadable-answer',
        detail: 'What was logged as the answer of this decision is none that this program can read.',
      };
    case 'unreadable-facts':
      return {
        name: 'unreadable-version',
        detail: 'This program cannot read the facts by the vocabulary of that version.',
        members: { problems: why.problems },
      };
    case 'disagreement':
      return {
        name: 'internal-error',
        detail: 'json-rules-engine and the walk over the conditions disagree: a fault of this program.',
        members: { disagreements: why.disagreements },
      };
  }
}
