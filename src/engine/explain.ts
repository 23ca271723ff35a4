/** Why: every rule that was looked at, and the conditions that made it hold, fail or stay open. */
import type { Position } from '../rulebook/basics.ts';
import { signatureOf } from '../rulebook/operators.ts';
import type { Condition, Leaf, NamedCondition, Rule, RuleSet } from '../rulebook/rule-set.ts';
import type { Finding } from './compile-condition.ts';
import type { ConditionExplanation, RuleExplanation } from './decision.ts';
import { type Standing, truthAt } from './judge.ts';
import type { CaseFacts } from './read-facts.ts';
import { remembered } from './remembered.ts';
import { type CompiledRule, leafAt, type Rules } from './rules.ts';
import { type Conclusions, factsOf, type Value, type Values } from './values.ts';
import { factLabel, operandText, valueJson, valueText } from './wording.ts';

export type Explain = (facts: CaseFacts) => RuleExplanation[];

export const where = ({ file, line, column }: Position): string => `${file}:${line}:${column}`;

/** By the name that every rule file has, wherever the folder lies: an answer says the same of it years later. */
const placeIn = ({ prefecture, incident }: RuleSet, { line, column }: Position): string =>
  where({ file: `rules/${prefecture}/${incident}.yaml`, line, column });

/** For all cases of a pattern at once: only the values seen differ. Worked out when it is first asked for. */
export function explainer(rules: Rules, standing: Standing, isAssumed: CaseFacts['isAssumed']): Explain {
  let plans: RulePlan[] | undefined;
  return (facts) => {
    plans ??= Object.values(standing.sections).flatMap(({ section, findings }) =>
      findings.flatMap((finding, i) => {
        const compiled = rules.sections[section].rules[i];
        return compiled ? planOf(rules, standing, isAssumed, compiled, finding) : [];
      }),
    );
    const seen = new Map<string, Seen>();
    return plans.map((plan) => explainRule(rules, plan, facts, seen));
  };
}

interface Seen {
  seen: unknown;
  seenText: string;
}

/** What is said of a rule whose comparisons turn out one certain way, short of the values of facts. */
interface RulePlan {
  /** What was said last: most of what one case shows, the next shows again. */
  last: RuleExplanation;
  /** The conditions that show a fact, and where they stand. */
  varying: { place: number; condition: ConditionPlan }[];
}

/** The same object wherever the same is said of a fact. */
interface ConditionPlan {
  leaf: Leaf;
  slot: number;
  said: Omit<ConditionExplanation, 'seen' | 'seenText' | 'wanted'>;
  /** The wanted side in words; null where it depends on the case. */
  wanted: string | null;
  /** What was said last, of which value; and of each value that is not a number. */
  last: { value: Value | undefined; explained: ConditionExplanation } | null;
  known: Map<Value | undefined, ConditionExplanation>;
}

/** What is remembered for explaining by a program: gone with it. */
interface Memory {
  plans: Map<string, RulePlan>;
  conditions: Map<string, ConditionPlan>;
}
const memories = new WeakMap<Rules, Memory>();

function memoryOf(rules: Rules): Memory {
  const memory = memories.get(rules) ?? { plans: new Map(), conditions: new Map() };
  memories.set(rules, memory);
  return memory;
}

/** Many patterns differ only in comparisons that this rule does not make. */
function planOf(
  rules: Rules,
  standing: Standing,
  isAssumed: CaseFacts['isAssumed'],
  { rule, leaves }: CompiledRule,
  finding: Finding,
): RulePlan {
  const told = leaves.map((index) => {
    const { leaf, facts } = leafAt(rules, index);
    if (leaf.source === 'fact') return [standing.truths[index], ...facts.map(isAssumed)];
    const { must, may } = standing.concluded.get(leaf.fact) ?? NOTHING;
    return [[...must], [...may]];
  });
  const key = JSON.stringify([rule.section, rule.id, finding.mattered, told]);
  return remembered(memoryOf(rules).plans, key, () => planRule(rules, standing, isAssumed, rule, finding));
}

const NOTHING: Pick<Conclusions, 'must' | 'may'> = { must: new Set(), may: new Set() };

function planRule(
  rules: Rules,
  standing: Standing,
  isAssumed: CaseFacts['isAssumed'],
  rule: Rule,
  { truth, mattered }: Finding,
): RulePlan {
  const { ruleSet, indexOf } = rules;
  const clause = rule.clauses[0] ?? null;
  const varying: RulePlan['varying'] = [];
  const conditions = occurrences(rule.when, ruleSet)
    .filter(({ leaf }) => mattered.includes(indexOf(leaf)))
    .map((occurrence, place): ConditionExplanation => {
      const said = sayCondition(rules, standing, isAssumed, occurrence, clause);
      const { leaf } = occurrence;
      if (leaf.source === 'fact') {
        varying.push({ place, condition: planCondition(rules, leaf, said) });
        return { ...said, seen: null, seenText: '', wanted: '' };
      }
      const seen = seenOf(leaf.fact, standing.concluded.get(leaf.fact), ruleSet);
      return inOrder(said, seen, wantedText(leaf, NO_VALUES, ruleSet));
    });
  const last: RuleExplanation = {
    rule: `${rule.section}/${rule.id}`,
    label: rule.label,
    concludes: rule.concludes,
    truth,
    clause,
    at: placeIn(ruleSet, rule.position),
    conditions,
  };
  return { last, varying };
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

function sayCondition(
  rules: Rules,
  standing: Standing,
  isAssumed: CaseFacts['isAssumed'],
  { leaf, through }: Occurrence,
  ruleClause: string | null,
): ConditionPlan['said'] {
  const named = through.findLast((n) => n.clauses.length > 0);
  return {
    label: leaf.label ?? through.at(-1)?.label ?? factLabel(leaf.fact, rules.ruleSet),
    fact: leaf.fact,
    operator: leaf.operator,
    truth: truthAt(rules, standing, rules.indexOf(leaf)),
    assumed: leaf.source === 'fact' && isAssumed(leaf.fact),
    clause: leaf.clauses[0] ?? named?.clauses[0] ?? ruleClause,
    at: placeIn(rules.ruleSet, leaf.position),
  };
}

function planCondition(rules: Rules, leaf: Leaf, said: ConditionPlan['said']): ConditionPlan {
  const { ruleSet, layout } = rules;
  // Another instant of the case is told by its name alone.
  const isConstant = leaf.operand.kind === 'instant' || factsOf(leaf.operand, ruleSet.deadlines).length === 0;
  return remembered(memoryOf(rules).conditions, JSON.stringify(said), () => ({
    leaf,
    slot: layout.slotOf(leaf.fact),
    said,
    wanted: isConstant ? wantedText(leaf, NO_VALUES, ruleSet) : null,
    last: null,
    known: new Map(),
  }));
}

const NO_VALUES: Values = { get: () => undefined };

const wantedText = (leaf: Leaf, values: Values, ruleSet: RuleSet): string =>
  `${signatureOf(leaf.operator).ja}：${operandText(leaf.operand, values, ruleSet)}`;

const seenOf = (fact: string, value: Value | undefined, ruleSet: RuleSet): Seen => ({
  seen: valueJson(fact, value, ruleSet),
  seenText: `${factLabel(fact, ruleSet)}：${valueText(fact, value, ruleSet)}`,
});

const inOrder = (
  { label, fact, operator, truth, assumed, clause, at }: ConditionPlan['said'],
  { seen, seenText }: Seen,
  wanted: string,
): ConditionExplanation => ({
  label,
  fact,
  operator,
  seen,
  seenText,
  wanted,
  truth,
  assumed,
  clause,
  at,
});

/** The same object as last time where the same is to be said. */
function explainRule(
  rules: Rules,
  plan: RulePlan,
  facts: CaseFacts,
  seen: Map<string, Seen>,
): RuleExplanation {
  const { conditions } = plan.last;
  let changed: ConditionExplanation[] | null = null;
  for (const { place, condition } of plan.varying) {
    const explained = explainCondition(rules, condition, facts, seen);
    if (explained === conditions[place]) continue;
    changed ??= conditions.slice();
    changed[place] = explained;
  }
  if (changed === null) return plan.last;
  const { rule, label, concludes, truth, clause, at } = plan.last;
  plan.last = { rule, label, concludes, truth, clause, at, conditions: changed };
  return plan.last;
}

function explainCondition(
  { ruleSet }: Rules,
  plan: ConditionPlan,
  { slots, values }: CaseFacts,
  seen: Map<string, Seen>,
): ConditionExplanation {
  const { leaf, last, wanted } = plan;
  const value = slots[plan.slot];
  if (wanted !== null) {
    if (last !== null && last.value === value) return last.explained;
    const before = typeof value === 'number' ? undefined : plan.known.get(value);
    if (before) {
      plan.last = { value, explained: before };
      return before;
    }
  }
  const shown = remembered(seen, leaf.fact, () => seenOf(leaf.fact, value, ruleSet));
  const explained = inOrder(plan.said, shown, wanted ?? wantedText(leaf, values, ruleSet));
  plan.last = { value, explained };
  if (wanted !== null && typeof value !== 'number') remembered(plan.known, value, () => explained);
  return explained;
}
