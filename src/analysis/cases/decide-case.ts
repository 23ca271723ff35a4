/** The engine's answers to cases, without their explanations. */

import { entriesOf, includes, type UnmetExpectation } from '../../engine/answer/comparisons.ts';
import { type AspectName, type Decision, EXPECTED } from '../../engine/answer/fields.ts';
import { decide } from '../../engine/decide.ts';
import { type CaseFacts, type FactProblem, readFacts } from '../../engine/facts/read-facts.ts';
import { judge } from '../../engine/judge/judge.ts';
import { ofSection } from '../../engine/judge/rules.ts';
import type { Program } from '../../engine/program.ts';
import type { Rule, RuleSet } from '../../rulebook/rule-set.ts';
import { aboutRule } from '../rule-set-parts.ts';
import type { CasesFile, ExampleCase, Expectation } from './cases-file.ts';
import { evaluateCase, partialCaseOf, type WrittenCase } from './evaluate-case.ts';

export const answerTo = (program: Program, facts: CaseFacts): Promise<Decision> =>
  decide(program, facts, { explanation: false });

/** `facts` is null where they cannot be read; `problems` say why then. */
export async function decideCase(program: Program, { facts, asOf }: WrittenCase) {
  const { facts: read, problems, moreProblems } = readFacts(program.ruleSet.vocabulary, facts, asOf);
  if (read === null) return { facts: read, problems, moreProblems };
  return { facts: read, decision: await answerTo(program, read) };
}

/** What the checks of the cases themselves start from. */
export type KnownAnswer = Awaited<ReturnType<typeof knownAnswers>>[number];

/** Cases whose facts cannot be read are left out. */
export async function knownAnswers(program: Program, cases: readonly ExampleCase[]) {
  const { ruleSet } = program;
  const known = cases.map(async (example) => {
    const { facts, decision } = await decideCase(program, example);
    if (!decision) return [];
    const evaluation = evaluateCase(ruleSet, partialCaseOf(facts, ruleSet));
    return [{ example, facts, evaluation, summary: summaryOf(decision, ruleSet) }];
  });
  return (await Promise.all(known)).flat();
}

export interface CaseResult {
  example: ExampleCase;
  /** Empty where the case holds. */
  differences: UnmetExpectation[];
  factProblems: FactProblem[];
  /** How many there are beyond those. */
  moreFactProblems: number;
  /** The rules that made the answer: those that concluded something, in the order of the file. */
  rules: readonly Rule[];
}

export type CasesResult = Awaited<ReturnType<typeof runCases>>;

export async function runCases(program: Program, { cases }: CasesFile) {
  const { ruleSet } = program;
  const fired = new Set<Rule>();
  const results: CaseResult[] = [];
  for (const example of cases) {
    const { facts, decision, problems = [], moreProblems = 0 } = await decideCase(program, example);
    const differences = decision ? unmetExpectations(example.expect, summaryOf(decision, ruleSet)) : [];
    const rules = rulesBehind(decision?.reasons ?? [], ruleSet);
    results.push({ example, differences, factProblems: problems, moreFactProblems: moreProblems, rules });
    if (!decision) continue;
    const { sections } = await judge(program, facts.slots);
    const concluded =
      decision.contradictions.length > 0 ? [ofSection(sections, 'contradictions')] : [...sections.values()];
    for (const { holding } of concluded) for (const { rule } of holding) fired.add(rule);
  }
  /** Rules that hold in no case. */
  const neverFired = ruleSet.rules.filter((rule) => !fired.has(rule));
  return { results, neverFired };
}

const rulesBehind = (reasons: readonly { rule: string }[], { rules }: RuleSet): Rule[] => {
  const named = new Set(reasons.map(({ rule }) => rule));
  return rules.filter((rule) => named.has(aboutRule(rule)));
};

/** All that a case can expect of an answer, by what it is called there. */
export type AnswerSummary = Readonly<Partial<Record<AspectName, unknown>>>;

export const summaryOf = (decision: Decision, ruleSet: RuleSet): AnswerSummary =>
  Object.fromEntries(EXPECTED.map(({ name, read }) => [name, read(decision, ruleSet)]));

export function unmetExpectations(expected: Expectation, summary: AnswerSummary): UnmetExpectation[] {
  return EXPECTED.flatMap(({ name, comparison }) => {
    const [want, some] = [expected[name], expected[`${name}Include`]];
    return [
      ...(want === undefined ? [] : comparison.unmet(name, want, summary[name])),
      ...(some === undefined ? [] : includes(`${name}Include`, some, summary[name])),
    ];
  });
}

/** The whole answer as an expectation, but for empty fields, clauses, and the contact, which depends on the hour alone. */
export const expectationOf = (summary: AnswerSummary): Expectation =>
  Object.fromEntries(
    EXPECTED.filter(
      ({ name, described }) =>
        described === 'always' || (described === 'unless-empty' && !isEmpty(summary[name])),
    ).map(({ name }) => [name, summary[name]]),
  );

const isEmpty = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && entriesOf(value).length === 0);

/** What a case would have to expect besides, so that `compared` is not accepted. Empty where no expectation does it. */
export const distinguishingExpectation = (summary: AnswerSummary, compared: AnswerSummary): Expectation =>
  Object.fromEntries(
    EXPECTED.map(({ name, comparison }) => [
      name,
      comparison.tellingApart(summary[name], compared[name]),
    ]).filter(([, expected]) => expected !== undefined),
  );

/** What both expect; of fields with entries that can be expected by themselves, the entries of both. */
export const mergedExpectation = (a: Expectation, b: Expectation): Expectation => ({
  ...a,
  ...b,
  ...Object.fromEntries(
    EXPECTED.filter(({ name, comparison }) => comparison.isByKey && a[name] && b[name]).map(({ name }) => [
      name,
      Object.fromEntries([...entriesOf(a[name]), ...entriesOf(b[name])]),
    ]),
  ),
});
