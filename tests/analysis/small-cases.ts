/** Small rule files with cases, for the tests of how much the cases show. */
import type { CasesFile, ExampleCase, Expectation } from '../../src/analysis/cases/cases-file.ts';
import { distinguish } from '../../src/analysis/diff/diff.ts';
import type { Mutable } from '../../src/analysis/mutation/mutate.ts';
import { compile } from '../../src/engine/program.ts';
import { longForm } from '../../src/rulebook/short-form.ts';
import { parseSource } from '../../src/rulebook/source.ts';
import type { Vocabulary } from '../../src/rulebook/vocabulary.ts';
import { NOON, ruleSetOf, ruleTextOf } from '../engine/small.ts';
import { RULE_FILE, smallVocabulary } from '../rulebook/fixtures.ts';

type Written = Record<string, unknown>;

export function mutableOf(written: Written, vocabulary: Vocabulary = smallVocabulary()): Mutable {
  const program = compile(ruleSetOf(written, vocabulary));
  const source = longForm(parseSource(RULE_FILE, ruleTextOf(written)), program.ruleSet.vocabulary);
  return { program, source, vocabulary };
}

/** One case: facts of the group `case`, what is expected, and when it is judged. */
export interface Small {
  facts: Written;
  expect?: Expectation;
  asOf?: string;
}

export function casesOf(...cases: Small[]): CasesFile {
  const file = 'rules/somewhere/outage.cases.yaml';
  const position = { file, line: 1, column: 1 };
  const examples = cases.map(
    ({ facts, expect = {}, asOf = NOON }, i): ExampleCase => ({
      ...{ id: `case-${i + 1}`, title: 'a case', asOf: Date.parse(asOf), facts: { case: facts } },
      ...{ expect, position },
    }),
  );
  return { file, prefecture: 'somewhere', incident: 'outage', cases: examples, skipped: [] };
}

export const equal = (fact: string, value: unknown) => ({ fact, operator: 'equal', value });
export const flag = equal('case.flag', true);
export const other = equal('case.other', true);
export const category = (when: unknown) => [{ id: 'A', clause: 'C1', label: '対象の方', when }];

/** Every case is answered the same by both. False also where the time was up. */
export const provablySame = async (...given: Parameters<typeof distinguish>): Promise<boolean> =>
  (await distinguish(...given)).kind === 'same';
