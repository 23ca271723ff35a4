import type { Context, Hono, MiddlewareHandler } from 'hono';
import { accepts } from 'hono/accepts';
import type { RuleSetVersion, VersionHistory } from '../../decisions/store.ts';
import { noRuleSet, noVersion, unreadableVersion } from '../../operations/refusal.ts';
import { findVersion, listVersions, versionSummary, type WantedVersion } from '../../operations/versions.ts';
import { readVersion } from '../../rule-files/load.ts';
import type { RuleSetRegistry } from '../../rule-files/registry.ts';
import { LATEST } from '../../rulebook/calendar.ts';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { answerProblem } from '../problems.ts';
import { instant, invalidQuery, type Kind, openQuery } from '../request/query.ts';
import { JSON_TYPE, RULE_SET_PATH, YAML_TYPE, YAML_TYPES } from './rule-sets.ts';

const VERSIONS_PATH = `${RULE_SET_PATH}/versions` as const;
const VERSION_PATH = `${VERSIONS_PATH}/:version` as const;

const WHOLE_LENGTH = 64;
const MARKDOWN_TYPE = 'text/markdown';
const RETRY_AFTER_S = '5';

/** A version by its digits, or the one that was in use at an instant. */
const wantedVersion: Kind<WantedVersion> = {
  read(text) {
    const version = readVersion(text);
    if (version !== null) return { version };
    const knownAt = instant.read(text);
    return knownAt === null ? null : { knownAt };
  },
  detail:
    'must be the sha256 of a version or its first 6 or more hex digits, or an instant, such as 2030-01-31T12:00:00+09:00',
  detailJa:
    'は版の sha256 かその先頭 6 桁以上（16進数）、または 2030-01-31T12:00:00+09:00 のように時差まで書いた日時です',
};

/** Versions as the log keeps them, and what was changed between them. */
export function addVersionRoutes(
  app: Hono<AppEnv>,
  withETag: MiddlewareHandler,
  dependencies: Dependencies,
): void {
  const { registry, comparer } = dependencies;

  /** Every version that was ever loaded, the newest first. */
  app.get(VERSIONS_PATH, async (c) => {
    const found = await listVersions(dependencies, c.req.param());
    if (found.kind !== 'found') return answerProblem(c, noRuleSet(found));
    return c.json({ versions: found.versions.map((version) => versionView(version, registry)) });
  });

  /** The rule file's own text, or JSON with what is known of the version and both texts. */
  app.get(VERSION_PATH, withETag, async (c) => {
    const { version, ...asked } = c.req.param();
    const found = await findVersion(dependencies, asked, { version });
    if (found.kind !== 'found') return answerProblem(c, noVersion(found, { version }, null));
    const { stored } = found;
    const type = accepts(c, { header: 'Accept', supports: [...YAML_TYPES, JSON_TYPE], default: YAML_TYPE });
    c.header('Vary', 'Accept');
    if (type !== JSON_TYPE) return answerText(c, stored, stored.ruleText, type);
    const list = await listVersions(dependencies, asked);
    const about = list.kind === 'found' && list.versions.find((one) => one.version === stored.version);
    const view = about && versionView(about, registry);
    const { prefecture, incident, ruleText, vocabularyText } = stored;
    // This may change: a version is committed after it was loaded, and is current at other times.
    c.header('Cache-Control', 'no-cache');
    return c.json({ prefecture, incident, ...view, ruleText, vocabularyText });
  });

  /** The text of the vocabulary that the rule file was read with. */
  app.get(`${VERSION_PATH}/vocabulary`, withETag, async (c) => {
    const { version, ...asked } = c.req.param();
    const found = await findVersion(dependencies, asked, { version });
    if (found.kind !== 'found') return answerProblem(c, noVersion(found, { version }, null));
    return answerText(c, found.stored, found.stored.vocabularyText, YAML_TYPE);
  });

  /** What was changed between two versions, and what changes for whom. */
  app.get(`${RULE_SET_PATH}/diff`, withETag, async (c) => {
    const query = openQuery(c.req.url);
    const from = query.required('from', wantedVersion);
    const to = query.optional('to', wantedVersion) ?? { knownAt: LATEST };
    const errors = query.errors();
    if (from === undefined || errors.listed.length > 0) return answerProblem(c, invalidQuery(errors));
    const before = await findVersion(dependencies, c.req.param(), from);
    if (before.kind !== 'found') return answerProblem(c, noVersion(before, from, 'from'));
    const after = await findVersion(dependencies, c.req.param(), to);
    if (after.kind !== 'found') return answerProblem(c, noVersion(after, to, 'to'));

    const compared = await comparer.compare(before.stored, after.stored);
    switch (compared.kind) {
      case 'busy':
        return answerProblem(c, {
          name: 'too-many-requests',
          detail: 'Other versions are being compared. Try again.',
          headers: { 'Retry-After': RETRY_AFTER_S },
        });
      case 'unreadable-version':
        return answerProblem(c, unreadableVersion(compared.version, compared.problems));
      case 'compared': {
        const supports = [JSON_TYPE, MARKDOWN_TYPE];
        const type = accepts(c, { header: 'Accept', supports, default: JSON_TYPE });
        return c.body(type === JSON_TYPE ? compared.json : compared.markdown, 200, {
          'Content-Type': type === JSON_TYPE ? type : `${type}; charset=utf-8`,
          Vary: 'Accept',
          'Cache-Control': 'no-cache',
        });
      }
    }
  });
}

/** It never changes, but the first digits of a version may come to be those of another too. */
function answerText(
  c: Context<AppEnv, typeof VERSION_PATH>,
  { version }: RuleSetVersion,
  text: string,
  type: string,
): Response {
  const isWhole = c.req.param('version').length === WHOLE_LENGTH;
  return c.body(text, 200, {
    'Content-Type': `${type}; charset=utf-8`,
    ETag: `"${version}"`,
    'Cache-Control': isWhole ? 'max-age=31536000, immutable' : 'no-cache',
  });
}

/** None is current of a rule set that is no longer served. */
function versionView(history: VersionHistory, registry: RuleSetRegistry) {
  const { prefecture, incident, version } = history;
  const summary = versionSummary(history);
  return {
    ...summary,
    isCurrent: summary.isCurrent && registry.find(prefecture, incident) !== undefined,
    href: `/rule-sets/${prefecture}/${incident}/versions/${version}`,
  };
}
