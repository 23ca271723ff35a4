import type { Position } from '../../rulebook/basics.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Reached, Study } from '../search/analysis.ts';
import type { Example } from '../search/example.ts';
import type { Goal, Sayings } from '../search/properties.ts';

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
  goal: Goal;
  /** What there is to say once it is known whether some case shows the goal. */
  say(answer: Reached): Promise<Said[]>;
}

export type Said = Omit<Finding, 'accepted' | 'code' | 'severity'> & Partial<Pick<Finding, 'severity'>>;

export interface Context {
  study: Study;
  ruleSet: RuleSet;
  sayings: Sayings;
  /** What is only worth knowing needs no example: finding small ones takes most of the time. */
  isBrief: boolean;
}

/** One kind of finding. */
export interface Check {
  code: FindingCode;
  severity: Severity;
  questions(context: Context): Question[];
}

/** A finding that says that something never happens. */
export const whenNever = async (
  answer: Reached,
  said: Omit<Said, 'verdict' | 'example'>,
): Promise<Said[]> => {
  if (answer.kind === 'shown') return [];
  return [{ ...said, verdict: answer.kind === 'none' ? 'proved' : 'undecided', example: null }];
};

/** A finding that says that something does happen, with a case; `words` may say more of the case. */
export async function whenShown(
  { study, isBrief }: Context,
  goal: Goal,
  answer: Reached,
  said: Omit<Said, 'verdict' | 'example'>,
  words: (example: Example) => { ja: string; en: string } = () => said,
): Promise<Said[]> {
  if (answer.kind === 'none') return [];
  if (isBrief && said.severity === 'information' && answer.kind === 'shown')
    return [{ ...said, verdict: 'refuted', example: null }];
  const example = answer.kind === 'shown' ? await study.example(goal) : null;
  if (example === null) return [{ ...said, verdict: 'undecided', example }];
  const { ja, en } = words(example);
  return [{ ...said, ja, en, verdict: 'refuted', example }];
}
