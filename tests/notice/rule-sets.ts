import { readFileSync } from 'node:fs';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { RuleSet } from '../../src/rulebook/rule-set.ts';
import { fixture, RULE_FILE, smallVocabulary, vocabularyOf } from '../rulebook/fixtures.ts';
import { allWords } from '../support/words.ts';

export const SHIPPED = [
  'rules/yamaguchi/2023-02-24.yaml',
  'rules/sample/card-terminal-2024.yaml',
  'rules/sample/network-outage-2024.yaml',
] as const;

export const vocabularyText = (): string => allWords();

/** A shipped rule set, with texts of its file replaced. */
export function shipped(path: string, ...edits: [from: string, to: string][]): RuleSet {
  const text = edited(readFileSync(path, 'utf8'), edits);
  return sound(readRuleSet(path, text, vocabularyOf(vocabularyText())));
}

/** The rule set that has every part of the format, with texts of its file replaced. */
export const everything = (...edits: [from: string, to: string][]): RuleSet =>
  sound(readRuleSet(RULE_FILE, edited(fixture('everything.yaml'), edits), smallVocabulary()));

function edited(text: string, edits: [from: string, to: string][]): string {
  return edits.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`nothing to replace: ${from}`);
    return before.replaceAll(from, to);
  }, text);
}

function sound({ ruleSet, problems }: ReturnType<typeof readRuleSet>): RuleSet {
  if (ruleSet === null) throw new Error(JSON.stringify(problems, null, 2));
  return ruleSet;
}
