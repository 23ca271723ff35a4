import type { NoRules, WantedRules } from '../../decisions/choose-rules.ts';
import type { VersionHistory } from '../../decisions/store.ts';
import { type HttpProblem, problemView } from '../problems.ts';

/** Which version of a rule set is meant; `knownAt` in epoch milliseconds. */
export type WantedVersion = Pick<WantedRules, 'version' | 'knownAt'>;

/** For a body that asked for it. */
export function unknownVersion(wanted: WantedVersion, current: string | null): HttpProblem {
  const pointer = wanted.knownAt === undefined ? '/version' : '/knownAt';
  return {
    name: 'unknown-version',
    detail: 'Nothing was decided. Leave the version out to use the current one.',
    errors: [{ pointer, ...missing(wanted) }],
    members: { current },
  };
}

/** For a parameter of a query, or a path, which has none. `known` are all there are. */
export function unknownStored(
  wanted: WantedVersion,
  known: readonly VersionHistory[],
  parameter: string | null,
): HttpProblem {
  return {
    name: 'unknown-version',
    detail: 'The versions there are stand in `known`, the newest first.',
    ...(parameter !== null && { errors: [{ parameter, ...missing(wanted) }] }),
    members: { known: known.map(({ version }) => version) },
  };
}

const missing = ({ version, knownAt }: WantedVersion) => ({
  code: 'unknown-version',
  ...(knownAt === undefined
    ? {
        detail: `no single version of this rule set begins with ${version}`,
        detailJa: `「${version}」で始まる版は、一つに決まりません`,
      }
    : {
        detail: 'no version of this rule set was in use at that instant',
        detailJa: 'その時点で使われていた版はありません',
      }),
});

export function unreadableVersion({
  version,
  problems,
}: Omit<Extract<NoRules, { kind: 'unreadable-version' }>, 'kind'>): HttpProblem {
  return {
    name: 'unreadable-version',
    detail: `Version ${version} was kept by an earlier program; this one cannot read it. Its text is at …/versions/${version}.`,
    members: { problems: problems.map(problemView) },
  };
}
