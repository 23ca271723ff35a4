/** What evaluating and trying have in common: find the rules, read the facts, decide. */
import type { ChosenBy } from '../engine/answer/answer.ts';
import type { DecisionTemplate } from '../engine/answer/template.ts';
import { templateFor } from '../engine/decide.ts';
import { type CaseFacts, type FactProblem, readFacts } from '../engine/facts/read-facts.ts';
import type { ServedRuleSet } from '../rule-files/registry.ts';
import type { ChooseRules, NoRules, WantedRules } from './choose-rules.ts';

export interface EvaluationRequest extends WantedRules {
  /** Epoch milliseconds; the clock's time where absent. */
  asOf?: number | undefined;
  reference?: string | undefined;
  explain: 'reasons' | 'full';
  facts: unknown;
}

export interface Judging {
  chooseRules: ChooseRules;
  /**
   * Told of each case of which json-rules-engine and the walk over the conditions said different things, before it is answered
   * by json-rules-engine's word. What it throws is thrown.
   */
  onDisagreement(ruleSet: ServedRuleSet, template: DecisionTemplate): void;
  /** Epoch milliseconds. */
  now(): number;
}

export interface Judged {
  kind: 'judged';
  ruleSet: ServedRuleSet;
  by: ChosenBy;
  facts: CaseFacts;
  template: DecisionTemplate;
  /** Epoch milliseconds. */
  asOf: number;
  decidedAt: number;
}

export type Unjudged = NoRules | { kind: 'bad-facts'; problems: FactProblem[]; moreProblems: number };

export async function judge(judging: Judging, request: EvaluationRequest): Promise<Judged | Unjudged> {
  const choosing = judging.chooseRules(request);
  const choice = choosing instanceof Promise ? await choosing : choosing;
  if (choice.kind !== 'chosen') return choice;
  const { ruleSet, by } = choice;
  const decidedAt = judging.now();
  const asOf = request.asOf ?? decidedAt;
  const { facts, problems, moreProblems } = readFacts(ruleSet.ruleSet.vocabulary, request.facts, asOf);
  if (facts === null) return { kind: 'bad-facts', problems, moreProblems };
  const template = await templateFor(ruleSet.program, facts);
  if (template.disagreements.length > 0) judging.onDisagreement(ruleSet, template);
  return { kind: 'judged', ruleSet, by, facts, template, asOf, decidedAt };
}
