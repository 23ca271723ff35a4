/** Small rule sets and cases for tests, read the way real ones are. */
import { stringify } from 'yaml';
import type { Decision } from '../../src/engine/answer/fields.ts';
import { decide } from '../../src/engine/decide.ts';
import { type CaseFacts, readFacts } from '../../src/engine/facts/read-facts.ts';
import { compile, type Program } from '../../src/engine/program.ts';
import { isError } from '../../src/rulebook/problems.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { RuleSet } from '../../src/rulebook/rule-set.ts';
import type { Vocabulary } from '../../src/rulebook/vocabulary.ts';
import { RULE_FILE, smallVocabulary } from '../rulebook/fixtures.ts';

type Written = Record<string, unknown>;

/** The least that a rule file must say; nobody is covered. */
export const LEAST: Written = {
  prefecture: 'somewhere',
  incident: 'outage',
  title: '見本の告知',
  timeZone: 'Asia/Tokyo',
  source: { issuer: '事務局', title: 'お知らせ', published: '2023-03-02' },
  clauses: { C1: { lines: 1, text: '対象の方' } },
  deadlines: {},
  eligibility: [
    {
      id: 'A',
      clause: 'C1',
      label: '対象の方',
      when: { fact: 'case.flag', operator: 'equal', value: true },
    },
  ],
  claimState: [{ id: 'waiting' }],
  outcome: [
    { id: 'denied', when: { fact: 'category', operator: 'isPresent', value: false } },
    { id: 'granted' },
  ],
  remedies: [
    {
      id: 'refund',
      clause: 'C1',
      label: '返金',
      when: { fact: 'category', operator: 'isPresent', value: true },
    },
  ],
};

/** The rule file as text. */
export const ruleTextOf = (written: Written): string =>
  stringify({ ...LEAST, ...written }, { aliasDuplicateObjects: false });

export function ruleSetOf(written: Written, vocabulary: Vocabulary = smallVocabulary()): RuleSet {
  const { ruleSet, problems } = readRuleSet(RULE_FILE, ruleTextOf(written), vocabulary);
  if (ruleSet === null) throw new Error(JSON.stringify(problems.filter(isError), null, 2));
  return ruleSet;
}

/** As `ruleSetOf`, ready to run. */
export const programOf = (written: Written, vocabulary?: Vocabulary): Program =>
  compile(ruleSetOf(written, vocabulary));

/** A rule set with one category that holds when `when` does. */
export const programWhen = (when: unknown, rest: Written = {}): Program =>
  programOf({ eligibility: [{ id: 'A', clause: 'C1', label: '対象の方', when }], ...rest });

export const NOON = '2023-04-15T12:00:00+09:00';

export function factsOf({ ruleSet }: Program, facts: unknown, asOf: string = NOON): CaseFacts {
  const read = readFacts(ruleSet.vocabulary, facts, Date.parse(asOf));
  if (read.facts === null) throw new Error(JSON.stringify(read.problems, null, 2));
  return read.facts;
}

export const decideCase = (program: Program, facts: unknown, asOf?: string): Promise<Decision> =>
  decide(program, factsOf(program, facts, asOf), { explanation: true });

/** By a program that remembers nothing: compiled for this case alone. */
export const decideAfresh = ({ ruleSet }: Program, facts: unknown, asOf?: string): Promise<Decision> =>
  decideCase(compile(ruleSet), facts, asOf);

/** The outcome of a case under a rule set whose one category holds when `when` does. */
export async function outcomeWhen(when: unknown, facts: unknown, rest?: Written): Promise<string> {
  const { outcome } = await decideCase(programWhen(when, rest), facts);
  return outcome;
}
