import type { Context, Hono, MiddlewareHandler } from 'hono';
import { accepts } from 'hono/accepts';
import { answerJsonSchema } from '../../engine/answer/answer-schema.ts';
import { answerDeadline } from '../../engine/answer/fields/guidance.ts';
import { factsSchema } from '../../engine/facts/facts-schema.ts';
import { noRuleSet } from '../../operations/refusal.ts';
import { type RuleSetName, unknownRuleSet } from '../../operations/versions.ts';
import type { RuleFile } from '../../rule-files/load.ts';
import type { ServedRuleSet } from '../../rule-files/registry.ts';
import { isError } from '../../rulebook/problems.ts';
import type { Rule, RuleSet } from '../../rulebook/rule-set.ts';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { answerProblem } from '../problems.ts';

export const JSON_TYPE = 'application/json';
export const YAML_TYPE = 'application/yaml';
export const YAML_TYPES = [YAML_TYPE, 'text/yaml'];
const SCHEMA_TYPE = 'application/schema+json';

export const RULE_SET_PATH = '/rule-sets/:prefecture/:incident';

/** The rule sets that are served, as they are read over HTTP. */
export function addRuleSetRoutes(
  app: Hono<AppEnv>,
  withETag: MiddlewareHandler,
  { registry }: Dependencies,
): void {
  const notServed = (c: Context<AppEnv>, asked: RuleSetName) =>
    answerProblem(c, noRuleSet(unknownRuleSet(registry, asked)));

  app.get('/rule-sets', (c) =>
    c.json({ ruleSets: registry.all().map(ruleSetSummary), drafts: registry.drafts().map(draftView) }),
  );

  /** JSON, or the rule file's own text. */
  app.get(RULE_SET_PATH, withETag, (c) => {
    const asked = c.req.param();
    const served = registry.find(asked.prefecture, asked.incident);
    if (!served) return notServed(c, asked);
    const supports = [JSON_TYPE, ...YAML_TYPES];
    const type = accepts(c, { header: 'Accept', supports, default: JSON_TYPE });
    const body = type === JSON_TYPE ? JSON.stringify(ruleSetView(served)) : served.ruleText;
    return c.body(body, 200, {
      'Content-Type': type === JSON_TYPE ? type : `${type}; charset=utf-8`,
      Vary: 'Accept',
      ETag: `"${served.version}"`,
      'Cache-Control': 'no-cache',
    });
  });

  /** JSON Schema of a request's facts. */
  app.get(`${RULE_SET_PATH}/facts`, withETag, (c) => {
    const asked = c.req.param();
    const served = registry.find(asked.prefecture, asked.incident);
    if (!served) return notServed(c, asked);
    const { title, vocabulary } = served.ruleSet;
    return c.body(JSON.stringify(factsSchema(title, vocabulary)), 200, {
      'Content-Type': SCHEMA_TYPE,
      ETag: `"${served.version}"`,
      'Cache-Control': 'no-cache',
    });
  });

  /** JSON Schema of the answers of this program. */
  const answerSchema = JSON.stringify(answerJsonSchema());
  app.get('/schemas/answer', withETag, (c) =>
    c.body(answerSchema, 200, { 'Content-Type': SCHEMA_TYPE, 'Cache-Control': 'no-cache' }),
  );
}

function ruleSetSummary({ ruleSet, version, commit }: ServedRuleSet) {
  const { prefecture, incident, title, source } = ruleSet;
  const href = `/rule-sets/${prefecture}/${incident}`;
  const hrefs = { href, factsHref: `${href}/facts`, versionsHref: `${href}/versions` };
  return { prefecture, incident, title, version, commit, source, ...hrefs };
}

/** Rule files that are there, and are not served because they say `status: draft`. `errors`: what is wrong with the file. */
export function draftView({ file, key, loaded, problems }: RuleFile) {
  const [prefecture, incident] = key.split('/');
  const title = loaded?.ruleSet.title ?? null;
  return { prefecture, incident, title, file, errors: problems.filter(isError).length };
}

/** A deadline counted from a fact is then told in words. */
const NOTHING_KNOWN = { get: () => undefined };

/** Everything but the conditions: those read best in the YAML. */
function ruleSetView(served: ServedRuleSet) {
  const { ruleSet } = served;
  const { contact } = ruleSet;
  return {
    ...ruleSetSummary(served),
    timeZone: ruleSet.timeZone,
    ...Object.fromEntries(ruleSet.sections.map(({ name }) => [name, rulesOf(served, name)])),
    deadlines: [...ruleSet.deadlines.values()].map((deadline) => ({
      ...answerDeadline(deadline, NOTHING_KNOWN, ruleSet),
      clauses: deadline.clauses,
    })),
    brands: ruleSet.brands.items,
    information: [...ruleSet.lists.values()].map(({ id, label, clauses, items }) => ({
      ...{ id, label, clauses, items },
    })),
    contact: contact && contactView(contact),
    clauses: [...ruleSet.clauses.values()],
  };
}

const rulesOf = ({ ruleSet }: ServedRuleSet, section: Rule['section']) =>
  ruleSet.rules
    .filter((rule) => rule.section === section)
    .map(({ id, concludes, label, clauses }) => ({ id, concludes, label, clauses }));

const contactView = ({ id, name, tel, hoursText, clauses }: NonNullable<RuleSet['contact']>) => ({
  ...{ id, name, tel, hours: hoursText, clauses },
});
