/** Two remedies that one person gets although one of them excludes the other. */
import { aboutRule, rulesOf } from '../rule-set-parts.ts';
import { all } from '../search/properties.ts';
import { type Check, reportIfShown } from './finding.ts';
import { pairs } from './same-meaning.ts';

export const excludedRemedies: Check = {
  code: 'excluded-remedies',
  severity: 'error',
  questions: (context) =>
    pairs(rulesOf(context.ruleSet, 'remedies'))
      .filter(([a, b]) => a.excludes.includes(b.id) || b.excludes.includes(a.id))
      .map(([a, b]) => {
        const { properties } = context;
        const property = properties.consistent(all([properties.isTaken(a), properties.isTaken(b)]));
        return {
          property,
          report: (answer) =>
            reportIfShown(context, property, answer, {
              position: b.position,
              about: [aboutRule(a), aboutRule(b)],
              ja: `一緒には受けられない補償「${a.id}」と「${b.id}」の両方を受ける方がいます。`,
              en: `One person gets both "${a.id}" and "${b.id}", which exclude each other.`,
            }),
        };
      }),
};
