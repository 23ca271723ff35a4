/** What a person is told by the rules that hold, or may hold: the conclusions, and the guidance and the amounts with them. */
import type { Rule, RuleSet, Section } from '../../rulebook/rule-set.ts';
import { SECTIONS } from '../../rulebook/rule-set.ts';
import { factsOfDeadline, factsOfExpression } from '../facts/values.ts';
import type { CompiledRule } from '../judge/rules.ts';
import type { SectionResults } from '../judge/sections.ts';

/** In the order in which they are judged. */
export const TELLING = [
  ...(['eligibility', 'voucherState', 'claimState', 'outcome'] as const),
  ...(['remedies', 'advice', 'amount'] as const),
] satisfies readonly Section[];

/** Where the rule that holds is not named, but what it says. */
const UNNAMED: readonly Section[] = ['advice', 'amount'];

export function compileTold(ruleSet: RuleSet) {
  const texts = new Map<Rule, string>();

  function textOf(rule: Rule): string {
    const before = texts.get(rule);
    if (before !== undefined) return before;
    const { section, concludes, nextSteps, deadlines, information, brands, amount } = rule;
    const named = UNNAMED.includes(section) ? null : concludes;
    const text = JSON.stringify([named, nextSteps, deadlines, information, brands, amount]);
    texts.set(rule, text);
    return text;
  }

  const readBy = (rules: readonly Rule[]): ReadonlySet<string> =>
    new Set(
      rules.flatMap(({ amount, deadlines, information }) => [
        ...(amount?.yen ? factsOfExpression(amount.yen) : []),
        ...deadlines.flatMap((id) => factsOfDeadline(id, ruleSet.deadlines)),
        ...information.flatMap(({ missingFrom }) => missingFrom ?? []),
      ]),
    );

  const possible = ({ sections }: SectionResults, section: Section): CompiledRule[] => [
    ...sections[section].open,
    ...sections[section].holding,
  ];
  const textsOf = (results: SectionResults, section: Section): Set<string> =>
    new Set(possible(results, section).map(({ rule }) => textOf(rule)));

  return {
    /** What is told, or may be, as one comparable text. */
    text: (results: SectionResults): string =>
      TELLING.map((section) => [...textsOf(results, section)].sort().join()).join('|'),

    /** Rules that keep something open, in the order of the notice; none once all is determined. */
    openRules: (results: SectionResults): CompiledRule[] =>
      TELLING.flatMap((section) => {
        const { open, holding } = results.sections[section];
        const isDetermined =
          SECTIONS[section] === 'first' && holding.length > 0 && textsOf(results, section).size === 1;
        return isDetermined ? [] : open;
      }),

    /** Facts whose values are told: how much, by when, what is still lacking. */
    factsRead: (results: SectionResults): ReadonlySet<string> =>
      readBy(TELLING.flatMap((section) => possible(results, section).map(({ rule }) => rule))),
    /** By any rule. */
    factsEverRead: readBy(ruleSet.rules),
  };
}
