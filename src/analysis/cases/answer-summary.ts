/** An answer in the words of a cases file, and where it is not what a case expects. */
import { entriesOf, includes, reachable, type UnmetExpectation } from '../../engine/answer/comparisons.ts';
import { type AspectName, type Decision, EXPECTED } from '../../engine/answer/fields.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Expectation } from './cases-file.ts';

/** All that a case can expect of an answer, by what it is called there. */
export type AnswerSummary = Readonly<Partial<Record<AspectName, unknown>>>;

export const summaryOf = (decision: Decision, ruleSet: RuleSet): AnswerSummary =>
  Object.fromEntries(EXPECTED.map(({ name, read }) => [name, read(decision, ruleSet)]));

export function unmetExpectations(expected: Expectation, summary: AnswerSummary): UnmetExpectation[] {
  return EXPECTED.flatMap(({ name, comparison }) => {
    const [want, some] = [expected[name], expected[`${name}Include`]];
    return [
      ...(want === undefined ? [] : comparison.unmet(name, want, summary[name])),
      ...(some === undefined ? [] : includes(`${name}Include`, some, summary[name])),
    ];
  });
}

/** The whole answer as an expectation, but for empty fields, clauses, and the contact, which depends on the hour alone. */
export const expectationOf = (summary: AnswerSummary): Expectation =>
  Object.fromEntries(
    EXPECTED.filter(
      ({ name, described }) =>
        described === 'always' || (described === 'unless-empty' && entriesOf(summary[name]).length > 0),
    ).map(({ name }) => [name, summary[name]]),
  );

/** When the contact can be reached. */
export const contactExpectation = ({ contact }: AnswerSummary): Expectation => ({
  contact: reachable(contact),
});

/** What a case would have to expect besides, so that `compared` is not accepted. Empty where no expectation does it. */
export const distinguishingExpectation = (summary: AnswerSummary, compared: AnswerSummary): Expectation =>
  Object.fromEntries(
    EXPECTED.map(({ name, comparison }) => [
      name,
      comparison.tellingApart(summary[name], compared[name]),
    ]).filter(([, expected]) => expected !== undefined),
  );

/** What both expect; of fields with entries that can be expected by themselves, the entries of both. */
export const mergedExpectation = (a: Expectation, b: Expectation): Expectation => ({
  ...a,
  ...b,
  ...Object.fromEntries(
    EXPECTED.filter(({ name, comparison }) => comparison.isByKey && a[name] && b[name]).map(({ name }) => [
      name,
      Object.fromEntries([...entriesOf(a[name]), ...entriesOf(b[name])]),
    ]),
  ),
});
