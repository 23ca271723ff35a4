import { LRUCache } from 'lru-cache';
import type { RuleSet } from '../rulebook/rule-set.ts';
import { compileContact, compileDeadline } from './answer.ts';
import type { Conclusion } from './conclude.ts';
import type { ContactAnswer, DeadlineAnswer } from './decision.ts';
import { compilePattern } from './pattern.ts';
import type { CaseFacts } from './read-facts.ts';
import { compileRules, type Rules } from './rules.ts';
import type { Values } from './values.ts';

/** A rule set made ready to decide: its rules, and what is remembered of deciding by them. */
export interface Program extends Rules {
  /** Cases with the same pattern are decided the same, but for the values that they quote. */
  patternOf(facts: CaseFacts): string;
  /** What was concluded for a pattern; the least recently used are forgotten. */
  memory: LRUCache<string, Conclusion>;
  /** The contact as at an instant, and the deadlines of a case. */
  contactAt(asOf: number): ContactAnswer | null;
  deadlines: ReadonlyMap<string, (values: Values) => DeadlineAnswer>;
}

const CONCLUSIONS_KEPT = 10_000;

export function compile(ruleSet: RuleSet): Program {
  const rules = compileRules(ruleSet);
  return {
    ...rules,
    patternOf: compilePattern(rules),
    memory: new LRUCache({ max: CONCLUSIONS_KEPT }),
    contactAt: compileContact(ruleSet),
    deadlines: new Map([...ruleSet.deadlines].map(([id, d]) => [id, compileDeadline(d, ruleSet)])),
  };
}
