import type { RuleSet } from '../rulebook/rule-set.ts';
import { compileExplainer } from './answer/explain.ts';
import { compileOpenQuestions } from './answer/open-questions.ts';
import { compileContact } from './answer/opening-hours.ts';
import type { DecisionTemplate } from './answer/template.ts';
import { compileDecisionKey } from './cache/decision-key.ts';
import { createMemory } from './cache/memory.ts';
import { compileQuestionKey } from './cache/question-key.ts';
import { compileRules } from './judge/rules.ts';

const DECISIONS_KEPT = 10_000;

export type Program = ReturnType<typeof compile>;

/** A rule set made ready to decide: its rules, and what is remembered of deciding by them. */
export function compile(ruleSet: RuleSet) {
  const rules = compileRules(ruleSet);
  const keyOf = compileDecisionKey(rules);
  return {
    ...rules,
    /** Cases with the same key are decided the same, but for the values that they quote. */
    keyOf,
    memory: createMemory<DecisionTemplate>(DECISIONS_KEPT),
    questionsOf: compileOpenQuestions(rules, compileQuestionKey(rules, keyOf)),
    contactAt: compileContact(ruleSet),
    explain: compileExplainer(rules),
  };
}
