/** Why: every rule that was looked at, and the conditions that made it hold, fail or stay open. */
import type { Position } from '../../rulebook/basics.ts';
import { signatureOf } from '../../rulebook/operators.ts';
import { occurrences } from '../../rulebook/references.ts';
import type { Leaf, RuleSet } from '../../rulebook/rule-set.ts';
import type { CaseFacts } from '../facts/read-facts.ts';
import { factsOf, type Value, type Values } from '../facts/values.ts';
import type { KnownTruths } from '../judge/condition.ts';
import { type CompiledRule, ofSection, type Rules, type SectionResult } from '../judge/rules.ts';
import { decisiveIndexes, knownTruths, type SectionResults } from '../judge/sections.ts';
import type { ConditionExplanation, RuleExplanation } from './decision.ts';
import { factLabel, operandText, valueJson, valueText } from './wording.ts';

export type Explain = (results: SectionResults, facts: CaseFacts) => RuleExplanation[];

export const where = ({ file, line, column }: Position): string => `${file}:${line}:${column}`;

/** By the name that every rule file has, wherever the folder lies: an answer says the same of it years later. */
const placeIn = ({ prefecture, incident }: RuleSet, { line, column }: Position): string =>
  where({ file: `rules/${prefecture}/${incident}.yaml`, line, column });

/**
 * What does not depend on the case is written once, when it is first asked for; which comparisons made the rules of a section
 * what they are, once for each result of the section, for as long as that is remembered.
 */
export function compileExplainer(rules: Rules): Explain {
  const { ruleSet } = rules;
  const plans = new Map<CompiledRule, ReturnType<typeof planRule>>();
  const explained = new WeakMap<SectionResult, ReturnType<typeof planSection>>();

  function planSection({ section, truths }: SectionResult, known: KnownTruths) {
    return truths.flatMap((truth, place) => {
      const compiled = ofSection(rules.sections, section).rules[place];
      if (!compiled) return [];
      const plan = plans.get(compiled) ?? planRule(rules, compiled);
      plans.set(compiled, plan);
      const decisive = decisiveIndexes(rules, compiled, known);
      const conditions = plan.conditions
        .filter(({ index }) => decisive.has(index))
        .map((condition) => ({ condition, truth: known.ofComparison(condition.leaf) }));
      return [{ plan, truth, conditions }];
    });
  }

  return (results, facts) => {
    const known = knownTruths(rules, results);
    const seen = new Map<string, ReturnType<typeof seenOf>>();
    const see = ({ source, fact }: Leaf): ReturnType<typeof seenOf> => {
      const before = seen.get(fact);
      if (before) return before;
      const value = source === 'fact' ? facts.values.get(fact) : results.concluded.get(fact);
      const shown = seenOf(fact, value, ruleSet);
      seen.set(fact, shown);
      return shown;
    };
    return [...results.sections.values()].flatMap((result) => {
      const planned = explained.get(result) ?? planSection(result, known);
      explained.set(result, planned);
      return planned.map(({ plan: { rule, label, concludes, clause, at }, truth, conditions }) => {
        // Member by member: an object that is spread together is much slower to make, and to write as JSON.
        const told = conditions.map(({ condition, truth }): ConditionExplanation => {
          const { leaf, label, wanted, clause, at } = condition;
          const { seen, seenText } = see(leaf);
          return {
            label,
            fact: leaf.fact,
            operator: leaf.operator,
            seen,
            seenText,
            wanted: wanted ?? wantedText(leaf, facts.values, ruleSet),
            truth,
            assumed: leaf.source === 'fact' && facts.isAssumed(leaf.fact),
            clause,
            at,
          };
        });
        return { rule, label, concludes, truth, clause, at, conditions: told };
      });
    });
  };
}

/** What is said of a rule and its comparisons in any case. */
function planRule({ ruleSet, indexOf }: Rules, { rule }: CompiledRule) {
  const { section, id, label, concludes } = rule;
  const [clause = null] = rule.clauses;
  const conditions = occurrences(rule.when, ruleSet).map(({ leaf, through }) => {
    const named = through.findLast((n) => n.clauses.length > 0);
    // Another instant of the case is told by its name alone.
    const isConstant =
      leaf.operand.kind === 'instant' || factsOf(leaf.operand, ruleSet.deadlines).length === 0;
    return {
      ...{ leaf, index: indexOf(leaf) },
      label: leaf.label ?? through.at(-1)?.label ?? factLabel(leaf.fact, ruleSet),
      /** null where it depends on the case. */
      wanted: isConstant ? wantedText(leaf, { get: () => undefined }, ruleSet) : null,
      clause: leaf.clauses[0] ?? named?.clauses[0] ?? clause,
      at: placeIn(ruleSet, leaf.position),
    };
  });
  const at = placeIn(ruleSet, rule.position);
  return { rule: `${section}/${id}`, label, concludes, clause, at, conditions };
}

const seenOf = (fact: string, value: Value | undefined, ruleSet: RuleSet) => ({
  seen: valueJson(fact, value, ruleSet),
  seenText: `${factLabel(fact, ruleSet)}：${valueText(fact, value, ruleSet)}`,
});

const wantedText = (leaf: Leaf, values: Values, ruleSet: RuleSet): string =>
  `${signatureOf(leaf.operator).ja}：${operandText(leaf.operand, values, ruleSet)}`;
