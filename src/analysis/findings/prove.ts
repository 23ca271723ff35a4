/** Everything that can be proved or refuted about one rule set. */
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { WrittenCase } from '../cases/evaluate-case.ts';
import { byPosition } from '../rule-set-parts.ts';
import { type Analysis, type AnalysisOptions, withAnalysis } from '../search/analysis.ts';
import type { Solver } from '../solver/solver.ts';
import { accept } from './acceptances.ts';
import { alwaysContradictory } from './always-contradictory.ts';
import { closedOnDeadline } from './closed-on-deadline.ts';
import { alwaysFalse, alwaysTrue } from './constant-condition.ts';
import { deadlineWithoutEffect } from './deadline-without-effect.ts';
import type { Check, CheckContext, Finding, FindingCode, Question } from './finding.ts';
import { noClaimState, noContact, noDeadline, noNextStep, nothingOffered } from './gaps.ts';
import { neverHolds } from './never-holds.ts';
import { excludedRemedies, overlap } from './overlap.ts';
import { sameMeaning } from './same-meaning.ts';
import { neverHoldsState, shadowed } from './shadowed.ts';
import { unreached } from './unreached.ts';

export const CHECKS: readonly Check[] = [
  alwaysContradictory,
  neverHolds,
  neverHoldsState,
  shadowed,
  alwaysTrue,
  alwaysFalse,
  sameMeaning,
  unreached,
  overlap,
  excludedRemedies,
  nothingOffered,
  noClaimState,
  noNextStep,
  noDeadline,
  noContact,
  deadlineWithoutEffect,
  closedOnDeadline,
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
  const context: CheckContext = { analysis, ruleSet, properties, isBrief };
  const asked = CHECKS.map((check) => ({ check, questions: check.questions(context) }));
  const answers = await analysis.search(
    asked.flatMap(({ questions }) => questions.map(({ property }) => property)),
  );
  const findings: Finding[] = [];
  const checked: Proof['checked'] = [];
  for (const { check, questions } of asked) {
    let fine = 0;
    for (const question of questions) {
      const found = await answer(question);
      if (found.length === 0) fine++;
      for (const { severity = check.severity, ...draft } of found)
        findings.push({ code: check.code, severity, ...draft, accepted: null });
    }
    checked.push({ code: check.code, questions: questions.length, fine });
  }
  return { findings: accept(findings, ruleSet.accepted).sort(byPosition), checked };

  async function answer({ property, report }: Question) {
    return report(answers.get(property) ?? { kind: 'undecided' });
  }
}
