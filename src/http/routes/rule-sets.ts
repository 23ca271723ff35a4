import type { Context, Hono, MiddlewareHandler } from 'hono';
import { accepts } from 'hono/accepts';
import { answerJsonSchema } from '../../engine/answer/answer-schema.ts';
import { answerDeadline } from '../../engine/answer/fields/guidance.ts';
import { factsSchema } from '../../engine/facts/facts-schema.ts';
import type { Judging } from '../../operations/evaluate.ts';
import { noRuleSet, noVersion, unreadableVersion } from '../../operations/refusal.ts';
import { type RuleSetName, unknownRuleSet } from '../../operations/versions.ts';
import type { RuleFile } from '../../rule-files/load.ts';
import type { ServedRuleSet } from '../../rule-files/registry.ts';
import { isError } from '../../rulebook/problems.ts';
import type { Rule, RuleSet } from '../../rulebook/rule-set.ts';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { answerProblem } from '../problems.ts';
import { instant, invalidQuery, openQuery, versionPrefix } from '../request/query.ts';

export const JSON_TYPE = 'application/json';
export const YAML_TYPE = 'application/yaml';
export const YAML_TYPES = [YAML_TYPE, 'text/yaml'];
const SCHEMA_TYPE = 'application/schema+json';

export const RULE_SET_PATH = '/rule-sets/:prefecture/:incident';

const TWO_VERSIONS = {
  parameter: 'knownAt',
  code: 'not-allowed',
  detail: 'knownAt cannot stand beside version: each of them says which rules are meant',
  detailJa: 'knownAt と version は、どちらもルールの版を決めるものです。どちらか一つを書いてください',
};

/** The rule sets that are served, as they are read over HTTP. */
export function addRuleSetRoutes(
  app: Hono<AppEnv>,
  withETag: MiddlewareHandler,
  { registry, chooseRules }: Dependencies & Pick<Judging, 'chooseRules'>,
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

  /** JSON Schema of a request's facts, of the version that a request with the same `version` or `knownAt` is judged by. */
  app.get(`${RULE_SET_PATH}/facts`, withETag, async (c) => {
    const asked = c.req.param();
    const query = openQuery(c.req.url);
    const version = query.optional('version', versionPrefix);
    const knownAt = query.optional('knownAt', instant);
    const errors = query.errors();
    if (version !== undefined && knownAt !== undefined) errors.add(() => TWO_VERSIONS);
    if (errors.listed.length > 0) return answerProblem(c, invalidQuery(errors));
    const choice = await chooseRules({ ...asked, version, knownAt });
    switch (choice.kind) {
      case 'unknown-rule-set':
        return answerProblem(c, noRuleSet(choice));
      case 'unknown-version':
        return answerProblem(
          c,
          noVersion(choice, { version, knownAt }, knownAt === undefined ? 'version' : 'knownAt'),
        );
      case 'unreadable-version':
        return answerProblem(c, unreadableVersion(choice.version, choice.problems));
      case 'chosen': {
        const { ruleSet } = choice.ruleSet;
        return c.body(JSON.stringify(factsSchema(ruleSet.title, ruleSet.vocabulary)), 200, {
          'Content-Type': SCHEMA_TYPE,
          ETag: `"${choice.ruleSet.version}"`,
          'Cache-Control': 'no-cache',
        });
      }
    }
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
    ...{ voucherState: [], claimState: [] },
    ...Object.fromEntries(ruleSet.sections.map(({ name }) => [name, rulesOf(served, name)])),
    claims: ruleSet.claims,
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
