/**
 * What the cases of a rule set should show (masking MC/DC): of every rule, a case in which it is taken and one in which it is
 * looked at and does not hold; of every comparison, a case in which it is true and decides a rule and one in which it is false
 * and decides. It decides a rule that is looked at where turning it round, all else as it is, would turn the rule round.
 *
 * A named condition counts as one comparison wherever it is used. Its own comparisons count once, where they are written, and
 * decide any rule that rests on it.
 */
import { factLabel, operandText } from '../../engine/answer/wording.ts';
import type { Position } from '../../rulebook/basics.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { signatureOf } from '../../rulebook/operators.ts';
import { type Condition, type Operand, type Rule, type RuleSet, SECTIONS } from '../../rulebook/rule-set.ts';
import type { Source } from '../../rulebook/source.ts';
import type { CaseEvaluation, Truth } from '../cases/evaluate-case.ts';

import {
  aboutRule,
  byPosition,
  type ConditionPart,
  namesUnder,
  rulesAbove,
  type WrittenCondition,
  writtenConditions,
} from '../rule-set-parts.ts';
import type { AnalyzedRuleSet } from '../search/analysis.ts';
import { ALWAYS, all, NEVER, no, type Property } from '../search/properties.ts';
import { and, FALSE, not, or, type Term, TRUE } from '../solver/terms.ts';

type Showing = 'taken' | 'not-taken' | 'decides-true' | 'decides-false';

/** One thing that some case should show. */
export interface CoverageQuestion {
  showing: Showing;
  /** section/id of the rule, or conditions/name. */
  about: string;
  /** The comparison; null where it is about the rule as a whole. */
  comparison: LocalizedText | null;
  position: Position;
  property: Property;
}

export function coverageQuestions(
  source: Source,
  { ruleSet, properties, translation }: AnalyzedRuleSet,
): CoverageQuestion[] {
  const names = new Map(ruleSet.rules.map((rule) => [rule, namesUnder(rule.when, ruleSet)]));
  const questions = [
    ...ruleSet.rules.flatMap(ruleQuestions),
    ...writtenConditions(ruleSet).flatMap(partQuestions),
  ];
  return questions.sort(byPosition);

  function ruleQuestions(rule: Rule): CoverageQuestion[] {
    const whole = { about: aboutRule(rule), comparison: null, position: rule.position };
    const taken = { ...whole, showing: 'taken' as const, property: within(rule, properties.isTaken(rule)) };
    if (rule.when === null) return [taken];
    const property = within(rule, all([reached(rule), no(properties.holds(rule))]));
    return [taken, { ...whole, showing: 'not-taken', property }];
  }

  function partQuestions({ about, rule, places }: WrittenCondition): CoverageQuestion[] {
    const name = about.slice('conditions/'.length);
    const rules = rule ? [rule] : ruleSet.rules.filter((one) => names.get(one)?.has(name));
    return places.flatMap(({ part, path }) =>
      ([true, false] as const).map(
        (truth): CoverageQuestion => ({
          showing: truth ? 'decides-true' : 'decides-false',
          about,
          comparison: comparisonText(part, ruleSet),
          position: source.at(path),
          property: first(
            rules.map((one) => within(one, all([reached(one), decides(one.when, part, truth)]))),
          ),
        }),
      ),
    );
  }

  /** Facts that contradict each other conclude nothing but that. */
  function within(rule: Rule, property: Property): Property {
    return rule.section === 'contradictions' ? property : properties.consistent(property);
  }

  function reached(rule: Rule): Property {
    if (SECTIONS[rule.section] === 'collect') return ALWAYS;
    return all(rulesAbove(ruleSet, rule).map((above) => no(properties.holds(above))));
  }

  function decides(condition: Condition | null, part: ConditionPart, truth: boolean): Property {
    if (condition === null) return NEVER;
    const whenTrue = translation.condition(condition, { part, value: TRUE });
    const whenFalse = translation.condition(condition, { part, value: FALSE });
    const is = translation.condition(part);
    return {
      term: and([truth ? is : not(is), unequal(whenTrue, whenFalse)]),
      truthIn: ([evaluation]) => (evaluation ? decidesIn(evaluation, condition, part, truth) : 'unknown'),
    };
  }
}

/** As `any`, but stops at the first property that is true: there are many, and most cases show one. */
const first = (properties: readonly Property[]): Property => ({
  term: or(properties.map(({ term }) => term)),
  truthIn: (evaluation) => {
    const truths = new Set<Truth>();
    for (const property of properties) {
      const truth = property.truthIn(evaluation);
      if (truth === 'true') return truth;
      truths.add(truth);
    }
    return truths.has('unknown') ? 'unknown' : 'false';
  },
});

const unequal = (a: Term, b: Term): Term => or([and([a, not(b)]), and([b, not(a)])]);

function decidesIn(
  evaluation: CaseEvaluation,
  condition: Condition,
  part: ConditionPart,
  truth: boolean,
): Truth {
  const is = evaluation.truthOf(part);
  if (is !== 'unknown' && is !== (truth ? 'true' : 'false')) return 'false';
  const whenTrue = evaluation.truthOf(condition, { part, truth: 'true' });
  const whenFalse = evaluation.truthOf(condition, { part, truth: 'false' });
  if (whenTrue === 'unknown' || whenFalse === 'unknown') return 'unknown';
  return whenTrue === whenFalse ? 'false' : is === 'unknown' ? 'unknown' : 'true';
}

/** The names and values of the rule file, without the words of any language around them. */
function asWritten(operand: Operand): string {
  switch (operand.kind) {
    case 'deadline':
      return operand.deadline;
    case 'instant':
      return operand.fact;
    case 'interval':
      return 'published';
    case 'literal':
      return [operand.value].flat().join(', ');
    case 'expression':
      return operand.text;
  }
}

function comparisonText(part: ConditionPart, ruleSet: RuleSet): LocalizedText {
  if (part.kind === 'named') return { ja: `条件「${part.name}」`, en: `condition "${part.name}"` };
  const { operator, operand, fact, label } = part;
  const wanted = operandText(operand, { get: () => undefined }, ruleSet);
  const { ja, en } = signatureOf(operator);
  return {
    ja: `「${label ?? `${factLabel(fact, ruleSet)}${ja}：${wanted}`}」`,
    en: `"${label ?? `${fact} ${en} ${asWritten(operand)}`}"`,
  };
}
