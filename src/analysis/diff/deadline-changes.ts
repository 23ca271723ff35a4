/** Deadlines that two rule sets both show, and that lie on other days. */
import type { Truth } from '../../engine/judge/operators.ts';
import { resolveMoment, UNKNOWN } from '../../engine/facts/values.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Seen } from '../cases/evaluate-case.ts';
import type { Side } from '../search/analysis.ts';
import { all, type Goal } from '../search/properties.ts';
import { isElsewhere } from '../solver/deadline-terms.ts';
import { FALSE, or, TRUE } from '../solver/terms.ts';
import type { Parts } from './answer-properties.ts';
import type { Change } from './differences.ts';

export function movedDeadlines(a: Side, b: Side, before: Parts, after: Parts): [Change, Goal][] {
  const [was, is] = [before.get('deadlines'), after.get('deadlines')];
  return [...(was ?? [])].flatMap(([deadline, shownBefore]): [Change, Goal][] => {
    const shownAfter = is?.get(deadline);
    if (!shownAfter) return [];
    const goal = all([shownBefore, shownAfter, moved([a, b], deadline)]);
    return [[{ kind: 'deadline-moved', deadline }, goal]];
  });
}

/** Shown with another first or last moment, or with one where the other has none. */
function moved(both: readonly Side[], deadline: string): Goal {
  const sides = (['from', 'until'] as const).map((side) => {
    const [a, b] = both.map(({ ruleSet, translation }) =>
      isDated(ruleSet, deadline) ? translation.deadlines.moment(deadline, side) : null,
    );
    if (!a || !b) return a === b || (!a && !b) ? FALSE : TRUE;
    return isElsewhere(a, b);
  });
  return {
    term: or(sides),
    shown: (seen): Truth => {
      const [a, b] = both.map(({ ruleSet, index }) => momentsOf(ruleSet, deadline, seen[index]));
      return a === null || b === null ? 'unknown' : a === b ? 'false' : 'true';
    },
  };
}

/** What the notice says only in words has no date to move. */
const isDated = ({ deadlines }: RuleSet, id: string): boolean => deadlines.get(id)?.approximate === false;

function momentsOf(ruleSet: RuleSet, id: string, seen: Seen | undefined): string | null {
  const deadline = ruleSet.deadlines.get(id);
  if (!deadline || !seen || !isDated(ruleSet, id)) return '';
  const moments = [deadline.from, deadline.until].map(
    (moment) => moment && resolveMoment(moment, seen.values, ruleSet),
  );
  if (moments.includes(UNKNOWN)) return null;
  return JSON.stringify(moments.map((moment) => (typeof moment === 'object' ? moment : null)));
}
