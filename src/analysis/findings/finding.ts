import type { Position } from '../../rulebook/basics.ts';
import type { Rule } from '../../rulebook/rule-set.ts';
import type { Analysis, AnalyzedRuleSet } from '../search/analysis.ts';
import type { SearchResult } from '../search/case-search.ts';
import type { Example } from '../search/example.ts';
import type { Property } from '../search/properties.ts';

/** An error is wrong for somebody; a warning is a mistake or needs a reason; an information is worth knowing. */
export type Severity = 'error' | 'warning' | 'information';

export const SEVERITIES = {
  'always-contradictory': 'error',
  'never-holds': 'warning',
  shadowed: 'warning',
  'always-true': 'warning',
  'always-false': 'warning',
  'same-meaning': 'warning',
  unreached: 'warning',
  overlap: 'information',
  'excluded-remedies': 'error',
  'nothing-offered': 'error',
  'no-claim-state': 'warning',
  'no-next-step': 'warning',
  'no-deadline': 'warning',
  'no-contact': 'warning',
  'deadline-without-effect': 'warning',
  'closed-on-deadline': 'warning',
  'negative-amount': 'warning',
  'no-amount': 'warning',
  'no-worklist': 'warning',
  'no-label': 'warning',
  'refused-but-offered': 'warning',
  'done-but-steps': 'warning',
  'unbound-deadline': 'warning',
  'open-after-deadline': 'warning',
  'said-to-all': 'warning',
  contained: 'information',
  'could-be-one': 'information',
  'falls-to-last': 'information',
  'missing-cell': 'warning',
  'overlapping-cells': 'warning',
  'needless-acceptance': 'warning',
  'notice-changed': 'warning',
  'quote-differs': 'warning',
  'line-not-quoted': 'warning',
  'no-such-line': 'warning',
  'contradicts-notice': 'warning',
  'not-in-notice': 'warning',
  'no-such-day': 'warning',
  'odd-letter': 'warning',
  'cut-text': 'warning',
  'blank-in-text': 'warning',
  'no-such-address': 'warning',
  'odd-hours': 'warning',
  'same-words': 'warning',
  'contradicts-itself': 'warning',
  'other-clause': 'warning',
} as const satisfies Record<string, Severity>;
export type FindingCode = keyof typeof SEVERITIES;

/** What is found by comparing with the text of the notice, not proved of cases. */
export const NOTICE_CODES = [
  'notice-changed',
  'quote-differs',
  'line-not-quoted',
  'no-such-line',
  'contradicts-notice',
  'not-in-notice',
  'no-such-day',
] as const satisfies readonly FindingCode[];
export type NoticeCode = (typeof NOTICE_CODES)[number];

/** What the words of a file alone show. */
export const TEXT_CODES = [
  'odd-letter',
  'cut-text',
  'blank-in-text',
  'no-such-address',
  'odd-hours',
  'same-words',
  'contradicts-itself',
  'other-clause',
] as const satisfies readonly FindingCode[];
export type TextCode = (typeof TEXT_CODES)[number];

export interface Finding {
  code: FindingCode;
  severity: Severity;
  /** `proved` of all cases; `refuted`: there is a case, see `example`; `undecided`: the time was up. */
  verdict: 'proved' | 'refuted' | 'undecided';
  position: Position;
  /** What it is about: section/id of rules, conditions/name, deadlines/id … as `accepted` in the rule file names them. */
  about: string[];
  ja: string;
  en: string;
  example: Example | null;
  /** The reason for which the rule file accepts it. */
  accepted: string | null;
  /** The finding without which there would not be this one, see `causes.ts`. */
  cause?: Pick<Finding, 'code' | 'about'>;
}

/** What is said of something; `severity` where it is not that of the code. */
export type Draft = Pick<Finding, 'position' | 'about' | 'ja' | 'en'> & Partial<Pick<Finding, 'severity'>>;
export type FindingDraft = Draft & Pick<Finding, 'verdict' | 'example'>;

export interface Question {
  property: Property;
  /** As of the finding that there may be. */
  about: readonly string[];
  /** What there is to say once it is known whether some case shows the property. */
  report(answer: SearchResult): Promise<FindingDraft[]>;
}

export interface CheckContext extends AnalyzedRuleSet {
  analysis: Analysis;
  /** Of what is only worth knowing, so many more may have an example: small ones take most of the time to find. */
  examplesLeft: number;
}

/** One kind of finding. */
export type Check = (context: CheckContext) => Question[];
export type Checks = readonly [FindingCode, Check][];

export const unlessShown = ({ kind }: SearchResult, draft: Draft): FindingDraft[] =>
  kind === 'shown' ? [] : [{ ...draft, verdict: kind === 'none' ? 'proved' : 'undecided', example: null }];

/** It is a finding that something never happens. */
export const foundIfNever = (property: Property, draft: Draft): Question => ({
  property,
  about: draft.about,
  report: async (answer) => unlessShown(answer, draft),
});

/** It is a finding that something does happen, told with a case; `words` may say more of the case. */
export const foundIfShown = (
  context: CheckContext,
  property: Property,
  draft: Draft,
  words: (example: Example) => Pick<Draft, 'ja' | 'en'> = () => draft,
): Question => ({
  property,
  about: draft.about,
  async report({ kind }) {
    if (kind === 'none') return [];
    if (draft.severity === 'information' && kind === 'shown' && context.examplesLeft-- <= 0)
      return [{ ...draft, verdict: 'refuted', example: null }];
    const example = kind === 'shown' ? await context.analysis.example(property) : null;
    if (example === null) return [{ ...draft, verdict: 'undecided', example }];
    const { ja, en } = words(example);
    return [{ ...draft, ja, en, verdict: 'refuted', example }];
  },
});

export const ruleJa = ({ sectionLabel, id }: Rule): string => `${sectionLabel.ja}「${id}」`;
export const ruleEn = ({ sectionLabel, id }: Rule): string => `${sectionLabel.en} "${id}"`;
