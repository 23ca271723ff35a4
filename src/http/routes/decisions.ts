import type { Handler } from 'hono';
import { validate } from 'uuid';
import type { PageOf } from '../../decisions/store.ts';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { answerProblem } from '../problems.ts';
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

/** The last decision of the page before. */
const decisionId: Kind<string> = {
  read: (text) => (validate(text) ? text : null),
  detail: 'must be the id of a decision, as `next` has it',
  detailJa: 'は判定の ID です（next の値を書いてください）',
};

/** Decisions that fit the filters of the query, page by page, without their facts and answers. */
export function listDecisions({ store }: Dependencies): Handler<AppEnv> {
  return async (c) => {
    const query = openQuery(c.req.url);
    const wanted = readQuery(query);
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
  };
}

function readQuery(query: Query): PageOf {
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
