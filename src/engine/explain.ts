/** Why: every rule that was looked at, and the conditions that made it hold, fail or stay open. */

import { signatureOf } from '../rulebook/operators.ts';
import type { Condition, Leaf, NamedCondition, Position, RuleSet } from '../rulebook/rule-set.ts';
import type { ConditionExplanation, RuleExplanation } from './decision.ts';
import type { RuleStanding, SectionStanding, Standing } from './judge.ts';
import type { Program } from './program.ts';
import type { CaseFacts } from './read-facts.ts';
import { factLabel, operandText, valueJson, valueText } from './wording.ts';

export function explain(program: Program, facts: CaseFacts, standing: Standing): RuleExplanation[] {
  return Object.values(standing.sections).flatMap((section: SectionStanding) =>
    section.rules.map((rule) => explainRule(program, facts, standing, section, rule)),
  );
}

export const where = ({ file, line, column }: Position): string => `${file}:${line}:${column}`;

function explainRule(
  program: Program,
  facts: CaseFacts,
  standing: Standing,
  { section }: SectionStanding,
  { compiled: { rule }, outcome }: RuleStanding,
): RuleExplanation {
  const mattered = new Set(outcome.mattered);
  const conditions = occurrences(rule.when, program.ruleSet)
    .filter(({ leaf }) => mattered.has(program.indexOf(leaf)))
    .map((occurrence) => explainLeaf(program, facts, standing, occurrence, rule.clauses[0] ?? null));
  return {
    rule: `${section}/${rule.id}`,
    label: rule.label,
    concludes: rule.concludes,
    truth: outcome.truth,
    clause: rule.clauses[0] ?? null,
    at: where(rule.position),
    conditions,
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

function explainLeaf(
  program: Program,
  facts: CaseFacts,
  standing: Standing,
  { leaf, through }: Occurrence,
  ruleClause: string | null,
): ConditionExplanation {
  const { ruleSet } = program;
  const index = program.indexOf(leaf);
  const seen = standing.sides(index).left;
  const named = through.findLast((n) => n.clauses.length > 0);
  return {
    label: leaf.label ?? through.at(-1)?.label ?? factLabel(leaf.fact, ruleSet),
    fact: leaf.fact,
    operator: leaf.operator,
    seen: valueJson(leaf.fact, seen, ruleSet),
    seenText: `${factLabel(leaf.fact, ruleSet)}：${valueText(leaf.fact, seen, ruleSet)}`,
    wanted: `${signatureOf(leaf.operator).ja}：${operandText(leaf.operand, facts.values, ruleSet)}`,
    truth: standing.truths[index] ?? 'unknown',
    assumed: facts.assumed.has(leaf.fact),
    clause: leaf.clauses[0] ?? named?.clauses[0] ?? ruleClause,
    at: where(leaf.position),
  };
}
