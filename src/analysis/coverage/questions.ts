/**
 * What the cases of a rule set should show (masking MC/DC): of every rule, a case in which it is taken and one in which it is
 * looked at and does not hold; of every comparison, a case in which it is true and decides a rule and one in which it is false
 * and decides. It decides a rule that is looked at where turning it round, all else as it is, would turn the rule round.
 *
 * A named condition counts as one comparison wherever it is used. Its own comparisons count once, where they are written, and
 * decide any rule that rests on it.
 */
import type { Truth } from '../../engine/judge/operators.ts';
import { factLabel, operandText } from '../../engine/answer/wording.ts';
import type { Position } from '../../rulebook/basics.ts';
import type { Said } from '../../rulebook/lang.ts';
import { signatureOf } from '../../rulebook/operators.ts';
import { type Condition, type Operand, type Rule, type RuleSet, SECTIONS } from '../../rulebook/rule-set.ts';
import type { Source } from '../../rulebook/source.ts';
import { type CaseEvaluation, kleeneAnd, kleeneNot, rulesBySection } from '../cases/evaluate-case.ts';
import { aboutRule } from '../findings/rule-text.ts';
import { namesUnder } from '../names-under.ts';
import { type ConditionPart, type WrittenCondition, writtenConditions } from '../rule-set-parts.ts';
import type { AnalyzedRuleSet } from '../search/analysis.ts';
import { ALWAYS, all, NEVER, no, type Property } from '../search/properties.ts';
import { and, FALSE, not, or, type Term, TRUE } from '../solver/terms.ts';
import type { Translation } from '../solver/translate.ts';

export const SHOWINGS = ['taken', 'not-taken', 'decides-true', 'decides-false'] as const;
export type Showing = (typeof SHOWINGS)[number];

/** One thing that some case should show. */
export interface CoverageQuestion {
  showing: Showing;
  /** section/id of the rule, or conditions/name. */
  about: string;
  /** The comparison; null where it is about the rule as a whole. */
  comparison: Said | null;
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
    const rules = rulesBySection(ruleSet).get(rule.section) ?? [];
    return all(rules.slice(0, rules.indexOf(rule)).map((above) => no(properties.holds(above))));
  }

  function decides(condition: Condition | null, part: ConditionPart, truth: boolean): Property {
    if (condition === null) return NEVER;
    const whenTrue = termWith(translation, condition, part, TRUE);
    const whenFalse = termWith(translation, condition, part, FALSE);
    const is = translation.condition(part);
    return {
      term: and([truth ? is : not(is), unequal(whenTrue, whenFalse)]),
      truthIn: ([evaluation]) => (evaluation ? decidesIn(evaluation, condition, part, truth) : 'unknown'),
    };
  }
}

/** As `any`, asking no further than the first that is shown. */
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

const byPosition = (a: CoverageQuestion, b: CoverageQuestion): number =>
  a.position.line - b.position.line || a.position.column - b.position.column;

const unequal = (a: Term, b: Term): Term => or([and([a, not(b)]), and([b, not(a)])]);

/** The condition with one of its parts, or of the conditions it names, taken for true, or for false. */
function termWith(translation: Translation, condition: Condition, part: ConditionPart, value: Term): Term {
  const inside = (node: Condition): Term => termWith(translation, node, part, value);
  if (condition === part) return value;
  switch (condition.kind) {
    case 'leaf':
      return translation.condition(condition);
    case 'named': {
      const named = namedWith(translation.ruleSet, condition.name, part);
      return named ? inside(named) : translation.condition(condition);
    }
    case 'not':
      return not(inside(condition.of));
    case 'all':
      return and(condition.of.map(inside));
    case 'any':
      return or(condition.of.map(inside));
  }
}

function decidesIn(
  evaluation: CaseEvaluation,
  condition: Condition,
  part: ConditionPart,
  truth: boolean,
): Truth {
  const is = evaluation.condition(part);
  if (is !== 'unknown' && is !== (truth ? 'true' : 'false')) return 'false';
  const whenTrue = truthWith(evaluation, condition, part, 'true');
  const whenFalse = truthWith(evaluation, condition, part, 'false');
  if (whenTrue === 'unknown' || whenFalse === 'unknown') return 'unknown';
  return whenTrue === whenFalse ? 'false' : is === 'unknown' ? 'unknown' : 'true';
}

function truthWith(
  evaluation: CaseEvaluation,
  condition: Condition,
  part: ConditionPart,
  value: Truth,
): Truth {
  const inside = (node: Condition): Truth => truthWith(evaluation, node, part, value);
  if (condition === part) return value;
  switch (condition.kind) {
    case 'leaf':
      return evaluation.condition(condition);
    case 'named': {
      const named = namedWith(evaluation.ruleSet, condition.name, part);
      return named ? inside(named) : evaluation.condition(condition);
    }
    case 'not':
      return kleeneNot(inside(condition.of));
    case 'all':
      return kleeneAnd(condition.of.map(inside));
    case 'any':
      return kleeneNot(kleeneAnd(condition.of.map((one) => kleeneNot(inside(one)))));
  }
}

const parts = new WeakMap<Condition, ReadonlySet<Condition>>();

/** The named condition, if the part is somewhere in it. */
function namedWith(ruleSet: RuleSet, name: string, part: ConditionPart): Condition | null {
  const found = ruleSet.conditions.get(name)?.condition;
  if (!found) return null;
  const known = parts.get(found) ?? new Set(partsUnder(found, ruleSet));
  parts.set(found, known);
  return known.has(part) ? found : null;
}

function partsUnder(condition: Condition, ruleSet: RuleSet): ConditionPart[] {
  switch (condition.kind) {
    case 'leaf':
      return [condition];
    case 'named': {
      const found = ruleSet.conditions.get(condition.name)?.condition;
      return [condition, ...(found ? partsUnder(found, ruleSet) : [])];
    }
    case 'not':
      return partsUnder(condition.of, ruleSet);
    default:
      return condition.of.flatMap((one) => partsUnder(one, ruleSet));
  }
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

function comparisonText(part: ConditionPart, ruleSet: RuleSet): Said {
  if (part.kind === 'named') return { ja: `条件「${part.name}」`, en: `condition "${part.name}"` };
  const { operator, operand, fact, label } = part;
  const wanted = operandText(operand, { get: () => undefined }, ruleSet);
  const { ja, en } = signatureOf(operator);
  return {
    ja: `「${label ?? `${factLabel(fact, ruleSet)}${ja}：${wanted}`}」`,
    en: `"${label ?? `${fact} ${en} ${asWritten(operand)}`}"`,
  };
}
