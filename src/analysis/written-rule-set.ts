/** A rule set with the places where its parts are written: for what is found in its words. */
import type { Position } from '../rulebook/basics.ts';
import type { RuleSet } from '../rulebook/rule-set.ts';
import { type Path, parseSource } from '../rulebook/source.ts';

export interface WrittenRuleSet {
  ruleSet: RuleSet;
  text: string;
  /** As it was parsed. */
  data: unknown;
  at(path: Path, key?: boolean): Position;
}

/** Parses the text once more: make one, and give it to all that ask. */
export function writtenRuleSet(ruleSet: RuleSet, text: string): WrittenRuleSet {
  const { data, at } = parseSource(ruleSet.file, text);
  return { ruleSet, text, data, at };
}
