import type { Handler } from 'hono';
import { accepts } from 'hono/accepts';
import { noVersion, unreadableVersion } from '../../operations/refusal.ts';
import { LATEST } from '../../operations/values.ts';
import { findVersion, type WantedVersion } from '../../operations/versions.ts';
import { readVersion } from '../../rule-files/load.ts';
import type { AppEnv, Dependencies } from '../dependencies.ts';
import { answerProblem } from '../problems.ts';
import { instant, invalidQuery, type Kind, openQuery } from '../request/query.ts';
import { JSON_TYPE, RULE_SET_PATH } from './rule-set.ts';

export const DIFF_PATH = `${RULE_SET_PATH}/diff` as const;

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

/** What was changed between two versions, and what changes for whom. */
export function showDiff(dependencies: Dependencies): Handler<AppEnv, typeof DIFF_PATH> {
  return async (c) => {
    const query = openQuery(c.req.url);
    const from = query.required('from', wantedVersion);
    const to = query.optional('to', wantedVersion) ?? { knownAt: LATEST };
    const errors = query.errors();
    if (from === undefined || errors.listed.length > 0) return answerProblem(c, invalidQuery(errors));
    const before = await findVersion(dependencies, c.req.param(), from);
    if (before.kind !== 'found') return answerProblem(c, noVersion(before, from, 'from'));
    const after = await findVersion(dependencies, c.req.param(), to);
    if (after.kind !== 'found') return answerProblem(c, noVersion(after, to, 'to'));

    const compared = await dependencies.comparer.compare(before.stored, after.stored);
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
  };
}
