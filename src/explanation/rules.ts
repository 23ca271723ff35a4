/** The rules that were looked at, in words: what each wants, what was seen, and where both are written. */
import type { ConditionExplanation, RuleExplanation } from '../engine/answer/decision.ts';
import { factsOf, factsOfExpression, type Values } from '../engine/facts/values.ts';
import type { Truth } from '../engine/judge/operators.ts';
import { deadlinesBefore, type Occurrence, occurrences } from '../rulebook/references.ts';
import type { Leaf, Rule, RuleSet } from '../rulebook/rule-set.ts';
import type { FactValueOf } from './fact-values.ts';
import type { ConditionInWords, Quote, Reference, RuleInWords } from './model.ts';
import type { RuleLines } from './rule-lines.ts';
import { concludesText, metText, ruleTruthText, wantedText } from './words.ts';

export interface RuleParts {
  ruleSet: RuleSet;
  values: Values;
  lines: RuleLines;
  factValue: FactValueOf;
}

export const quoteOf = ({ clauses }: RuleSet, ids: readonly string[]): Quote[] =>
  ids.flatMap((id) => {
    const clause = clauses.get(id);
    return clause ? [{ clause: id, noticeLines: clause.lines, text: clause.text }] : [];
  });

export function ruleInWords(
  parts: RuleParts,
  rule: Rule,
  explained: RuleExplanation,
  isConcluding: boolean,
): RuleInWords {
  const { ruleSet, lines, factValue } = parts;
  return {
    rule: explained.rule,
    id: rule.id,
    label: rule.label,
    concludes: rule.concludes,
    concludesText: concludesText(rule, ruleSet),
    truth: explained.truth,
    truthText: ruleTruthText(explained.truth, isConcluding),
    clauses: quoteOf(ruleSet, rule.clauses),
    ...lines.blockAt(rule.position),
    amountFrom: isConcluding && rule.amount?.yen ? factsOfExpression(rule.amount.yen).map(factValue) : [],
    conditions: conditionsInWords(parts, rule, explained),
  };
}

const OPPOSITE: Record<Truth, Truth> = { true: 'false', false: 'true', unknown: 'unknown' };
const namesOf = (way: readonly Reference[]): string => way.map(({ name }) => name).join();
/** The line and column that `at` of its explanation ends with. */
const placeOf = ({ position: { line, column } }: Leaf): string => `:${line}:${column}`;

function conditionsInWords(parts: RuleParts, rule: Rule, explained: RuleExplanation): ConditionInWords[] {
  const { ruleSet } = parts;
  const mattered = occurrences(rule.when, ruleSet).filter(({ leaf }) =>
    explained.conditions.some(({ at }) => at.endsWith(placeOf(leaf))),
  );
  const said = new Map<string, ConditionInWords>();
  for (const [i, occurrence] of mattered.entries()) {
    const { leaf, isReversed } = occurrence;
    const through = occurrence.through.map(({ name, position }) => ({ name, line: position.line }));
    const condition = explained.conditions[i];
    if (!condition?.at.endsWith(placeOf(leaf)))
      throw new Error(`${explained.rule}: its conditions are explained in another order`);
    const met = isReversed ? OPPOSITE[condition.truth] : condition.truth;
    // The same comparison may stand in a rule twice, and matter in one place only.
    if (met !== explained.truth) continue;
    const key = JSON.stringify([condition.at, isReversed, condition.label, condition.clause]);
    const known = said.get(key);
    if (!known) said.set(key, conditionInWords(parts, condition, occurrence, through, met));
    else if (!known.through.some((way) => namesOf(way) === namesOf(through))) known.through.push(through);
  }
  return [...said.values()];
}

function conditionInWords(
  { ruleSet, values, lines, factValue }: RuleParts,
  { label, truth, clause }: ConditionExplanation,
  { leaf, isReversed }: Occurrence,
  through: Reference[],
  met: Truth,
): ConditionInWords {
  return {
    label,
    seen: factValue(leaf.fact),
    operator: leaf.operator,
    wantedText: wantedText(leaf, isReversed, values, ruleSet),
    comparedWith: factsOf(leaf.operand, ruleSet.deadlines).map(factValue),
    truth,
    isReversed,
    met,
    metText: metText(met),
    clause: quoteOf(ruleSet, clause === null ? [] : [clause])[0] ?? null,
    through: [through],
    deadlines: leaf.operand.kind === 'deadline' ? withThoseBefore(leaf.operand.deadline, ruleSet) : [],
    ...lines.blockAt(leaf.position),
  };
}

/** The deadline, and those that its days are counted from. */
function withThoseBefore(id: string, ruleSet: RuleSet): Reference[] {
  const deadline = ruleSet.deadlines.get(id);
  if (!deadline) return [];
  const before = deadlinesBefore(deadline).flatMap((each) => withThoseBefore(each, ruleSet));
  return [{ name: id, line: deadline.position.line }, ...before];
}
