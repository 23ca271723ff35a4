/** What a person is told by the rules that hold, or may hold: the conclusions, and the guidance and the amounts with them. */
import type { Rule, RuleSet } from '../../rulebook/rule-set.ts';
import { type Section, sectionsOfKind } from '../../rulebook/sections.ts';
import { factsOfDeadline, factsOfExpression } from '../facts/values.ts';
import { type CompiledRule, ofSection } from '../judge/rules.ts';
import type { SectionResults } from '../judge/sections.ts';

/** The sections whose rules tell somebody something, in the order in which they are judged. */
export const tellingSections = (ruleSet: RuleSet): Section[] =>
  sectionsOfKind(ruleSet, 'eligibility', 'state', 'claim', 'outcome', 'remedies', 'advice', 'amount');

/** Where the rule that holds is not named, but what it says. */
const UNNAMED: readonly Rule['kind'][] = ['advice', 'amount'];

export function compileTold(ruleSet: RuleSet) {
  const texts = new Map<Rule, string>();
  const telling = tellingSections(ruleSet);

  function textOf(rule: Rule): string {
    const before = texts.get(rule);
    if (before !== undefined) return before;
    const { kind, concludes, nextSteps, deadlines, information, brands, amount } = rule;
    const named = UNNAMED.includes(kind) ? null : concludes;
    const text = JSON.stringify([named, nextSteps, deadlines, information, brands, amount]);
    texts.set(rule, text);
    return text;
  }

  const readBy = (rules: readonly Rule[]): ReadonlySet<string> =>
    new Set(
      rules.flatMap(({ amount, deadlines, information }) => [
        ...(amount?.value ? factsOfExpression(amount.value) : []),
        ...deadlines.flatMap((id) => factsOfDeadline(id, ruleSet.deadlines)),
        ...information.flatMap(({ missingFrom }) => missingFrom ?? []),
      ]),
    );

  const possible = ({ sections }: SectionResults, { name }: Section): CompiledRule[] => {
    const { open, holding } = ofSection(sections, name);
    return [...open, ...holding];
  };
  const textsOf = (results: SectionResults, section: Section): Set<string> =>
    new Set(possible(results, section).map(({ rule }) => textOf(rule)));

  return {
    /** What is told, or may be, as one comparable text. */
    text: (results: SectionResults): string =>
      telling.map((section) => [...textsOf(results, section)].sort().join()).join('|'),

    /** Rules that keep something open, in the order of the notice; none once all is determined. */
    openRules: (results: SectionResults): CompiledRule[] =>
      telling.flatMap((section) => {
        const { open, holding } = ofSection(results.sections, section.name);
        const isDetermined =
          section.takes === 'first' && holding.length > 0 && textsOf(results, section).size === 1;
        return isDetermined ? [] : open;
      }),

    /** Facts whose values are told: how much, by when, what is still lacking. */
    factsRead: (results: SectionResults): ReadonlySet<string> =>
      readBy(telling.flatMap((section) => possible(results, section).map(({ rule }) => rule))),
    /** By any rule. */
    factsEverRead: readBy(ruleSet.rules),
  };
}
