/** What people write out of habit is answered with what to write instead, not only with what is wrong. */
import { expect, it } from 'vitest';
import { readCasesFile } from '../../src/analysis/cases/cases-file.ts';
import type { Problem } from '../../src/rulebook/problems.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { JAPANESE } from '../fixtures/japanese.ts';
import { fixture, RULE_FILE, smallVocabulary } from './fixtures.ts';

const good = fixture('rules.yaml');

function only(problems: readonly Problem[], code: string): Problem {
  const found = problems.filter((problem) => problem.code === code);
  expect(found).toHaveLength(1);
  const [problem] = found;
  if (!problem) throw new Error(code);
  expect(problem.messageEn.replaceAll(/"[^"]*"/g, '')).not.toMatch(JAPANESE);
  return problem;
}

it.each([
  [
    'a date in a condition',
    '{ deadline: application }',
    '{ deadline: 2023-04-30 }',
    'unknown-deadline',
    'deadlines',
  ],
])('%s', (_, from, to, code, hint) => {
  expect(good).toContain(from);
  const { problems } = readRuleSet(RULE_FILE, good.replace(from, to), smallVocabulary());
  expect(only(problems, code).message).toContain(hint);
});

it('the name of a deadline that is only misspelt is met without the hint', () => {
  const text = good.replace('{ deadline: application }', '{ deadline: aplication }');
  const { problems } = readRuleSet(RULE_FILE, text, smallVocabulary());
  expect(only(problems, 'unknown-deadline').message).not.toContain('deadlines');
});

it('a file of no cases', () => {
  const { problems } = readCasesFile(
    'rules/x.cases.yaml',
    'prefecture: somewhere\nincident: outage\ncases: []\n',
  );
  expect(only(problems, 'wrong-shape').message).toContain('少なくとも1つ');
});
