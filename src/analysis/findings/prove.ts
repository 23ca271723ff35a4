/** Everything that can be proved or refuted about one rule set. */
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { WrittenCase } from '../cases/evaluate-case.ts';
import { byPosition } from '../rule-set-parts.ts';
import { type Analysis, type AnalysisOptions, withAnalysis } from '../search/analysis.ts';
import type { Solver } from '../solver/solver.ts';
import { accept } from './accept.ts';
import { AMOUNTS } from './amounts.ts';
import { findingKey, traceCauses } from './causes.ts';
import { DEADLINES } from './deadlines.ts';
import { type Finding, NOTICE_CODES, SEVERITIES, TEXT_CODES } from './finding.ts';
import { GAPS } from './gaps.ts';
import { LABELS } from './labels.ts';
import { NEVER } from './never.ts';
import { OFFERS } from './offers.ts';
import { OPENING } from './opening.ts';
import { REDUNDANT } from './redundant.ts';
import { TABLES } from './tables.ts';
import { WORKLISTS } from './worklists.ts';

const CHECKS = [
  ...[...NEVER, ...GAPS, ...OFFERS, ...AMOUNTS, ...DEADLINES, ...OPENING, ...WORKLISTS],
  ...[...LABELS, ...TABLES, ...REDUNDANT],
];

export interface ProveOptions extends AnalysisOptions {
  /** Cases of the rule set, where there are any: much of what is asked they show, and the proof is done sooner. */
  cases?: readonly WrittenCase[];
  /** Without examples of what is only worth knowing. */
  isBrief?: boolean;
}

/** Of one kind of what is only worth knowing: the first ones show what is meant. */
export const EXAMPLES_OF_A_KIND = 3;

/** In the order of the file. Accepted ones too, with the reason; those that follow from another, with that. */
export async function prove(
  ruleSet: RuleSet,
  solver: Solver,
  options: ProveOptions = {},
): Promise<Finding[]> {
  const findings = await withAnalysis(solver, [ruleSet], options, async (analysis) => {
    const { asked, answerTo } = await ask(analysis, options);
    const found: Finding[] = [];
    for (const { code, property, report } of asked)
      for (const draft of await report(answerTo(property)))
        found.push({ code, severity: SEVERITIES[code], ...draft, accepted: null });
    return found;
  });
  const accepted = accept(findings, ruleSet.accepted, isProved).sort(byPosition);
  return traceCauses(accepted, ruleSet, (freed, keys) =>
    withAnalysis(solver, [freed], options, (analysis) => foundAgain(analysis, options, keys)),
  );
}

/** Every question that the checks have, or those of some findings, and what the answers are. */
async function ask(analysis: Analysis, { cases = [], isBrief = false }: ProveOptions, keys?: Keys) {
  analysis.addKnownCases(cases);
  const examplesLeft = isBrief ? 0 : EXAMPLES_OF_A_KIND;
  const asked = CHECKS.flatMap(([code, check]) =>
    check({ ...analysis.only(), analysis, examplesLeft }).map((question) => ({ code, ...question })),
  ).filter((one) => keys === undefined || keys.has(findingKey(one)));
  const answerTo = await analysis.search(asked.map(({ property }) => property));
  return { asked, answerTo };
}

type Keys = ReadonlySet<string>;

async function foundAgain(analysis: Analysis, options: ProveOptions, keys: Keys): Promise<Keys> {
  const { asked, answerTo } = await ask(analysis, options, keys);
  const found = new Set<string>();
  for (const one of asked)
    if ((await one.report(answerTo(one.property))).length > 0) found.add(findingKey(one));
  return found;
}

/** What `hosho test --mutate` finds, and not these proofs. */
export const MUTANT = 'mutant';

const isProved = (code: string): boolean =>
  code !== MUTANT && ![...NOTICE_CODES, ...TEXT_CODES].some((one) => one === code);
