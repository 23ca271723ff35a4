/** Why: every rule that was looked at, and the conditions that made it hold, fail or stay open. */
import type { Position } from '../rulebook/basics.ts';
import { signatureOf } from '../rulebook/operators.ts';
import type { Condition, Leaf, NamedCondition, RuleSet } from '../rulebook/rule-set.ts';
import type { ConditionExplanation, RuleExplanation } from './decision.ts';
import type { RuleStanding, SectionStanding, Standing } from './judge.ts';
import type { CaseFacts } from './read-facts.ts';
import type { Rules } from './rules.ts';
import type { Slots } from './slots.ts';
import { factsOf, type Value, type Values } from './values.ts';
import { factLabel, operandText, valueJson, valueText } from './wording.ts';

export type Explain = (facts: CaseFacts) => RuleExplanation[];

export const where = ({ file, line, column }: Position): string => `${file}:${line}:${column}`;

/** For all cases of a pattern at once: only the values seen differ. Worked out when it is first asked for. */
export function explainer(program: Rules, standing: Standing, isAssumed: CaseFacts['isAssumed']): Explain {
  let rules: RulePlan[] | undefined;
  return (facts) => {
    rules ??= Object.values(standing.sections).flatMap((section: SectionStanding) =>
      section.rules.map((rule) => planRule(program, standing, isAssumed, section, rule)),
    );
    const seen = new Map<string, Seen>();
    return rules.map((plan) => {
      if (plan.last && plan.conditions.every((condition) => isAsLast(condition, facts.slots)))
        return plan.last;
      const conditions = plan.conditions.map((condition) =>
        explainCondition(program, condition, facts, seen),
      );
      plan.last = { ...plan.said, conditions };
      return plan.last;
    });
  };
}

interface Seen {
  seen: unknown;
  seenText: string;
}

interface RulePlan {
  said: Omit<RuleExplanation, 'conditions'>;
  conditions: ConditionPlan[];
  /** What was said last: most of what one case shows, the next shows again. */
  last: RuleExplanation | null;
}

interface ConditionPlan {
  leaf: Leaf;
  /** What earlier sections concluded; undefined for a fact of the case. */
  concluded: Value | undefined;
  label: string;
  truth: ConditionExplanation['truth'];
  assumed: boolean;
  clause: string | null;
  at: string;
  /** The wanted side in words; null where it depends on the case. */
  wanted: string | null;
  /** Where the fact stands; null for what earlier sections concluded. */
  slot: number | null;
  /** What was said last, of which value. */
  last: { value: Value | undefined; said: ConditionExplanation } | null;
}

function planRule(
  program: Rules,
  standing: Standing,
  isAssumed: CaseFacts['isAssumed'],
  { section }: SectionStanding,
  { compiled: { rule }, outcome }: RuleStanding,
): RulePlan {
  const mattered = new Set(outcome.mattered);
  const clause = rule.clauses[0] ?? null;
  return {
    said: {
      rule: `${section}/${rule.id}`,
      label: rule.label,
      concludes: rule.concludes,
      truth: outcome.truth,
      clause,
      at: where(rule.position),
    },
    conditions: occurrences(rule.when, program.ruleSet)
      .filter(({ leaf }) => mattered.has(program.indexOf(leaf)))
      .map((occurrence) => planCondition(program, standing, isAssumed, occurrence, clause)),
    last: null,
  };
}

interface Occurrence {
  leaf: Leaf;
  /** The named conditions that led to it, outermost first. */
  through: NamedCondition[];
}

function occurrences(
  condition: Condition | null,
  ruleSet: Pick<RuleSet, 'conditions'>,
  through: NamedCondition[] = [],
): Occurrence[] {
  if (condition === null) return [];
  switch (condition.kind) {
    case 'leaf':
      return [{ leaf: condition, through }];
    case 'not':
      return occurrences(condition.of, ruleSet, through);
    case 'named': {
      const named = ruleSet.conditions.get(condition.name);
      return named ? occurrences(named.condition, ruleSet, [...through, named]) : [];
    }
    default:
      return condition.of.flatMap((part) => occurrences(part, ruleSet, through));
  }
}

function planCondition(
  { ruleSet, indexOf, layout }: Rules,
  standing: Standing,
  isAssumed: CaseFacts['isAssumed'],
  { leaf, through }: Occurrence,
  ruleClause: string | null,
): ConditionPlan {
  const named = through.findLast((n) => n.clauses.length > 0);
  const ofCase = leaf.source === 'fact';
  // Another instant of the case is told by its name alone.
  const isConstant = leaf.operand.kind === 'instant' || factsOf(leaf.operand, ruleSet.deadlines).length === 0;
  return {
    leaf,
    concluded: ofCase ? undefined : standing.concluded.get(leaf.fact),
    label: leaf.label ?? through.at(-1)?.label ?? factLabel(leaf.fact, ruleSet),
    truth: standing.truths[indexOf(leaf)] ?? 'unknown',
    assumed: ofCase && isAssumed(leaf.fact),
    clause: leaf.clauses[0] ?? named?.clauses[0] ?? ruleClause,
    at: where(leaf.position),
    wanted: isConstant ? wantedText(leaf, NO_VALUES, ruleSet) : null,
    slot: ofCase ? layout.slotOf(leaf.fact) : null,
    last: null,
  };
}

const NO_VALUES: Values = { get: () => undefined };

const wantedText = (leaf: Leaf, values: Values, ruleSet: RuleSet): string =>
  `${signatureOf(leaf.operator).ja}：${operandText(leaf.operand, values, ruleSet)}`;

const seenBy = ({ slot, concluded }: ConditionPlan, slots: Slots): Value | undefined =>
  slot === null ? concluded : slots[slot];

const isAsLast = (plan: ConditionPlan, slots: Slots): boolean =>
  plan.wanted !== null && plan.last !== null && plan.last.value === seenBy(plan, slots);

function explainCondition(
  { ruleSet }: Rules,
  plan: ConditionPlan,
  { slots, values }: CaseFacts,
  known: Map<string, Seen>,
): ConditionExplanation {
  const { leaf, label, truth, assumed, clause, at, wanted, last } = plan;
  const { fact, operator } = leaf;
  const value = seenBy(plan, slots);
  if (last && isAsLast(plan, slots)) return last.said;
  let seen = known.get(fact);
  if (!seen) {
    seen = {
      seen: valueJson(fact, value, ruleSet),
      seenText: `${factLabel(fact, ruleSet)}：${valueText(fact, value, ruleSet)}`,
    };
    known.set(fact, seen);
  }
  const said = {
    label,
    fact,
    operator,
    seen: seen.seen,
    seenText: seen.seenText,
    wanted: wanted ?? wantedText(leaf, values, ruleSet),
    truth,
    assumed,
    clause,
    at,
  };
  plan.last = { value, said };
  return said;
}
