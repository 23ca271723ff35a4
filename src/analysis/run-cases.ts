import { decide } from '../engine/decide.ts';
import type { Decision } from '../engine/decision.ts';
import { judge } from '../engine/judge.ts';
import type { Program } from '../engine/program.ts';
import { type FactProblem, readFacts } from '../engine/read-facts.ts';
import type { Rule } from '../rulebook/rule-set.ts';
import type { CasesFile, ExampleCase, Expectation } from './cases-file.ts';

export interface Difference {
  field: string;
  expected: string;
  actual: string;
}

export interface CaseResult {
  example: ExampleCase;
  /** Empty where the case holds. */
  differences: Difference[];
  factProblems: FactProblem[];
}

export interface CasesResult {
  results: CaseResult[];
  /** Rules that hold in no case. */
  neverFired: Rule[];
}

export async function runCases(program: Program, { cases }: CasesFile): Promise<CasesResult> {
  const fired = new Set<Rule>();
  const results: CaseResult[] = [];
  for (const example of cases) {
    const { facts, problems } = readFacts(program.ruleSet.vocabulary, example.facts, example.asOf);
    if (facts === null) {
      results.push({ example, differences: [], factProblems: problems });
      continue;
    }
    const decision = await decide(program, facts, { explanation: false });
    results.push({ example, differences: compare(example.expect, decision), factProblems: [] });
    const { sections } = await judge(program, facts.slots);
    const seen = decision.contradictions.length > 0 ? [sections.contradictions] : Object.values(sections);
    for (const { holding } of seen) for (const { rule } of holding) fired.add(rule);
  }
  return { results, neverFired: program.ruleSet.rules.filter((rule) => !fired.has(rule)) };
}

function compare(expected: Expectation, decision: Decision): Difference[] {
  const differences: Difference[] = [];
  const equal = (field: string, want: unknown, got: unknown) => {
    if (want === undefined || JSON.stringify(want) === JSON.stringify(got)) return;
    differences.push({ field, expected: show(want), actual: show(got) });
  };
  const sameSet = (field: string, want: string[] | undefined, got: string[]) => {
    if (want) equal(field, [...new Set(want)].sort(), [...got].sort());
  };
  const includes = (field: string, want: string[] | undefined, got: string[]) => {
    const lacking = want?.filter((id) => !got.includes(id)) ?? [];
    if (lacking.length > 0)
      differences.push({ field, expected: `${show(lacking)} を含む`, actual: show(got) });
  };
  const ids = (items: { id: string }[]): string[] => items.map((item) => item.id);
  const missing = decision.missingFacts.map((m) => m.fact);

  equal('outcome', expected.outcome, decision.outcome);
  sameSet('categories', expected.categories, ids(decision.categories));
  sameSet('remedies', expected.remedies, ids(decision.remedies));
  equal('amount', expected.amount, decision.amount);
  equal('voucherState', expected.voucherState, decision.voucherState?.id ?? null);
  equal('claimState', expected.claimState, decision.claimState.id);
  sameSet('nextSteps', expected.nextSteps, ids(decision.nextSteps));
  sameSet('deadlines', expected.deadlines, ids(decision.deadlines));
  includes('deadlinesInclude', expected.deadlinesInclude, ids(decision.deadlines));
  sameSet('requiredInformation', expected.requiredInformation, ids(decision.requiredInformation));
  sameSet('missingFacts', expected.missingFacts, missing);
  includes('missingFactsInclude', expected.missingFactsInclude, missing);
  const { contact } = decision;
  equal('contact', expected.contact, contact && { openNow: contact.openNow, nextOpenAt: contact.nextOpenAt });
  includes(
    'clauses',
    expected.clauses,
    decision.citations.map((c) => c.clause),
  );
  return differences;
}

const show = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.join(', ')}]`
    : value === null
      ? 'なし'
      : JSON.stringify(value).replaceAll('"', '');
