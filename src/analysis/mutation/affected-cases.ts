/**
 * The cases whose answer a mutant can change at all. Where the changed condition is true in both versions, or false in both,
 * with what is known of a case, the answer stays the same whatever the unknown facts are.
 */
import type { Condition, Deadline, Rule, RuleSet } from '../../rulebook/rule-set.ts';
import { evaluateCase, partialCaseOf } from '../cases/evaluate-case.ts';
import type { KnownAnswer } from '../cases/known-answers.ts';
import { writtenConditions } from '../rule-set-parts.ts';

/** A rule set's conditions and what its rules show, each as one comparable text. */
export interface ComparableTexts {
  ruleSet: RuleSet;
  conditions: { condition: Condition; text: string }[];
  shown: { rule: Rule; text: string }[];
  contact: string;
}

export function comparableTexts(ruleSet: RuleSet): ComparableTexts {
  const deadlines = new Map([...ruleSet.deadlines.values()].map((d) => [d.id, deadlineText(d, ruleSet)]));
  return {
    ruleSet,
    conditions: writtenConditions(ruleSet).map(({ condition }) => ({
      condition,
      text: JSON.stringify(condition, (key, value: unknown) => {
        if (key === 'position') return undefined;
        return key === 'deadline' ? deadlines.get(String(value)) : value;
      }),
    })),
    shown: ruleSet.rules.map((rule) => ({ rule, text: shownText(rule, ruleSet, deadlines) })),
    contact: JSON.stringify(ruleSet.contact),
  };
}

/** A deadline with those that it is counted from. */
function deadlineText({ position: _, ...deadline }: Deadline, ruleSet: RuleSet): string {
  const before = [deadline.from, deadline.until].flatMap((moment) => {
    if (moment?.kind !== 'relative' || !('deadline' in moment.day.after)) return [];
    const found = ruleSet.deadlines.get(moment.day.after.deadline);
    return found ? [deadlineText(found, ruleSet)] : [];
  });
  return JSON.stringify([deadline, before]);
}

function shownText(rule: Rule, { lists, brands }: RuleSet, deadlines: Map<string, string>): string {
  return JSON.stringify([
    rule.nextSteps,
    rule.deadlines.map((id) => deadlines.get(id)),
    rule.information.map((request) => [request, lists.get(request.list)?.items]),
    rule.brands.map((id) => brands.items.find((item) => item.id === id)),
    rule.amount,
  ]);
}

/** Two rule sets with the same rules, in the same order. */
export function affectedCases(
  before: ComparableTexts,
  after: ComparableTexts,
  known: readonly KnownAnswer[],
): KnownAnswer[] {
  if (before.contact !== after.contact) return [...known];
  const conditions = before.conditions.flatMap(({ condition, text }, i) => {
    const other = after.conditions[i];
    return other && other.text !== text ? [[condition, other.condition] as const] : [];
  });
  const shown = before.shown.filter(({ text }, i) => after.shown[i]?.text !== text);
  return known.filter(({ facts, evaluation }) => {
    if (shown.some(({ rule }) => evaluation.isTaken(rule) !== 'false')) return true;
    const evaluationAfter = evaluateCase(after.ruleSet, partialCaseOf(facts, after.ruleSet));
    return conditions.some(([was, is]) => {
      const truth = evaluation.truthOf(was);
      return truth === 'unknown' || truth !== evaluationAfter.truthOf(is);
    });
  });
}
