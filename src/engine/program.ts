import type { RuleSet } from '../rulebook/rule-set.ts';
import { type AnswerDeadline, compileContact, compileDeadline } from './answer.ts';
import type { Conclusion } from './conclude.ts';
import type { ContactAnswer } from './decision.ts';
import { type Pattern, PatternMemory } from './memory.ts';
import { compilePattern } from './pattern.ts';
import type { CaseFacts } from './read-facts.ts';
import { compileRules, type Rules } from './rules.ts';

/** A rule set made ready to decide: its rules, and what is remembered of deciding by them. */
export interface Program extends Rules {
  /** Cases with the same pattern are decided the same, but for the values that they quote. */
  patternOf(facts: CaseFacts): Pattern;
  memory: PatternMemory<Conclusion>;
  /** The contact as at an instant, and the deadlines of a case. */
  contactAt(asOf: number): ContactAnswer | null;
  deadlines: ReadonlyMap<string, AnswerDeadline>;
}

const CONCLUSIONS_KEPT = 10_000;

export function compile(ruleSet: RuleSet): Program {
  const rules = compileRules(ruleSet);
  return {
    ...rules,
    patternOf: compilePattern(rules),
    memory: new PatternMemory(CONCLUSIONS_KEPT),
    contactAt: compileContact(ruleSet),
    deadlines: new Map([...ruleSet.deadlines].map(([id, d]) => [id, compileDeadline(d, ruleSet)])),
  };
}
