/** Two categories that one person can be in, and two remedies that one person gets although one of them excludes the other. */
import type { Rule } from '../../rulebook/rule-set.ts';
import { aboutRule, rulesOf } from '../rule-set-parts.ts';
import { all } from '../search/properties.ts';
import { type Check, type CheckContext, type Question, reportIfShown, type Severity } from './finding.ts';
import { pairs } from './same-meaning.ts';

function bothTaken(
  context: CheckContext,
  [a, b]: [Rule, Rule],
  draft: { severity: Severity; ja: string; en: string },
): Question {
  const { properties } = context;
  const property = properties.consistent(all([properties.isTaken(a), properties.isTaken(b)]));
  const about = [aboutRule(a), aboutRule(b)];
  return {
    property,
    report: (answer) => reportIfShown(context, property, answer, { ...draft, position: b.position, about }),
  };
}

export const overlap: Check = {
  code: 'overlap',
  severity: 'information',
  questions: (context) =>
    pairs(rulesOf(context.ruleSet, 'eligibility')).map(([a, b]) =>
      bothTaken(context, [a, b], {
        severity: 'information',
        ja: `対象の区分「${a.id}」と「${b.id}」の両方に当てはまる方がいます。`,
        en: `One person can be in both categories "${a.id}" and "${b.id}".`,
      }),
    ),
};

export const excludedRemedies: Check = {
  code: 'excluded-remedies',
  severity: 'error',
  questions: (context) =>
    pairs(rulesOf(context.ruleSet, 'remedies'))
      .filter(([a, b]) => a.excludes.includes(b.id) || b.excludes.includes(a.id))
      .map(([a, b]) =>
        bothTaken(context, [a, b], {
          severity: 'error',
          ja: `一緒には受けられない補償「${a.id}」と「${b.id}」の両方を受ける方がいます。`,
          en: `One person gets both "${a.id}" and "${b.id}", which exclude each other.`,
        }),
      ),
};
