import type { NoRules, WantedRules } from '../decisions/choose-rules.ts';
import type { HttpProblem } from './problems.ts';

/** For a body that asked for it; a path has no JSON Pointers. */
export function unknownVersion(
  { version, knownAt }: Pick<WantedRules, 'version' | 'knownAt'>,
  current: string | null,
): HttpProblem {
  const [pointer, detail, detailJa] =
    knownAt === undefined
      ? [
          '/version',
          `no single version of this rule set begins with ${version}`,
          `「${version}」で始まる版は、一つに決まりません`,
        ]
      : [
          '/knownAt',
          'no version of this rule set was in use at that instant',
          'その時点で使われていた版はありません',
        ];
  return {
    name: 'unknown-version',
    detail: 'Nothing was decided. Leave the version out to use the current one.',
    errors: [{ pointer, code: 'unknown-version', detail, detailJa }],
    members: { current },
  };
}

export function unreadableVersion({
  version,
  problems,
}: Omit<Extract<NoRules, { kind: 'unreadable-version' }>, 'kind'>): HttpProblem {
  return {
    name: 'unreadable-version',
    detail: `Version ${version} was kept by an earlier program; this one cannot read it. Its text is at …/versions/${version}.`,
    members: {
      problems: problems.map(({ code, position, message, messageEn, suggestion }) => ({
        ...{ code, ...position, message, messageEn, suggestion },
      })),
    },
  };
}
