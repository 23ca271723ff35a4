/** Two categories that one person can be in. */
import { aboutRule, rulesOf } from '../rule-set-parts.ts';
import { all } from '../search/properties.ts';
import { type Check, reportIfShown } from './finding.ts';
import { pairs } from './same-meaning.ts';

export const overlap: Check = {
  code: 'overlap',
  severity: 'information',
  questions: (context) =>
    pairs(rulesOf(context.ruleSet, 'eligibility')).map(([a, b]) => {
      const { properties } = context;
      const property = properties.consistent(all([properties.isTaken(a), properties.isTaken(b)]));
      return {
        property,
        report: (answer) =>
          reportIfShown(context, property, answer, {
            severity: 'information',
            position: b.position,
            about: [aboutRule(a), aboutRule(b)],
            ja: `対象の区分「${a.id}」と「${b.id}」の両方に当てはまる方がいます。`,
            en: `One person can be in both categories "${a.id}" and "${b.id}".`,
          }),
      };
    }),
};
