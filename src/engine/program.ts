import type { RuleSet } from '../rulebook/rule-set.ts';
import { compileExplainer } from './answer/explain.ts';
import { compileContact } from './answer/opening-hours.ts';
import type { DecisionTemplate } from './answer/template.ts';
import { compileDecisionKey } from './cache/decision-key.ts';
import { createMemory } from './cache/memory.ts';
import { compileRules } from './judge/rules.ts';
import { createQuestionDiagram } from './unknowns/questions.ts';

const DECISIONS_KEPT = 10_000;

export type Program = ReturnType<typeof compile>;

/** A rule set made ready to decide: its rules, and what is remembered of deciding by them. */
export function compile(ruleSet: RuleSet) {
  const rules = compileRules(ruleSet);
  return {
    ...rules,
    /** Cases with the same key are decided the same, but for the values that they quote. */
    keyOf: compileDecisionKey(rules),
    memory: createMemory<DecisionTemplate>(DECISIONS_KEPT),
    questions: createQuestionDiagram(rules),
    contactAt: compileContact(ruleSet),
    explain: compileExplainer(rules),
  };
}
