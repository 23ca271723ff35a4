/**
 * A section as json-rules-engine takes it: the rules of the file under their own ids, on facts under their own names, with
 * deadlines under theirs (`deadlines.receipt.end`, epoch milliseconds, the first instant outside).
 *
 * Each rule is there twice, as holding and as failing: the library knows true and false, and a rule whose facts are unknown
 * does neither. So `not` is moved inwards, to comparisons (`not:equal`, with the library's own decorator) and to names
 * (`not on-time`).
 */
import type { NestedCondition, RuleProperties, TopLevelCondition } from 'json-rules-engine';
import type { Interval } from '../../../rulebook/basics.ts';
import type {
  Condition,
  CountedMoment,
  Expression,
  Leaf,
  Rule,
  RuleSet,
} from '../../../rulebook/rule-set.ts';
import type { Section } from '../../../rulebook/sections.ts';
import {
  type Calendar,
  factsOfDeadline,
  factsOfExpression,
  factsOfMoment,
  resolveDeadline,
  resolveExpression,
  resolveMoment,
  type Value,
  type Values,
} from '../../facts/values.ts';

/** A right-hand side that is worked out of the facts of the case: a bound of a deadline, or a number. */
export type DerivedFact =
  | { deadline: string; side: keyof Interval }
  | { moment: CountedMoment; side: keyof Interval }
  | { expression: Expression };

export type SectionRules = ReturnType<typeof sectionRules>;

/** `prefix` stands before the name of every operator: a decorator, `known:`, or nothing. */
export function sectionRules(section: Section, ruleSet: RuleSet, prefix: string) {
  /** Facts that are the same for every case. */
  const constants: Record<string, number> = {};
  const derived: Record<string, DerivedFact> = {};
  /** Named conditions; `not …` holds where the condition of that name fails. */
  const conditions: Record<string, TopLevelCondition> = {};

  function write(condition: Condition, holds: boolean): NestedCondition {
    switch (condition.kind) {
      case 'leaf':
        return compare(condition, holds);
      case 'named':
        return { condition: define(condition.name, holds) };
      case 'not':
        return write(condition.of, !holds);
      default: {
        const of = condition.of.map((part) => write(part, holds));
        return (condition.kind === 'all') === holds ? { all: of } : { any: of };
      }
    }
  }

  function define(name: string, holds: boolean): string {
    const key = negated(name, holds);
    const found = ruleSet.conditions.get(name);
    if (!found) throw new Error(`condition ${name} is not in the rule set`);
    if (!Object.hasOwn(conditions, key)) {
      // In the order in which they are first used, this one before those that it uses.
      conditions[key] = { all: [] };
      conditions[key] = asGroup(labelled(write(found.condition, holds), found.label, holds));
    }
    return key;
  }

  function compare(leaf: Leaf, holds: boolean): NestedCondition {
    const of = comparisonsOf(leaf).map(([operator, value]) => ({
      fact: leaf.fact,
      operator: `${prefix}${negated(operator, holds, 'not:')}`,
      value,
    }));
    const [first, ...rest] = of;
    const condition = first && rest.length === 0 ? first : holds ? { all: of } : { any: of };
    return labelled(condition, leaf.label, holds);
  }

  /** The library's own operators where it has them; all of these have to hold. */
  function comparisonsOf({ operator, operand }: Leaf): [operator: string, value: unknown][] {
    switch (operand.kind) {
      case 'literal':
        return [[operator, operand.value]];
      case 'expression':
        return [[operator, expressionValue(operand.expression)]];
      case 'interval':
        return entryOf(OF_PERIOD, operator).map(([one, side]) => [
          one,
          constant(`source.published.${side}`, operand.interval[side]),
        ]);
      case 'deadline':
        return entryOf(OF_PERIOD, operator).map(([one, side]) => [
          one,
          deadlineValue(operand.deadline, side),
        ]);
      case 'moment':
        return entryOf(OF_PERIOD, operator).map(([one, side]) => {
          const name = `${operand.text}.${side}`;
          derived[name] = { moment: operand.moment, side };
          return [one, { fact: name }];
        });
      case 'instant':
        return entryOf(OF_TWO_INSTANTS, operator).map((one) => [one, { fact: operand.fact }]);
    }
  }

  function expressionValue(expression: Expression): unknown {
    if (expression.kind === 'literal') return expression.value;
    // Apart from the fact itself, which may not exist where a sum is 0.
    const name = expressionText(expression.kind === 'fact' ? { kind: 'sum', of: [expression] } : expression);
    derived[name] = { expression };
    return { fact: name };
  }

  function deadlineValue(id: string, side: keyof Interval): unknown {
    const name = `deadlines.${id}.${side}`;
    if (factsOfDeadline(id, ruleSet.deadlines).length === 0) {
      const period = resolveDeadline(ruleSet.deadlines.get(id), { get: () => undefined }, ruleSet);
      if (typeof period === 'object') return constant(name, period[side]);
    }
    derived[name] = { deadline: id, side };
    return { fact: name };
  }

  function constant(name: string, value: number): unknown {
    constants[name] = value;
    return { fact: name };
  }

  const rules = ruleSet.rules.filter((rule) => rule.section === section.name);
  const both = (holds: boolean): RuleProperties[] =>
    rules.map((rule) => ({
      name: negated(rule.id, holds),
      conditions: rule.when === null ? always(holds) : asGroup(write(rule.when, holds)),
      event: eventOf(rule, holds),
    }));
  const [holding, failing] = [both(true), both(false)];
  /** `collect` takes every rule that holds; `first` takes the first of them, in this order. */
  const { takes } = section;
  /** `failing`: the same rules in the same order, as failing. */
  return { section: section.name, takes, constants, derived, conditions, rules: holding, failing };
}

/** Whether a fact lies before, in or after a period, by the period's first instant and the first one after it. */
const OF_PERIOD: Record<string, [operator: string, side: keyof Interval][]> = {
  before: [['lessThan', 'start']],
  onOrBefore: [['lessThan', 'end']],
  after: [['greaterThanInclusive', 'end']],
  onOrAfter: [['greaterThanInclusive', 'start']],
  sameInstant: [
    ['greaterThanInclusive', 'start'],
    ['lessThan', 'end'],
  ],
};

/** Another instant of the case is a period of its own millisecond. */
const OF_TWO_INSTANTS: Record<string, readonly string[]> = {
  before: ['lessThan'],
  onOrBefore: ['lessThanInclusive'],
  after: ['greaterThan'],
  onOrAfter: ['greaterThanInclusive'],
  sameInstant: ['greaterThanInclusive', 'lessThanInclusive'],
};

function entryOf<Entry>(table: Record<string, Entry>, operator: string): Entry {
  const entry = table[operator];
  if (entry === undefined) throw new Error(`${operator} compares no instants`);
  return entry;
}

const negated = (name: string, holds: boolean, not = 'not '): string => (holds ? name : `${not}${name}`);

/** With the label that the file gives it, which the library repeats in its results. */
const labelled = (condition: NestedCondition, label: string | null, holds: boolean): NestedCondition =>
  label === null ? condition : { name: negated(label, holds), ...condition };

/** The library wants a group or a name at the top. */
const asGroup = (condition: NestedCondition): TopLevelCondition =>
  'fact' in condition ? { all: [condition] } : condition;

/** To the library an empty `all` is true; an empty `any` is, too. */
const always = (holds: boolean): TopLevelCondition => (holds ? { all: [] } : { not: { all: [] } });

const eventOf = ({ id, concludes, label, clauses }: Rule, holds: boolean): RuleProperties['event'] => ({
  type: holds ? 'holds' : 'fails',
  params: { rule: id, concludes, label, clause: clauses[0] ?? null },
});

/** In the words of the file: `sum(fare.firstYen, fare.secondYen)`. */
function expressionText(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return String(expression.value);
    case 'fact':
      return expression.fact;
    case 'number':
      return `numbers.${expression.number}`;
    case 'percent':
      return `percent(${expression.percent}, ${expressionText(expression.of)})`;
    case 'share':
      return `share(${expressionText(expression.times)}, ${expression.dividedBy}, ${expressionText(expression.of)})`;
    case 'bounded': {
      const bounds = [expression.atLeast, expression.atMost].map((bound) => bound && expressionText(bound));
      return `bounded(${expressionText(expression.of)}, ${bounds.map((bound) => bound ?? 'none').join(', ')})`;
    }
    case 'roundDown':
    case 'roundUp':
    case 'roundHalfUp':
      return `${expression.kind}(${expression.to}, ${expressionText(expression.of)})`;
    default:
      return `${expression.kind}(${expression.of.map(expressionText).join(', ')})`;
  }
}

/** Names of the facts that the conditions of a section read, on either side. */
export const factsOfSection = ({ conditions, rules, failing }: SectionRules): string[] => [
  ...new Set(factsIn([conditions, rules, failing])),
];

function* factsIn(node: unknown): Iterable<string> {
  if (typeof node !== 'object' || node === null) return;
  if ('fact' in node && typeof node.fact === 'string') yield node.fact;
  for (const part of Object.values(node)) yield* factsIn(part);
}

export function factsOfDerived(derived: DerivedFact, deadlines: Calendar['deadlines']): string[] {
  if ('expression' in derived) return factsOfExpression(derived.expression);
  return 'moment' in derived
    ? factsOfMoment(derived.moment, deadlines)
    : factsOfDeadline(derived.deadline, deadlines);
}

/** Epoch milliseconds of a bound, or a whole number. */
export function derivedValue(derived: DerivedFact, values: Values, calendar: Calendar): Value {
  if ('expression' in derived) return resolveExpression(derived.expression, values);
  const period =
    'moment' in derived
      ? resolveMoment(derived.moment, values, calendar)
      : resolveDeadline(calendar.deadlines.get(derived.deadline), values, calendar);
  return typeof period === 'object' ? period[derived.side] : period;
}
