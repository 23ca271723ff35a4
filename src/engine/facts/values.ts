/** The facts of a case, by name and by slot, and what the right-hand sides of conditions come to for them. */
import { AS_OF, type Interval } from '../../rulebook/basics.ts';
import { dayAfter, minuteAfter } from '../../rulebook/count-days.ts';
import { partsOf } from '../../rulebook/expressions.ts';
import type { Deadline, Expression, Moment, Operand, RuleSet } from '../../rulebook/rule-set.ts';
import type { Vocabulary } from '../../rulebook/vocabulary.ts';
import { numberOf } from './expressions.ts';

/** The caller did not say. Never false. */
export const UNKNOWN = Symbol('unknown');
/** Known not to exist: no such event, no such amount. */
export const NONE = Symbol('none');

/** What earlier sections concluded, as far as it is known. */
export interface Conclusions {
  kind: 'conclusions';
  /** Ids certainly concluded. */
  must: ReadonlySet<string>;
  /** Ids certainly or possibly concluded. */
  may: ReadonlySet<string>;
  /** True for a state: exactly one of `may`. */
  single: boolean;
}

/** Instants are epoch milliseconds, yen whole numbers. */
type Scalar = boolean | number | string;
export type Value = Scalar | ReadonlySet<string> | Conclusions | typeof UNKNOWN | typeof NONE;
export type Wanted = Scalar | readonly string[] | Interval | typeof UNKNOWN | typeof NONE;

/** The facts of one case by name, the instant judged among them as `asOf`. */
export interface Values {
  get(fact: string): Value | undefined;
}

/** One slot for each fact of the vocabulary, in its order, `asOf` first. */
export type Slots = readonly Value[];
export type Layout = ReturnType<typeof layoutOf>;

export function layoutOf(vocabulary: Vocabulary) {
  const facts = [AS_OF, ...vocabulary.facts.keys()];
  const slots = new Map(facts.map((fact, slot) => [fact, slot]));
  return {
    /** By slot. */
    facts,
    slotOf(fact: string): number {
      const slot = slots.get(fact);
      if (slot === undefined) throw new Error(`no fact ${fact}`);
      return slot;
    },
    valuesOf: (of: Slots): Values => new SlotValues(of, slots),
  };
}

/** A class: an object with a function of its own for each case takes several times as long to make and to ask. */
class SlotValues implements Values {
  private readonly of: Slots;
  private readonly slots: ReadonlyMap<string, number>;
  constructor(of: Slots, slots: ReadonlyMap<string, number>) {
    this.of = of;
    this.slots = slots;
  }
  get(fact: string): Value | undefined {
    const slot = this.slots.get(fact);
    return slot === undefined ? slot : this.of[slot];
  }
}

/** A copy with one fact changed. */
export function withFact(slots: Slots, slot: number, value: Value): Slots {
  const copy = slots.slice();
  copy[slot] = value;
  return copy;
}

/** What deadlines are worked out by. */
export interface Calendar {
  deadlines: ReadonlyMap<string, Pick<Deadline, 'from' | 'until'>>;
  timeZone: string;
}

export const isConclusions = (value: unknown): value is Conclusions =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'conclusions';

/** The facts that an operand's value depends on. */
export function factsOf(operand: Operand, deadlines: RuleSet['deadlines']): string[] {
  switch (operand.kind) {
    case 'instant':
      return [operand.fact];
    case 'expression':
      return factsOfExpression(operand.expression);
    case 'deadline':
      return factsOfDeadline(operand.deadline, deadlines);
    case 'moment':
      return factsOfMoment(operand.moment, deadlines);
    default:
      return [];
  }
}

/** The numbers and facts that an expression is worked out from. */
export function termsOf(expression: Expression): Extract<Expression, { kind: 'literal' | 'fact' }>[] {
  return expression.kind === 'literal' || expression.kind === 'fact'
    ? [expression]
    : partsOf(expression).flatMap(termsOf);
}

export const factsOfExpression = (expression: Expression): string[] =>
  termsOf(expression).flatMap((term) => (term.kind === 'fact' ? term.fact : []));

export function factsOfDeadline(id: string, deadlines: Calendar['deadlines']): string[] {
  const deadline = deadlines.get(id);
  return [deadline?.from, deadline?.until].flatMap((moment) =>
    moment ? factsOfMoment(moment, deadlines) : [],
  );
}

export function factsOfMoment(moment: Moment, deadlines: Calendar['deadlines']): string[] {
  if (moment.kind === 'fixed') return [];
  if (moment.kind === 'timed') return [moment.at.fact];
  const { after } = moment.day;
  return 'fact' in after ? [after.fact] : factsOfDeadline(after.deadline, deadlines);
}

/** Whether what is counted moves at midnight, and not at a time of day of a fact. */
export function countsWholeDays(operand: Operand, deadlines: Calendar['deadlines']): boolean {
  const isOfDays = (moment: Moment | null | undefined): boolean => {
    if (moment?.kind !== 'relative') return moment?.kind !== 'timed';
    return 'fact' in moment.day.after || areOfDays(moment.day.after.deadline);
  };
  const areOfDays = (id: string): boolean => {
    const deadline = deadlines.get(id);
    return [deadline?.from, deadline?.until].every(isOfDays);
  };
  if (operand.kind === 'deadline') return areOfDays(operand.deadline);
  return operand.kind === 'moment' && isOfDays(operand.moment);
}

export function resolveOperand(operand: Operand, values: Values, ruleSet: RuleSet): Wanted {
  switch (operand.kind) {
    case 'literal':
      return operand.value;
    case 'interval':
      return operand.interval;
    case 'deadline':
      return resolveDeadline(ruleSet.deadlines.get(operand.deadline), values, ruleSet);
    case 'instant':
      return instantInterval(values.get(operand.fact));
    case 'moment':
      return resolveMoment(operand.moment, values, ruleSet);
    case 'expression':
      return resolveExpression(operand.expression, values);
  }
}

/** Where an instant, a moment or a deadline lies. */
type Period = Interval | typeof UNKNOWN | typeof NONE;

export function instantInterval(value: Value | undefined): Period {
  if (typeof value === 'number') return { start: value, end: value + 1 };
  return value === NONE ? NONE : UNKNOWN;
}

/** A whole number, rounded down if need be; infinite where it is beyond what numbers hold exactly. */
export function resolveExpression(expression: Expression, values: Values): number | typeof UNKNOWN {
  const number = numberOf(expression, (fact) => {
    const value = values.get(fact);
    if (typeof value === 'number') return value;
    return value === NONE ? 0 : null;
  });
  return number ?? UNKNOWN;
}

/** As `resolveExpression`, of an amount; null where no such amount is paid: it is negative, or beyond all bounds. */
export function resolveAmount(expression: Expression, values: Values): number | null | typeof UNKNOWN {
  const yen = resolveExpression(expression, values);
  if (yen === UNKNOWN) return yen;
  return yen >= 0 && Number.isSafeInteger(yen) ? yen : null;
}

/** From the first moment of `from` (or of `until`) to the exclusive end of `until` (or of `from`). */
export function resolveDeadline(
  deadline: Pick<Deadline, 'from' | 'until'> | undefined,
  values: Values,
  calendar: Calendar,
): Period {
  const from = deadline?.from ? resolveMoment(deadline.from, values, calendar) : null;
  const until = deadline?.until ? resolveMoment(deadline.until, values, calendar) : null;
  if (from === UNKNOWN || until === UNKNOWN) return UNKNOWN;
  if (from === NONE || until === NONE) return NONE;
  const first = from ?? until;
  const last = until ?? from;
  return first && last ? { start: first.start, end: last.end } : NONE;
}

export function resolveMoment(moment: Moment, values: Values, calendar: Calendar): Period {
  if (moment.kind === 'fixed') return moment.interval;
  if (moment.kind === 'timed') {
    const at = instantInterval(values.get(moment.at.fact));
    return typeof at === 'object' ? minuteAfter(at.start, moment.minutes) : at;
  }
  const { after } = moment.day;
  const base =
    'fact' in after
      ? instantInterval(values.get(after.fact))
      : resolveDeadline(calendar.deadlines.get(after.deadline), values, calendar);
  // Counted from the last instant inside, so that a whole day is its own day.
  return typeof base === 'object' ? dayAfter(base.end - 1, moment.day, calendar.timeZone) : base;
}
