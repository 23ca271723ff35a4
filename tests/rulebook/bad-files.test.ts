import { describe, expect, it } from 'vitest';
import { PROBLEM_CODES, type Problem } from '../../src/rulebook/problems.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { readVocabulary } from '../../src/rulebook/vocabulary.ts';
import { JAPANESE } from '../fixtures/japanese.ts';
import { type BadFile, badFiles, fixture, RULE_FILE, smallVocabulary, summary } from './fixtures.ts';

const badRules = badFiles('bad-rules');
const badVocabularies = badFiles('bad-vocabularies');
/** LocalizedText about files that are not there, not about what is in them. */
const NOT_IN_A_FILE = ['unknown-rule-set', 'cannot-read', 'duplicate-rule-set', 'misnamed-file'];
/** tests/analysis/cases-file.test.ts shows them. */
const IN_CASES = ['no-expectation', 'repeated-case'];
const WARNINGS = ['unused', 'typographic-quotes'];
const QUOTED = /"[^"]*"/g;

function check({ text, expected }: BadFile, problems: Problem[], result: unknown): void {
  expect(summary(problems)).toEqual(expected);
  expect(expected).not.toEqual([]);
  const isUsable = expected.every(({ code }) => WARNINGS.includes(code));
  expect(result !== null).toBe(isUsable);
  const lines = text.split('\n');
  for (const { message, messageEn, position } of problems) {
    expect(message).toMatch(JAPANESE);
    expect(messageEn).toMatch(/^[A-Z"a-z].*[a-z]/);
    expect(messageEn.replaceAll(QUOTED, '')).not.toMatch(JAPANESE);
    expect(position.column).toBeLessThanOrEqual((lines[position.line - 1]?.length ?? 0) + 1);
  }
}

describe('a bad rule file gives all its problems, where they are', () => {
  const vocabulary = smallVocabulary();
  it.each(badRules)('$name', (bad) => {
    const { ruleSet, problems } = readRuleSet(RULE_FILE, bad.text, vocabulary);
    check(bad, problems, ruleSet);
    expect(problems.every(({ position }) => position.file === RULE_FILE)).toBe(true);
  });
});

describe('a bad vocabulary gives all its problems, where they are', () => {
  it.each(badVocabularies)('$name', (bad) => {
    const { vocabulary, problems } = readVocabulary('rules/vocabulary.yaml', bad.text);
    check(bad, problems, vocabulary);
  });
});

describe('the fixtures', () => {
  it('start from a good file', () => {
    const { ruleSet, problems } = readRuleSet(RULE_FILE, fixture('rules.yaml'), smallVocabulary());
    expect(problems).toEqual([]);
    expect(ruleSet).not.toBeNull();
  });

  it.each([...badRules, ...badVocabularies])('$name shows what it is named after', ({ name, expected }) => {
    const [code = ''] = name.split('.');
    if (!code.startsWith('several')) expect(expected.map((problem) => problem.code)).toContain(code);
  });

  it('cover every problem code', () => {
    const shown = new Set(badRules.flatMap(({ expected }) => expected.map(({ code }) => code)));
    expect(PROBLEM_CODES.filter((code) => !shown.has(code))).toEqual([...NOT_IN_A_FILE, ...IN_CASES]);
  });
});
