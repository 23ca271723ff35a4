import type { Interval } from '../../../rulebook/basics.ts';
import type { Expression } from '../../../rulebook/rule-set.ts';
import {
  type Calendar,
  factsOfDeadline,
  factsOfExpression,
  resolveDeadline,
  resolveExpression,
  type Value,
  type Values,
} from '../../facts/values.ts';

/** A right-hand side that is worked out of the facts of the case: a bound of a deadline, or a number. */
export type DerivedFact = { deadline: string; side: keyof Interval } | { expression: Expression };

export const factsOfDerived = (derived: DerivedFact, deadlines: Calendar['deadlines']): string[] =>
  'deadline' in derived
    ? factsOfDeadline(derived.deadline, deadlines)
    : factsOfExpression(derived.expression);

/** Epoch milliseconds of a bound, or a whole number. */
export function derivedValue(derived: DerivedFact, values: Values, calendar: Calendar): Value {
  if ('expression' in derived) return resolveExpression(derived.expression, values);
  const period = resolveDeadline(calendar.deadlines.get(derived.deadline), values, calendar);
  return typeof period === 'object' ? period[derived.side] : period;
}
