/** Which cases notice a mutant: what they expect no longer comes. */
import { compile } from '../../engine/program.ts';
import type { Deadline, Rule, RuleSet } from '../../rulebook/rule-set.ts';
import { distinguishingExpectation, summaryOf, unmetExpectations } from '../cases/answer-summary.ts';
import type { Expectation } from '../cases/cases-file.ts';
import { answerTo, type KnownAnswer } from '../cases/decide-case.ts';
import { evaluateCase, partialCaseOf } from '../cases/evaluate-case.ts';
import { writtenConditions } from '../rule-set-parts.ts';

/** A case whose answer is another, and that does not ask about it: `add` is what it would have to expect. */
export interface UncheckedDifference {
  known: KnownAnswer;
  add: Expectation;
}

/** `unasked` only where nothing notices it. */
export async function detectMutant(
  mutant: RuleSet,
  cases: readonly KnownAnswer[],
): Promise<{ by: KnownAnswer | null; unasked: UncheckedDifference | null }> {
  const program = compile(mutant);
  let unasked: UncheckedDifference | null = null;
  for (const known of cases) {
    const summary = summaryOf(await answerTo(program, known.facts), mutant);
    const before = unmetExpectations(known.example.expect, known.summary).length;
    if (unmetExpectations(known.example.expect, summary).length > before) return { by: known, unasked: null };
    if (unasked !== null) continue;
    const add = distinguishingExpectation(known.summary, summary);
    if (Object.keys(add).length > 0) unasked = { known, add };
  }
  return { by: null, unasked };
}

/** A rule set's conditions and what its rules show, each as one comparable text. */
export function comparableTexts(ruleSet: RuleSet) {
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

const shownText = (rule: Rule, { lists, brands }: RuleSet, deadlines: Map<string, string>): string =>
  JSON.stringify([
    rule.nextSteps,
    rule.deadlines.map((id) => deadlines.get(id)),
    rule.information.map((request) => [request, lists.get(request.list)?.items]),
    rule.brands.map((id) => brands.items.find((item) => item.id === id)),
    rule.amount,
  ]);

/**
 * The cases whose answer a mutant, with the same rules in the same order, can change at all. Where the changed condition is
 * true in both versions, or false in both, with what is known of a case, the answer stays the same whatever the unknown
 * facts are.
 */
export function affectedCases(
  before: ReturnType<typeof comparableTexts>,
  mutant: RuleSet,
  known: readonly KnownAnswer[],
): KnownAnswer[] {
  const after = comparableTexts(mutant);
  if (before.contact !== after.contact) return [...known];
  const conditions = before.conditions.flatMap(({ condition, text }, i) => {
    const other = after.conditions[i];
    return other && other.text !== text ? [[condition, other.condition] as const] : [];
  });
  const shown = before.shown.filter(({ text }, i) => after.shown[i]?.text !== text);
  return known.filter(({ facts, evaluation }) => {
    if (shown.some(({ rule }) => evaluation.isTaken(rule) !== 'false')) return true;
    const evaluationAfter = evaluateCase(mutant, partialCaseOf(facts, mutant));
    return conditions.some(([was, is]) => {
      const truth = evaluation.truthOf(was);
      return truth === 'unknown' || truth !== evaluationAfter.truthOf(is);
    });
  });
}
