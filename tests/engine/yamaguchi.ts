/** The rule set of 2023-02-24, and every case of it that can be found. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { compile, type Program } from '../../src/engine/program.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { RuleSet } from '../../src/rulebook/rule-set.ts';
import { folderBeside, SHARED_CASES } from '../fixtures/beside.ts';
import { vocabularyOf } from '../rulebook/fixtures.ts';
import { allWords } from '../support/words.ts';

export const YAMAGUCHI = 'rules/yamaguchi/2023-02-24.yaml';
const CASES = [
  'rules/yamaguchi/2023-02-24.cases.yaml',
  ...folderBeside(SHARED_CASES).map((folder) => `${folder}/yamaguchi-2023-02-24.yaml`),
];

export function yamaguchi(): RuleSet {
  const vocabulary = vocabularyOf(allWords());
  const { ruleSet, problems } = readRuleSet(YAMAGUCHI, readFileSync(YAMAGUCHI, 'utf8'), vocabulary);
  if (ruleSet === null) throw new Error(JSON.stringify(problems, null, 2));
  return ruleSet;
}

export const yamaguchiProgram = (): Program => compile(yamaguchi());

export type Facts = Record<string, Record<string, unknown>>;
export interface Case {
  id: string;
  asOf: string;
  facts: Facts;
}

/** Those of the project, and those beside it where they are; each once. */
export function yamaguchiCases(): Case[] {
  const all: Case[] = CASES.flatMap((file) => parse(readFileSync(file, 'utf8')).cases);
  return [...new Map(all.map((one) => [JSON.stringify([one.asOf, one.facts]), one])).values()];
}
