/** Everything that can be proved or refuted about one rule set. */
import type { Acceptance, RuleSet } from '../../rulebook/rule-set.ts';
import type { WrittenCase } from '../cases/evaluate-case.ts';
import { byPosition } from '../rule-set-parts.ts';
import { type Analysis, type AnalysisOptions, withAnalysis } from '../search/analysis.ts';
import type { Solver } from '../solver/solver.ts';
import { type Check, type Finding, type FindingCode, SEVERITIES } from './finding.ts';
import {
  closedOnDeadline,
  excludedRemedies,
  noClaimState,
  noContact,
  noDeadline,
  noNextStep,
  nothingOffered,
  overlap,
} from './gaps.ts';
import {
  alwaysContradictory,
  alwaysFalse,
  alwaysTrue,
  deadlineWithoutEffect,
  neverHolds,
  neverHoldsState,
  sameMeaning,
  shadowed,
  unreached,
} from './never.ts';

const CHECKS: readonly [FindingCode, Check][] = [
  ['always-contradictory', alwaysContradictory],
  ['never-holds', neverHolds],
  ['never-holds', neverHoldsState],
  ['shadowed', shadowed],
  ['always-true', alwaysTrue],
  ['always-false', alwaysFalse],
  ['same-meaning', sameMeaning],
  ['unreached', unreached],
  ['overlap', overlap],
  ['excluded-remedies', excludedRemedies],
  ['nothing-offered', nothingOffered],
  ['no-claim-state', noClaimState],
  ['no-next-step', noNextStep],
  ['no-deadline', noDeadline],
  ['no-contact', noContact],
  ['deadline-without-effect', deadlineWithoutEffect],
  ['closed-on-deadline', closedOnDeadline],
];

export interface ProveOptions extends AnalysisOptions {
  /** Cases of the rule set, where there are any: much of what is asked they show, and the proof is done sooner. */
  cases?: readonly WrittenCase[];
  /** Without examples of what is only worth knowing. */
  isBrief?: boolean;
}

export interface Proof {
  /** In the order of the file. Accepted ones too, with the reason. */
  findings: Finding[];
  /** How many questions each check asked, and how many of them had nothing to report. */
  checked: { code: FindingCode; questions: number; fine: number }[];
}

export async function prove(ruleSet: RuleSet, solver: Solver, options: ProveOptions = {}): Promise<Proof> {
  return withAnalysis(solver, [ruleSet], options, (analysis) => {
    analysis.addKnownCases(options.cases ?? []);
    return proveAll(analysis, ruleSet, options.isBrief ?? false);
  });
}

async function proveAll(analysis: Analysis, ruleSet: RuleSet, isBrief: boolean): Promise<Proof> {
  const { properties } = analysis.only();
  const asked = CHECKS.map(([code, check]) => ({
    code,
    questions: check({ analysis, ruleSet, properties, isBrief }),
  }));
  const answers = await analysis.search(
    asked.flatMap(({ questions }) => questions.map((one) => one.property)),
  );
  const findings: Finding[] = [];
  const checked: Proof['checked'] = [];
  for (const { code, questions } of asked) {
    let fine = 0;
    for (const { property, report } of questions) {
      const found = await report(answers.get(property) ?? { kind: 'undecided' });
      if (found.length === 0) fine++;
      for (const draft of found)
        findings.push({ code, severity: SEVERITIES[code], ...draft, accepted: null });
    }
    checked.push({ code, questions: questions.length, fine });
  }
  return { findings: accept(findings, ruleSet.accepted).sort(byPosition), checked };
}

/** What `hosho test --mutate` finds, and not these proofs. */
export const MUTANT = 'mutant';

/**
 * Those that the rule file accepts with their reasons, and acceptances that nothing needs any more. An error is never
 * accepted: it is put right.
 */
function accept(findings: readonly Finding[], acceptances: readonly Acceptance[]): Finding[] {
  const used = new Set<Acceptance>();
  const marked = findings.map((finding) => {
    const acceptance = acceptances.find((one) => isAbout(one, finding));
    if (acceptance === undefined || finding.severity === 'error') return finding;
    used.add(acceptance);
    return { ...finding, accepted: acceptance.reason };
  });
  return [...marked, ...acceptances.filter((one) => !used.has(one) && one.finding !== MUTANT).map(needless)];
}

/** Named in full (section/id) or by the id alone, in any order. */
const isAbout = ({ finding: code, about }: Acceptance, finding: Finding): boolean =>
  code === finding.code &&
  about.length === finding.about.length &&
  finding.about.every((subject) => about.some((name) => name === subject || subject.endsWith(`/${name}`)));

const needless = ({ finding, about, position }: Acceptance): Finding => ({
  code: 'needless-acceptance',
  severity: SEVERITIES['needless-acceptance'],
  verdict: 'proved',
  position,
  about: [finding, ...about],
  ja: `「${finding}」（${about.join('、')}）という指摘はありません。受け入れる必要のない行です。`,
  en: `There is no finding "${finding}" about ${about.join(', ')} to accept.`,
  example: null,
  accepted: null,
});
