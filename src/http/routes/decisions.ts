/** What the log tells over HTTP: its list, a decision of it, and why, signed or judged again. */
import type { Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import { validate } from 'uuid';
import { makeReceipt } from '../../audit/receipt.ts';
import { type NotReplayable, replay } from '../../audit/replay.ts';
import { decisionJson, erasureOf } from '../../decisions/decision-json.ts';
import type { PageOf, StoredDecision } from '../../decisions/store.ts';
import { explanationHtml } from '../../explanation/html.ts';
import { explanationText } from '../../explanation/text.ts';
import { explain } from '../../operations/explain.ts';
import { partialDecision, unreadableVersion } from '../../operations/refusal.ts';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { answerProblem, type HttpProblem } from '../problems.ts';
import {
  instant,
  invalidQuery,
  type Kind,
  oneOf,
  openQuery,
  plainText,
  type Query,
  versionPrefix,
  wholeNumber,
} from '../request/query.ts';

const USUAL = 50;
const MOST = 500;

const WRITTEN = {
  'text/html': explanationHtml,
  'text/plain': explanationText,
  'application/json': JSON.stringify,
};
const TYPES = ['text/html', 'text/plain', 'application/json'] as const;

export function addDecisionRoutes(app: Hono<AppEnv>, dependencies: Dependencies): void {
  const { store, auditKey, now, engineVersion } = dependencies;

  /** What is answered of the decision of a path, where it has one. */
  function ofDecision(answer: (c: Context<AppEnv>, decision: StoredDecision) => Promise<Response>) {
    return async (c: Context<AppEnv, '/decisions/:id'>): Promise<Response> => {
      const id = c.req.param('id');
      if (!validate(id))
        return answerProblem(c, { name: 'invalid-id', detail: 'The id of a decision is a UUID.' });
      const decision = await store.find(id);
      if (decision) return answer(c, decision);
      return answerProblem(c, { name: 'unknown-decision', detail: `No decision has the id ${id}.` });
    };
  }

  /** Decisions that fit the filters of the query, page by page, without their facts and answers. */
  app.get('/decisions', async (c) => {
    const query = openQuery(c.req.url);
    const wanted = readPage(query);
    const errors = query.errors();
    if (errors.listed.length > 0) return answerProblem(c, invalidQuery(errors));
    // One more, to know whether there is another page.
    const found = await store.list({ ...wanted, limit: wanted.limit + 1 });
    const shown = found.slice(0, wanted.limit);
    const next = found.length > shown.length ? (shown.at(-1)?.id ?? null) : null;
    if (next !== null) {
      const url = new URL(c.req.url);
      url.searchParams.set('after', next);
      c.header('Link', `<${url.pathname}${url.search}>; rel="next"`);
    }
    return c.json({ decisions: shown.map((one) => ({ ...one, href: `/decisions/${one.id}` })), next });
  });

  /** As it was logged. */
  app.get(
    '/decisions/:id',
    ofDecision(async (c, decision) => {
      const body = decisionJson(decision, await erasureOf(store, decision));
      return c.body(body, 200, { 'Content-Type': 'application/json' });
    }),
  );

  /** Why it was answered what was answered: a page, a text, or what both are made of. */
  app.get(
    '/decisions/:id/explanation',
    ofDecision(async (c, decision) => {
      const explained = await explain(dependencies, decision);
      if (explained.kind === 'unexplained') return answerProblem(c, unexplained(explained, decision.version));
      const asked = accepts(c, { header: 'Accept', supports: [...TYPES], default: TYPES[0] });
      const type = TYPES.find((one) => one === asked) ?? TYPES[0];
      return c.body(WRITTEN[type](explained.explanation), 200, {
        'Content-Type': type === 'application/json' ? type : `${type}; charset=utf-8`,
        'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
        Vary: 'Accept',
      });
    }),
  );

  /** One file that shows the decision without this service. */
  app.get(
    '/decisions/:id/receipt',
    ofDecision(async (c, decision) => {
      if (!auditKey)
        return answerProblem(c, {
          name: 'no-signing-key',
          detail: 'Receipts are signed: set AUDIT_KEY, which `hosho audit key` makes.',
        });
      if ('missing' in decision) return answerProblem(c, partialDecision);
      const ruleSet = await store.findVersion(decision.prefecture, decision.incident, decision.version);
      if (!ruleSet) throw new Error('a decision without its version');
      return c.body(JSON.stringify(makeReceipt(decision, ruleSet, now(), auditKey), null, 2), 200, {
        'Content-Type': 'application/json',
        'Content-Disposition': `attachment; filename="receipt-${decision.id}.json"`,
      });
    }),
  );

  /** Judged again. Nothing is logged. */
  app.post(
    '/decisions/:id/replay',
    ofDecision(async (c, decision) => {
      const { id, version, engineVersion: logged } = decision;
      const replayed = await replay(dependencies, decision);
      return c.json({ id, version, engineVersion: { logged, now: engineVersion }, ...replayed });
    }),
  );
}

/** The last decision of the page before. */
const decisionId: Kind<string> = {
  read: (text) => (validate(text) ? text : null),
  detail: 'must be the id of a decision, as `next` has it',
  detailJa: 'は判定の ID です（next の値を書いてください）',
};

function readPage(query: Query): PageOf {
  const text = (name: string): string | undefined => query.optional(name, plainText);
  const date = (name: string): Date | undefined => {
    const at = query.optional(name, instant);
    return at === undefined ? undefined : new Date(at);
  };
  return {
    ...{ prefecture: text('prefecture'), incident: text('incident') },
    version: query.optional('version', versionPrefix),
    ...{ outcome: text('outcome'), category: text('category'), reference: text('reference') },
    ...{ asOfFrom: date('asOfFrom'), asOfUntil: date('asOfUntil') },
    ...{ decidedFrom: date('decidedFrom'), decidedUntil: date('decidedUntil') },
    order: query.optional('order', oneOf(['newest', 'oldest'])) ?? 'newest',
    after: query.optional('after', decisionId) ?? null,
    limit: query.optional('limit', wholeNumber(1, MOST)) ?? USUAL,
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
