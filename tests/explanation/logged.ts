/** Cases of the shipped rule sets as the log keeps them, and their explanations. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { answerText } from '../../src/engine/answer/answer.ts';
import { templateFor } from '../../src/engine/decide.ts';
import { compile, type Program } from '../../src/engine/program.ts';
import { type Explanation, explanationOf, type LoggedDecision } from '../../src/explanation/explanation.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { Vocabulary } from '../../src/rulebook/vocabulary.ts';
import { factsOf } from '../engine/small.ts';
import { vocabularyOf } from '../rulebook/fixtures.ts';
import { allWords } from '../support/words.ts';

export const RULE_FILES = [
  'rules/yamaguchi/2023-02-24.yaml',
  'rules/sample/card-terminal-2024.yaml',
  'rules/sample/network-outage-2024.yaml',
] as const;

export interface Case {
  id: string;
  asOf: string;
  facts: Record<string, Record<string, unknown>>;
  expect: { outcome: string };
}

export const casesOf = (ruleFile: string): Case[] =>
  parse(readFileSync(ruleFile.replace('.yaml', '.cases.yaml'), 'utf8')).cases;

/** One version of a rule set, loaded. */
export interface Version {
  program: Program;
  ruleText: string;
}

export function versionOf(
  path: string,
  ruleText: string = readFileSync(path, 'utf8'),
  vocabulary: Vocabulary = vocabularyOf(allWords()),
): Version {
  const { ruleSet, problems } = readRuleSet(path, ruleText, vocabulary);
  if (ruleSet === null) throw new Error(JSON.stringify(problems, null, 2));
  return { program: compile(ruleSet), ruleText };
}

export const LOGGED: Pick<LoggedDecision, 'id' | 'version' | 'decidedAt' | 'reference' | 'engineVersion'> = {
  id: '0195d2a0-0000-7000-8000-000000000001',
  version: 'c0ffee'.padEnd(64, '0'),
  decidedAt: new Date('2023-04-15T03:00:01.250Z'),
  reference: 'case-17',
  engineVersion: '0.3.0',
};

/** As evaluating the case writes it to the log. */
export async function logged(
  { program }: Version,
  { asOf, facts }: Pick<Case, 'asOf' | 'facts'>,
): Promise<LoggedDecision> {
  const { prefecture, incident } = program.ruleSet;
  const { id, version, decidedAt } = LOGGED;
  const read = factsOf(program, facts, asOf);
  const answer = answerText(
    { program, version, commit: 'abc1234' },
    read,
    await templateFor(program, read),
    { id, decidedAt: decidedAt.getTime(), reference: LOGGED.reference },
    { explanation: false, openQuestions: true },
  );
  return { ...LOGGED, prefecture, incident, asOf: new Date(asOf), facts: JSON.stringify(facts), answer };
}

/** The explanation; an error where there is none. */
export async function explained(input: Parameters<typeof explanationOf>[0]): Promise<Explanation> {
  const explanation = await explanationOf(input);
  if ('reason' in explanation) throw new Error(JSON.stringify(explanation));
  return explanation;
}
