/** Judged earlier or later, when would the same case still show the same? */
import { resolveDeadline } from '../../engine/facts/values.ts';
import { AS_OF, type Interval } from '../../rulebook/basics.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { evaluateCase, type PartialCase } from '../cases/evaluate-case.ts';
import { comparisons } from '../rule-set-parts.ts';
import type { Property } from './properties.ts';

/** The instants judged around that of the case, to the exclusive end; null on the side where it never changes. */
export interface HoldingPeriod {
  start: number | null;
  end: number | null;
}

export function holdingPeriodOf(ruleSet: RuleSet, property: Property, given: PartialCase): HoldingPeriod {
  const asOf = Number(given.get(AS_OF));
  const bounds = [...new Set(boundsFor(ruleSet, given))].sort((a, b) => a - b);
  const showsAt = (instant: number): boolean =>
    property.truthIn([evaluateCase(ruleSet, new Map(given).set(AS_OF, instant))]) === 'true';
  // Between two bounds nothing changes, so one instant stands for all.
  return {
    start: bounds.findLast((bound) => bound <= asOf && !showsAt(bound - 1)) ?? null,
    end: bounds.find((bound) => bound > asOf && !showsAt(bound)) ?? null,
  };
}

/** Every instant at which a comparison with the instant judged may change. */
function boundsFor(ruleSet: RuleSet, given: PartialCase): number[] {
  const { values } = evaluateCase(ruleSet, given);
  const edges = ({ start, end }: Interval): number[] => [start, end];
  return [
    ...[...ruleSet.deadlines.values()].flatMap((deadline) => {
      const period = resolveDeadline(deadline, values, ruleSet);
      return typeof period === 'object' ? edges(period) : [];
    }),
    ...comparisons(ruleSet).flatMap(({ operand }) =>
      operand.kind === 'interval' ? edges(operand.interval) : [],
    ),
    ...[...given].flatMap(([fact, value]) =>
      ruleSet.vocabulary.facts.get(fact)?.type === 'instant' && typeof value === 'number'
        ? [value, value + 1]
        : [],
    ),
  ];
}
