/** Everything that can be proved or refuted about one rule set. */
import type { Acceptance, RuleSet } from '../../rulebook/rule-set.ts';
import type { WrittenCase } from '../cases/evaluate-case.ts';
import { byPosition } from '../rule-set-parts.ts';
import { type AnalysisOptions, withAnalysis } from '../search/analysis.ts';
import type { Solver } from '../solver/solver.ts';
import { DEADLINES } from './deadlines.ts';
import { type Finding, SEVERITIES } from './finding.ts';
import { GAPS } from './gaps.ts';
import { NEVER } from './never.ts';
import { WORKLISTS } from './worklists.ts';

const CHECKS = [...NEVER, ...GAPS, ...DEADLINES, ...WORKLISTS];

export interface ProveOptions extends AnalysisOptions {
  /** Cases of the rule set, where there are any: much of what is asked they show, and the proof is done sooner. */
  cases?: readonly WrittenCase[];
  /** Without examples of what is only worth knowing. */
  isBrief?: boolean;
}

/** In the order of the file. Accepted ones too, with the reason. */
export const prove = (ruleSet: RuleSet, solver: Solver, options: ProveOptions = {}): Promise<Finding[]> =>
  withAnalysis(solver, [ruleSet], options, async (analysis) => {
    analysis.addKnownCases(options.cases ?? []);
    const context = { ...analysis.only(), analysis, isBrief: options.isBrief ?? false };
    const asked = CHECKS.flatMap(([code, check]) =>
      check(context).map((question) => ({ code, ...question })),
    );
    const answerTo = await analysis.search(asked.map(({ property }) => property));
    const findings: Finding[] = [];
    for (const { code, property, report } of asked)
      for (const draft of await report(answerTo(property)))
        findings.push({ code, severity: SEVERITIES[code], ...draft, accepted: null });
    return accept(findings, ruleSet.accepted).sort(byPosition);
  });

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
