/** A state or an outcome that the rules name and that no case has. */
import type { Position } from '../../rulebook/basics.ts';
import type { Rule, RuleSet, Section } from '../../rulebook/rule-set.ts';
import { comparisons, rulesOf, SECTION_LABELS } from '../rule-set-parts.ts';
import { any } from '../search/properties.ts';
import { type Check, reportIfNever } from './finding.ts';

const WORDED = ['voucherState', 'claimState', 'outcome'] as const satisfies Section[];

interface Mention {
  section: (typeof WORDED)[number];
  word: string;
  position: Position;
  rules: Rule[];
}

export const unreached: Check = {
  code: 'unreached',
  severity: 'warning',
  questions: ({ ruleSet, properties }) =>
    mentions(ruleSet).map(({ section, word, position, rules }) => {
      const { ja, en } = SECTION_LABELS[section];
      return {
        property: properties.consistent(any(rules.map((rule) => properties.isTaken(rule)))),
        report: (answer) =>
          reportIfNever(answer, {
            position,
            about: [`${section}/${word}`],
            ja: `${ja}が「${word}」になる場合はありません。`,
            en: `No case comes to the ${en} "${word}".`,
          }),
      };
    }),
};

/** Words that conditions ask for, and words that several rules conclude; `shadowed` reports those of a single rule. */
function mentions(ruleSet: RuleSet): Mention[] {
  const found = new Map<string, Mention>();
  for (const section of WORDED) {
    const rules = rulesOf(ruleSet, section);
    const concluding = (word: string): Rule[] => rules.filter(({ concludes }) => concludes === word);
    const note = (word: string, position: Position): void => {
      const key = `${section}/${word}`;
      if (!found.has(key)) found.set(key, { section, word, position, rules: concluding(word) });
    };
    for (const { concludes, position } of rules)
      if (concluding(concludes).length > 1) note(concludes, position);
    for (const { source, fact, operand, position } of comparisons(ruleSet)) {
      if (source !== 'conclusion' || fact !== section || operand.kind !== 'literal') continue;
      for (const word of [operand.value].flat())
        if (typeof word === 'string' && concluding(word).length === 0) note(word, position);
    }
  }
  return [...found.values()];
}
