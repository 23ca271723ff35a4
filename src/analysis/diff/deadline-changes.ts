/** Deadlines that two rule sets both show, and that lie on other days. */
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { CaseEvaluation } from '../cases/evaluate-case.ts';
import type { RuleSetPair } from '../search/analysis.ts';
import { all, type Property } from '../search/properties.ts';
import { isElsewhere } from '../solver/deadline-terms.ts';
import { FALSE, or, TRUE } from '../solver/terms.ts';
import type { AnswerProperties } from './answer-properties.ts';
import type { Change } from './change.ts';

export function movedDeadlines(
  pair: RuleSetPair,
  before: AnswerProperties,
  after: AnswerProperties,
): [Change, Property][] {
  const [was, is] = [before.get('deadlines'), after.get('deadlines')];
  return [...(was ?? [])].flatMap(([deadline, shownBefore]): [Change, Property][] => {
    const shownAfter = is?.get(deadline);
    if (!shownAfter) return [];
    const property = all([shownBefore, shownAfter, moved(pair, deadline)]);
    return [[{ kind: 'deadline-moved', deadline }, property]];
  });
}

/** Shown with another first or last moment, or with one where the other has none. */
function moved(both: RuleSetPair, deadline: string): Property {
  const sides = (['from', 'until'] as const).map((side) => {
    const [a, b] = both.map(({ ruleSet, translation }) =>
      isDated(ruleSet, deadline) ? translation.deadlines.moment(deadline, side) : null,
    );
    if (!a || !b) return a === b || (!a && !b) ? FALSE : TRUE;
    return isElsewhere(a, b);
  });
  return {
    term: or(sides),
    truthIn: (evaluations) => {
      const [a, b] = both.map(({ ruleSet, index }) => momentsOf(ruleSet, deadline, evaluations[index]));
      return a === null || b === null ? 'unknown' : a === b ? 'false' : 'true';
    },
  };
}

/** An approximate deadline has no date that could be moved. */
const isDated = ({ deadlines }: RuleSet, id: string): boolean => deadlines.get(id)?.approximate === false;

function momentsOf(ruleSet: RuleSet, id: string, evaluation: CaseEvaluation | undefined): string | null {
  const deadline = ruleSet.deadlines.get(id);
  if (!deadline || !evaluation || !isDated(ruleSet, id)) return '';
  const moments = [deadline.from, deadline.until].map((moment) => moment && evaluation.moment(moment));
  return moments.includes('unknown') ? null : JSON.stringify(moments);
}
