import type { Position } from '../../rulebook/basics.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Analysis, SearchResult } from '../search/analysis.ts';
import type { Example } from '../search/example.ts';
import type { Property, RuleSetProperties } from '../search/properties.ts';

export const FINDING_CODES = [
  'always-contradictory',
  'never-holds',
  'shadowed',
  'always-true',
  'always-false',
  'same-meaning',
  'unreached',
  'overlap',
  'excluded-remedies',
  'nothing-offered',
  'no-claim-state',
  'no-next-step',
  'no-deadline',
  'no-contact',
  'deadline-without-effect',
  'closed-on-deadline',
  'needless-acceptance',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** An error is wrong for somebody; a warning is a mistake or needs a reason; an information is worth knowing. */
export type Severity = 'error' | 'warning' | 'information';

/** `proved` of all cases; `refuted`: there is a case, see `example`; `undecided`: the time was up. */
export type FindingVerdict = 'proved' | 'refuted' | 'undecided';

export interface Finding {
  code: FindingCode;
  severity: Severity;
  verdict: FindingVerdict;
  position: Position;
  /** What it is about: section/id of rules, conditions/name, deadlines/id … as `accepted` in the rule file names them. */
  about: string[];
  ja: string;
  en: string;
  example: Example | null;
  /** The reason for which the rule file accepts it. */
  accepted: string | null;
}

export interface Question {
  property: Property;
  /** What there is to say once it is known whether some case shows the property. */
  report(answer: SearchResult): Promise<FindingDraft[]>;
}

export type FindingDraft = Omit<Finding, 'accepted' | 'code' | 'severity'> &
  Partial<Pick<Finding, 'severity'>>;

export interface CheckContext {
  analysis: Analysis;
  ruleSet: RuleSet;
  properties: RuleSetProperties;
  /** What is only worth knowing needs no example: finding small ones takes most of the time. */
  isBrief: boolean;
}

/** One kind of finding. */
export interface Check {
  code: FindingCode;
  severity: Severity;
  questions(context: CheckContext): Question[];
}

/** A finding that says that something never happens. */
export const reportIfNever = async (
  answer: SearchResult,
  draft: Omit<FindingDraft, 'verdict' | 'example'>,
): Promise<FindingDraft[]> => {
  if (answer.kind === 'shown') return [];
  return [{ ...draft, verdict: answer.kind === 'none' ? 'proved' : 'undecided', example: null }];
};

/** A finding that says that something does happen, with a case; `words` may say more of the case. */
export async function reportIfShown(
  { analysis, isBrief }: CheckContext,
  property: Property,
  answer: SearchResult,
  draft: Omit<FindingDraft, 'verdict' | 'example'>,
  words: (example: Example) => { ja: string; en: string } = () => draft,
): Promise<FindingDraft[]> {
  if (answer.kind === 'none') return [];
  if (isBrief && draft.severity === 'information' && answer.kind === 'shown')
    return [{ ...draft, verdict: 'refuted', example: null }];
  const example = answer.kind === 'shown' ? await analysis.example(property) : null;
  if (example === null) return [{ ...draft, verdict: 'undecided', example }];
  const { ja, en } = words(example);
  return [{ ...draft, ja, en, verdict: 'refuted', example }];
}
