/** A rule that can never hold, whoever asks and whenever. */
import { SECTIONS } from '../../rulebook/rule-set.ts';
import { type Check, whenNever } from './finding.ts';
import { aboutRule, ruleEn, ruleJa } from './rule-text.ts';

export const neverHolds: Check = {
  code: 'never-holds',
  severity: 'warning',
  questions: ({ ruleSet, sayings }) =>
    ruleSet.rules
      // A state is asked about as a whole: see `shadowed`.
      .filter((rule) => SECTIONS[rule.section] === 'collect')
      .map((rule) => ({
        // A contradiction is there for cases that contradict themselves.
        goal:
          rule.section === 'contradictions' ? sayings.holds(rule) : sayings.consistent(sayings.holds(rule)),
        say: (answer) =>
          whenNever(answer, {
            position: rule.position,
            about: [aboutRule(rule)],
            ja: `${ruleJa(rule)}は、どんな場合にも当てはまりません。`,
            en: `The ${ruleEn(rule)} can never hold.`,
          }),
      })),
};
