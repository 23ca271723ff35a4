import type { RuleSet } from '../rulebook/rule-set.ts';
import { compileExplainer } from './answer/explain.ts';
import { compileContact } from './answer/opening-hours.ts';
import type { AnswerSource, DecisionTemplate } from './answer/template.ts';
import { compileDecisionKey } from './cache/decision-key.ts';
import { createMemory, type Memory } from './cache/memory.ts';
import type { CaseFacts } from './facts/read-facts.ts';
import { compileRules } from './judge/rules.ts';

/** A rule set made ready to decide: its rules, and what is remembered of deciding by them. */
export interface Program extends AnswerSource {
  /** Cases with the same key are decided the same, but for the values that they quote. */
  keyOf(facts: CaseFacts): string;
  memory: Memory<DecisionTemplate>;
}

const DECISIONS_KEPT = 10_000;

export function compile(ruleSet: RuleSet): Program {
  const rules = compileRules(ruleSet);
  return {
    ...rules,
    keyOf: compileDecisionKey(rules),
    memory: createMemory(DECISIONS_KEPT),
    contactAt: compileContact(ruleSet),
    explain: compileExplainer(rules),
  };
}
