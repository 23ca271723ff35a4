/** What every door answers instead of what was asked for: the same names, texts and places, however they are presented. */

import { keyOf } from '../rule-files/load.ts';
import { quoted } from '../rulebook/bounded-list.ts';
import { toOffsetDateTime } from '../rulebook/calendar.ts';
import type { LocalizedText } from '../rulebook/lang.ts';
import type { Problem } from '../rulebook/problems.ts';
import type { NoVersion, RuleSetName, UnknownRuleSet, WantedVersion } from './versions.ts';

export interface Refusal {
  name:
    | 'invalid-request'
    | 'unknown-rule-set'
    | 'unknown-version'
    | 'unreadable-version'
    | 'invalid-facts'
    | 'idempotency-conflict'
    | 'erased'
    | 'partial-decision';
  detail: string;
  errors?: FieldError[];
  /** How many there are beyond those. */
  moreErrors?: number;
  /** Further members. */
  members?: Record<string, unknown>;
}

/** One offending place of a request, of a query or of facts. */
export type FieldError = Place & {
  code: string;
  detail: string;
  detailJa?: string;
  /** Did you mean: the nearest right name. */
  suggestion?: string;
};
type Place =
  /** JSON Pointer (RFC 6901) into the request. */
  | { pointer: string }
  /** Name of a parameter of a query. */
  | { parameter: string };

export const fieldError = (
  place: Place,
  code: string,
  { ja, en }: LocalizedText,
  suggestion: string | null = null,
): FieldError => ({ ...place, code, detail: en, detailJa: ja, ...(suggestion !== null && { suggestion }) });

/** What is wrong with a rule file, and where. */
export const problemView = ({ code, position, message, messageEn, suggestion, correctedLine }: Problem) => ({
  ...{ code, ...position, message, messageEn, suggestion },
  ...(correctedLine !== undefined && { correctedLine }),
});

/** For who asks for it in a request. */
export function unknownRuleSet(asked: RuleSetName, unknown: UnknownRuleSet): Refusal {
  const { known, isDraft, noLongerSince, suggestion } = unknown;
  // The wrong half of the name, as far as it can be told.
  const field = known.some(({ prefecture }) => prefecture === asked.prefecture) ? 'incident' : 'prefecture';
  const name = keyOf(quoted(asked.prefecture), quoted(asked.incident));
  const since = noLongerSince && instantText(noLongerSince);
  const said = since
    ? {
        ja: `「${name}」のルールは ${since} から使われていません${isDraft ? '（いまは下書きです）' : ''}`,
        en: `the rule set ${name} is no longer served since ${since}${isDraft ? '; it is a draft now' : ''}`,
      }
    : isDraft
      ? { ja: `「${name}」のルールは下書きで、まだ使われていません`, en: `the rule set ${name} is a draft` }
      : { ja: `「${name}」というルールはありません`, en: `there is no rule set ${name}` };
  const error = fieldError({ pointer: `/${field}` }, 'unknown-rule-set', said, suggestion);
  return { ...noRuleSet(unknown), errors: [error] };
}

/** The same for a path, which has no JSON Pointers. */
export function noRuleSet({ known, isDraft, noLongerSince, suggestion }: UnknownRuleSet): Refusal {
  const name = 'unknown-rule-set';
  if (noLongerSince) {
    const since = instantText(noLongerSince);
    const kept = `It is no longer served since ${since}. Its versions are still in the log.`;
    const detail = `${kept} ${isDraft ? DRAFT : LISTED}`;
    return { name, detail, members: { known, noLongerServedSince: since } };
  }
  const detail = isDraft ? DRAFT : suggestion === null ? LISTED : `Did you mean ${suggestion}?`;
  return { name, detail, members: { known } };
}

/** Of the log, which tells of its own life and not of what a rule set promises. */
const instantText = (instant: Date): string => toOffsetDateTime(instant.getTime(), 'Asia/Tokyo');

const DRAFT =
  'It is a draft, which is checked and tested but answers nobody. Those served are listed in `known`.';
const LISTED = 'The rule sets served are listed in `known`.';

/** For who asks for it in a request. */
export const unknownVersion = (wanted: WantedVersion, current: string | null): Refusal => ({
  name: 'unknown-version',
  detail: 'Nothing was decided. Leave the version out to use the current one.',
  errors: [noSuchVersion({ pointer: wanted.knownAt === undefined ? '/version' : '/knownAt' }, wanted)],
  members: { current },
});

/** For a parameter of a query; or a path, which has none. */
export const noVersion = (none: NoVersion, wanted: WantedVersion, parameter: string | null): Refusal =>
  none.kind === 'unknown-rule-set'
    ? noRuleSet(none)
    : {
        name: 'unknown-version',
        detail: 'The versions there are stand in `known`, the newest first.',
        ...(parameter !== null && { errors: [noSuchVersion({ parameter }, wanted)] }),
        members: { known: none.known.map(({ version }) => version) },
      };

const noSuchVersion = (place: Place, { version, knownAt }: WantedVersion): FieldError =>
  fieldError(
    place,
    'unknown-version',
    knownAt === undefined
      ? {
          ja: `「${version}」で始まる版は、一つに決まりません`,
          en: `no single version of this rule set begins with ${version}`,
        }
      : {
          ja: 'その時点で使われていた版はありません',
          en: 'no version of this rule set was in use at that instant',
        },
  );

export const unreadableVersion = (version: string, problems: readonly Problem[]): Refusal => ({
  name: 'unreadable-version',
  detail: `Version ${version} was kept by an earlier program; this one cannot read it. Its text is at …/versions/${version}.`,
  members: { problems: problems.map(problemView) },
});

/** Nothing may be told from what is left of it. */
export const partialDecision: Refusal = {
  name: 'partial-decision',
  detail: 'Somebody changed this decision in the database. Run hosho audit verify.',
};
