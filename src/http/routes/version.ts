import type { Context, Handler } from 'hono';
import { accepts } from 'hono/accepts';
import type { RuleSetVersion } from '../../decisions/store.ts';
import { noVersion } from '../../operations/refusal.ts';
import { findVersion, listVersions } from '../../operations/versions.ts';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { answerProblem } from '../problems.ts';
import { JSON_TYPE, YAML_TYPE, YAML_TYPES } from './rule-set.ts';
import { VERSIONS_PATH, versionView } from './versions.ts';

export const VERSION_PATH = `${VERSIONS_PATH}/:version` as const;

const WHOLE_LENGTH = 64;

/** The rule file's own text, or JSON with what is known of the version and both texts. */
export function showVersion(dependencies: Dependencies): Handler<AppEnv, typeof VERSION_PATH> {
  return async (c) => {
    const { version, ...asked } = c.req.param();
    const found = await findVersion(dependencies, asked, { version });
    if (found.kind !== 'found') return answerProblem(c, noVersion(found, { version }, null));
    const { stored } = found;
    const type = accepts(c, { header: 'Accept', supports: [...YAML_TYPES, JSON_TYPE], default: YAML_TYPE });
    c.header('Vary', 'Accept');
    if (type !== JSON_TYPE) return answerText(c, stored, stored.ruleText, type);
    const list = await listVersions(dependencies, asked);
    const about = list.kind === 'found' && list.versions.find((one) => one.version === stored.version);
    const view = about && versionView(about, dependencies.registry);
    const { prefecture, incident, ruleText, vocabularyText } = stored;
    // This may change: a version is committed after it was loaded, and is current at other times.
    c.header('Cache-Control', 'no-cache');
    return c.json({ prefecture, incident, ...view, ruleText, vocabularyText });
  };
}

/** The text of the vocabulary that the rule file was read with. */
export function showVersionVocabulary(
  dependencies: Dependencies,
): Handler<AppEnv, `${typeof VERSION_PATH}/vocabulary`> {
  return async (c) => {
    const { version, ...asked } = c.req.param();
    const found = await findVersion(dependencies, asked, { version });
    if (found.kind !== 'found') return answerProblem(c, noVersion(found, { version }, null));
    return answerText(c, found.stored, found.stored.vocabularyText, YAML_TYPE);
  };
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
