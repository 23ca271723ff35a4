/**
 * What is true of one case under one rule set, some of its facts perhaps unknown. Coverage, the search for small examples and
 * the comparison of rule sets all ask here, and only this file asks the engine for the meaning of a comparison or a deadline.
 * Making an example small takes thousands of evaluations; the engine decides each example before anyone sees it.
 */

import { absentValue, type CaseFacts, readFacts } from '../../engine/facts/read-facts.ts';
import {
  type Conclusions,
  NONE,
  resolveDeadline,
  resolveExpression,
  resolveMoment,
  resolveOperand,
  UNKNOWN,
  type Value,
  type Values,
} from '../../engine/facts/values.ts';
import {
  evaluateCondition,
  type KnownTruths,
  namedConditions,
  opposite,
} from '../../engine/judge/condition.ts';
import { type Truth, truthOf } from '../../engine/judge/operators.ts';
import { AS_OF, type Interval } from '../../rulebook/basics.ts';
import {
  type Condition,
  type Deadline,
  type Expression,
  type Leaf,
  type Moment,
  type Rule,
  type RuleSet,
  SECTIONS,
  type Section,
} from '../../rulebook/rule-set.ts';
import { remembered } from '../remembered.ts';
import { type ConditionPart, conclusionNamed, hasPart, rulesAbove, rulesOf } from '../rule-set-parts.ts';

export type { Truth };

/** What is known of a case, by fact; `asOf`, the instant judged, always is. */
export type PartialCase = ReadonlyMap<string, Value>;

/** What a part of a condition is taken for, whatever the case says of it. */
export interface Assumed {
  part: ConditionPart;
  truth: Truth;
}

export interface CaseEvaluation {
  ruleSet: RuleSet;
  /** Epoch milliseconds. */
  asOf: number;
  /** `assumed`: with one part of the condition, or of the conditions that it names, taken for true or false. */
  truthOf(condition: Condition | null, assumed?: Assumed): Truth;
  /** The rule's own condition. */
  holds(rule: Rule): Truth;
  /** The rule holds and, where its section takes the first that does, none above it holds. */
  isTaken(rule: Rule): Truth;
  /** Rules of a section that are certainly taken. */
  takenRules(section: Section): Rule[];
  contradictory: Truth;
  /** Does a set-valued fact have this member? */
  has(fact: string, id: string): Truth;
  /** Whole yen; null where a fact that it needs is unknown. */
  yen(expression: Expression): number | null;
  /** null where there is none. */
  moment(moment: Moment): Interval | null | 'unknown';
  period(deadline: Deadline): Interval | null | 'unknown';
}

/** As callers send a case: untyped facts and the instant judged, in epoch milliseconds. */
export interface WrittenCase {
  facts: unknown;
  asOf: number;
}

/** What is known of a case as it is written; null where the rule set cannot read it. */
export function readPartialCase(ruleSet: RuleSet, { facts, asOf }: WrittenCase): PartialCase | null {
  const read = readFacts(ruleSet.vocabulary, facts, asOf).facts;
  return read && partialCaseOf(read, ruleSet);
}

/** What is known of a case that was read, the meaning of absence included. */
export function partialCaseOf({ values }: CaseFacts, { vocabulary }: RuleSet): PartialCase {
  const names = [AS_OF, ...vocabulary.facts.keys()];
  const known = names.map((name): [string, Value] => [name, values.get(name) ?? UNKNOWN]);
  return new Map(known.filter(([, value]) => value !== UNKNOWN));
}

/** As the engine reads it: what is not given is unknown, or what its absence means. */
const valuesOf = (given: PartialCase, { vocabulary }: RuleSet): Values => ({
  get(fact) {
    const value = given.get(fact);
    if (value !== undefined) return value;
    const definition = vocabulary.facts.get(fact);
    return definition ? absentValue(definition) : UNKNOWN;
  },
});

export function evaluateCase(ruleSet: RuleSet, given: PartialCase): CaseEvaluation {
  const values = valuesOf(given, ruleSet);
  const leaves = new Map<Leaf, Truth>();
  const holding = new Map<Rule, Truth>();
  const taken = new Map<Rule, Truth>();
  const conclusions = new Map<string, Conclusions>();

  const leafTruth = (leaf: Leaf): Truth => {
    const left = leaf.source === 'fact' ? values.get(leaf.fact) : concluded(leaf.fact);
    return truthOf(leaf.operator, left ?? NONE, resolveOperand(leaf.operand, values, ruleSet));
  };
  const concluded = (name: string): Conclusions =>
    remembered(conclusions, name, () => {
      const { section, idOf } = conclusionNamed(name);
      const idsWhere = (...truths: Truth[]): Set<string> =>
        new Set(
          rulesOf(ruleSet, section)
            .filter((rule) => truths.includes(isTaken(rule)))
            .map(idOf),
        );
      return {
        kind: 'conclusions',
        must: idsWhere('true'),
        may: idsWhere('true', 'unknown'),
        single: SECTIONS[section] === 'first',
      };
    });
  const known = namedConditions(ruleSet.conditions, (leaf) =>
    remembered(leaves, leaf, () => leafTruth(leaf)),
  );
  const conditionTruth = (condition: Condition | null, assumed?: Assumed): Truth =>
    evaluateCondition(condition, assumed ? assuming(assumed) : known);
  const assuming = ({ part, truth }: Assumed): KnownTruths => {
    const otherwise: KnownTruths = {
      ofComparison: known.ofComparison,
      assumed: (condition) => (condition === part ? truth : undefined),
      ofNamed(name) {
        const meant = ruleSet.conditions.get(name)?.condition ?? null;
        return meant && hasPart(meant, part, ruleSet)
          ? evaluateCondition(meant, otherwise)
          : known.ofNamed(name);
      },
    };
    return otherwise;
  };
  const holds = (rule: Rule): Truth => remembered(holding, rule, () => conditionTruth(rule.when));
  const isTaken = (rule: Rule): Truth =>
    SECTIONS[rule.section] === 'collect'
      ? holds(rule)
      : remembered(taken, rule, () =>
          kleeneAnd([holds(rule), ...rulesAbove(ruleSet, rule).map((one) => opposite(holds(one)))]),
        );
  return {
    ruleSet,
    asOf: Number(given.get(AS_OF)),
    truthOf: conditionTruth,
    holds,
    isTaken,
    takenRules: (section) => rulesOf(ruleSet, section).filter((rule) => isTaken(rule) === 'true'),
    contradictory: kleeneOr(rulesOf(ruleSet, 'contradictions').map(holds)),
    has(fact, id) {
      const held = values.get(fact);
      if (held === UNKNOWN) return 'unknown';
      return held instanceof Set && held.has(id) ? 'true' : 'false';
    },
    yen(expression) {
      const yen = resolveExpression(expression, values);
      return yen === UNKNOWN ? null : yen;
    },
    moment: (moment) => intervalOf(resolveMoment(moment, values, ruleSet)),
    period: (deadline) => intervalOf(resolveDeadline(deadline, values, ruleSet)),
  };
}

const intervalOf = (resolved: ReturnType<typeof resolveMoment>): Interval | null | 'unknown' =>
  resolved === UNKNOWN ? 'unknown' : resolved === NONE ? null : resolved;

/** Is every conclusion settled, whatever the facts are that were left out? Assumptions are not conclusions. */
export const isSettled = ({ ruleSet, contradictory, isTaken }: CaseEvaluation): boolean =>
  contradictory === 'true' ||
  ruleSet.rules.every(
    (rule) =>
      rule.section === 'contradictions' || rule.section === 'assumptions' || isTaken(rule) !== 'unknown',
  );

export function kleeneAnd(truths: readonly Truth[]): Truth {
  if (truths.includes('false')) return 'false';
  return truths.includes('unknown') ? 'unknown' : 'true';
}

export const kleeneOr = (truths: readonly Truth[]): Truth => opposite(kleeneAnd(truths.map(opposite)));
