/** Why: every rule that was looked at, and the conditions that made it hold, fail or stay open. */
import type { Position } from '../../rulebook/basics.ts';
import { signatureOf } from '../../rulebook/operators.ts';
import type { Condition, Leaf, NamedCondition, RuleSet } from '../../rulebook/rule-set.ts';
import type { CaseFacts } from '../facts/read-facts.ts';
import type { Value } from '../facts/values.ts';
import type { Truth } from '../judge/operators.ts';
import type { CompiledRule, Rules } from '../judge/rules.ts';
import { decisiveIndexes, type SectionResults, truthAt } from '../judge/sections.ts';
import type { ConditionExplanation, RuleExplanation } from './decision.ts';
import { factLabel, operandText, valueJson, valueText } from './wording.ts';

export type Explain = (facts: CaseFacts) => RuleExplanation[];

export const where = ({ file, line, column }: Position): string => `${file}:${line}:${column}`;

/** By the name that every rule file has, wherever the folder lies: an answer says the same of it years later. */
const placeIn = ({ prefecture, incident }: RuleSet, { line, column }: Position): string =>
  where({ file: `rules/${prefecture}/${incident}.yaml`, line, column });

/** For all cases with the same decision key: only the values seen differ. Worked out when it is first asked for. */
export function explainer(rules: Rules, results: SectionResults, isAssumed: CaseFacts['isAssumed']): Explain {
  const explain = (compiled: CompiledRule, truth: Truth): Explained => {
    const { rule } = compiled;
    const decisive = decisiveIndexes(rules, results, compiled);
    const [clause = null] = rule.clauses;
    return {
      rule: `${rule.section}/${rule.id}`,
      label: rule.label,
      concludes: rule.concludes,
      truth,
      clause,
      at: placeIn(rules.ruleSet, rule.position),
      occurrences: occurrences(rule.when, rules.ruleSet)
        .filter(({ leaf }) => decisive.has(rules.indexOf(leaf)))
        .map((occurrence) => ({
          ...occurrence,
          truth: truthAt(rules, results, rules.indexOf(occurrence.leaf)),
          clause,
        })),
    };
  };
  let explained: Explained[] | undefined;
  return (facts) => {
    explained ??= Object.values(results.sections).flatMap(({ section, truths }) =>
      truths.flatMap((truth, place) => {
        const compiled = rules.sections[section].rules[place];
        return compiled ? explain(compiled, truth) : [];
      }),
    );
    const seenValue = ({ source, fact }: Leaf): Value | undefined =>
      source === 'fact' ? facts.values.get(fact) : results.concluded.get(fact);
    return explained.map(({ occurrences, ...rule }) => ({
      ...rule,
      conditions: occurrences.map((occurrence) =>
        explainCondition(rules.ruleSet, occurrence, facts, seenValue(occurrence.leaf), isAssumed),
      ),
    }));
  };
}

/** A rule's explanation, short of the values seen. */
interface Explained extends Omit<RuleExplanation, 'conditions'> {
  occurrences: (Occurrence & { truth: Truth; clause: string | null })[];
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

function explainCondition(
  ruleSet: RuleSet,
  { leaf, through, truth, clause }: Explained['occurrences'][number],
  { values }: CaseFacts,
  value: Value | undefined,
  isAssumed: CaseFacts['isAssumed'],
): ConditionExplanation {
  const named = through.findLast((n) => n.clauses.length > 0);
  const wanted = operandText(leaf.operand, values, ruleSet);
  return {
    label: leaf.label ?? through.at(-1)?.label ?? factLabel(leaf.fact, ruleSet),
    fact: leaf.fact,
    operator: leaf.operator,
    seen: valueJson(leaf.fact, value, ruleSet),
    seenText: `${factLabel(leaf.fact, ruleSet)}：${valueText(leaf.fact, value, ruleSet)}`,
    wanted: `${signatureOf(leaf.operator).ja}：${wanted}`,
    truth,
    assumed: leaf.source === 'fact' && isAssumed(leaf.fact),
    clause: leaf.clauses[0] ?? named?.clauses[0] ?? clause,
    at: placeIn(ruleSet, leaf.position),
  };
}
