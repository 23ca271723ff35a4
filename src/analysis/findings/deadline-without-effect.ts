/** A deadline that could be moved anywhere without anybody's answer changing. */
import type { Deadline, RuleSet } from '../../rulebook/rule-set.ts';
import { changes } from '../diff/differences.ts';
import { comparisons } from '../rule-set-parts.ts';
import { any } from '../search/properties.ts';
import { type Check, reportIfNever } from './finding.ts';

export const deadlineWithoutEffect: Check = {
  code: 'deadline-without-effect',
  severity: 'warning',
  questions: ({ analysis, ruleSet, properties }) =>
    [...ruleSet.deadlines.values()]
      // Reading the file already reports those that nothing refers to; those without dates cannot be moved.
      .filter((deadline) => (deadline.from ?? deadline.until) !== null && isReferredTo(deadline, ruleSet))
      .map((deadline) => ({
        // Where it is shown, moving it changes the answer.
        property: properties.consistent(
          any(
            ruleSet.rules
              .filter(({ deadlines }) => deadlines.includes(deadline.id))
              .map((rule) => properties.isTaken(rule)),
          ),
        ),
        async report(answer) {
          if (answer.kind !== 'none') return [];
          const possible = changes([analysis.only(), analysis.withMoved(deadline.id)]).map(
            ([, { term }]) => term,
          );
          const found = await analysis.caseSearch.find(possible);
          if (found.kind === 'case') return [];
          return reportIfNever(found, {
            position: deadline.position,
            about: [`deadlines/${deadline.id}`],
            ja: `期限「${deadline.label}」（${deadline.id}）をどの日に動かしても、だれの回答も変わりません。`,
            en: `Wherever the deadline "${deadline.id}" is moved, nobody's answer changes.`,
          });
        },
      })),
};

function isReferredTo({ id }: Deadline, ruleSet: RuleSet): boolean {
  const counted = [...ruleSet.deadlines.values()].flatMap(({ from, until }) => [from, until]);
  return (
    ruleSet.rules.some(({ deadlines }) => deadlines.includes(id)) ||
    comparisons(ruleSet).some(({ operand }) => operand.kind === 'deadline' && operand.deadline === id) ||
    counted.some(
      (moment) =>
        moment?.kind === 'relative' && 'deadline' in moment.day.after && moment.day.after.deadline === id,
    )
  );
}
