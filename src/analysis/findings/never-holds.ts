/** A rule that can never hold, whoever asks and whenever. */
import { type Rule, SECTIONS } from '../../rulebook/rule-set.ts';
import { aboutRule } from '../rule-set-parts.ts';
import { type Check, reportIfNever } from './finding.ts';
import { ruleEn, ruleJa } from './rule-text.ts';

export const neverHoldsDraft = (rule: Rule) => ({
  position: rule.position,
  about: [aboutRule(rule)],
  ja: `${ruleJa(rule)}は、どんな場合にも当てはまりません。`,
  en: `The ${ruleEn(rule)} can never hold.`,
});

export const neverHolds: Check = {
  code: 'never-holds',
  severity: 'warning',
  questions: ({ ruleSet, properties }) =>
    ruleSet.rules
      // A state is asked about as a whole: see `shadowed`.
      .filter((rule) => SECTIONS[rule.section] === 'collect')
      .map((rule) => ({
        // A contradiction is there for cases that contradict themselves.
        property:
          rule.section === 'contradictions'
            ? properties.holds(rule)
            : properties.consistent(properties.holds(rule)),
        report: (answer) => reportIfNever(answer, neverHoldsDraft(rule)),
      })),
};
