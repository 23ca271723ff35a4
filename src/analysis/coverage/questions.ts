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
import type { Condition, Operand, Rule, RuleSet } from '../../rulebook/rule-set.ts';
import { SECTION_KINDS } from '../../rulebook/sections.ts';
import type { Source } from '../../rulebook/source.ts';
import type { CasesFile } from '../cases/cases-file.ts';
import { evaluateCase, readPartialCase } from '../cases/evaluate-case.ts';
import {
  aboutRule,
  byPosition,
  type ConditionPart,
  namesUnder,
  ownerJa,
  rulesAbove,
  type WrittenCondition,
  writtenConditions,
} from '../rule-set-parts.ts';
import { type Analysis, type AnalyzedRuleSet, withAnalysis } from '../search/analysis.ts';
import { ALWAYS, all, any, exactlyOne, NEVER, no, type Property } from '../search/properties.ts';
import type { Solver } from '../solver/solver.ts';

/** One thing that some case should show. */
export interface CoverageQuestion {
  showing: 'taken' | 'not-taken' | 'decides-true' | 'decides-false';
  /** section/id of the rule, or conditions/name. */
  about: string;
  /** The comparison; null where it is about the rule as a whole. */
  comparison: LocalizedText | null;
  position: Position;
  property: Property;
}

export function coverageQuestions(
  source: Source,
  { ruleSet, properties: { holds, isTaken, within, condition: holdsWith } }: AnalyzedRuleSet,
): CoverageQuestion[] {
  const names = new Map(ruleSet.rules.map((rule) => [rule, namesUnder(rule.when, ruleSet)]));
  const questions = [
    ...ruleSet.rules.flatMap(ruleQuestions),
    ...writtenConditions(ruleSet).flatMap(partQuestions),
  ];
  return questions.sort(byPosition);

  function ruleQuestions(rule: Rule): CoverageQuestion[] {
    const whole = { about: aboutRule(rule), comparison: null, position: rule.position };
    const taken = { ...whole, showing: 'taken' as const, property: within(rule.section, isTaken(rule)) };
    // Of a table every cell is to be shown; that a case is not of it, others show.
    if (rule.when === null || rule.cell !== null) return [taken];
    const property = within(rule.section, all([reached(rule), no(holds(rule))]));
    return [taken, { ...whole, showing: 'not-taken', property }];
  }

  function partQuestions({ about, rule, places }: WrittenCondition): CoverageQuestion[] {
    const name = about.slice('conditions/'.length);
    const rules = rule ? [rule] : ruleSet.rules.filter((one) => names.get(one)?.has(name));
    return places.flatMap(({ part, path }) =>
      ([true, false] as const).map((truth) => ({
        showing: truth ? 'decides-true' : 'decides-false',
        about,
        comparison: comparisonText(part, ruleSet),
        position: source.at(path),
        property: any(
          rules.map((one) => within(one.section, all([reached(one), decides(one.when, part, truth)]))),
        ),
      })),
    );
  }

  function reached(rule: Rule): Property {
    if (SECTION_KINDS[rule.kind] === 'collect') return ALWAYS;
    return all(rulesAbove(ruleSet, rule).map((above) => no(holds(above))));
  }

  function decides(condition: Condition | null, part: ConditionPart, truth: boolean): Property {
    if (condition === null) return NEVER;
    const whenTrue = holdsWith(condition, { part, value: true });
    const whenFalse = holdsWith(condition, { part, value: false });
    const is = holdsWith(part);
    return all([truth ? is : no(is), exactlyOne(whenTrue, whenFalse)]);
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
    case 'moment':
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

/** What the cases should show, in words: 規則「outcome/lapsed」が当てはまる */
export function questionText({ showing, about, comparison }: CoverageQuestion): LocalizedText {
  const owner = ownerJa(about);
  if (showing === 'taken') return { ja: `${owner}が当てはまる`, en: `${about} holds` };
  if (showing === 'not-taken') return { ja: `${owner}が当てはまらない`, en: `${about} does not hold` };
  const [ja, en] = showing === 'decides-true' ? ['成り立つ', 'true'] : ['成り立たない', 'false'];
  return {
    ja: `${comparison?.ja}が${ja}ことで、${owner}が決まる`,
    en: `${about} is decided by ${comparison?.en} being ${en}`,
  };
}

export interface Covered {
  question: CoverageQuestion;
  /**
   * `covered` by a case; `uncovered`, though a case could; `impossible`: proved that no case can, and not counted;
   * `undecided`: not covered, and the time was up.
   */
  kind: 'covered' | 'uncovered' | 'impossible' | 'undecided';
}

/** In the order of the file. The analysis is the caller's to go on with, and to end. */
export async function cover(analysis: Analysis, source: Source, { cases }: CasesFile): Promise<Covered[]> {
  const side = analysis.only();
  const { ruleSet } = side;
  const questions = coverageQuestions(source, side);
  const open = new Set(questions);
  for (const example of cases) {
    const given = readPartialCase(ruleSet, example);
    if (given === null) continue;
    const evaluation = evaluateCase(ruleSet, given);
    for (const question of open)
      if (question.property.truthIn([evaluation]) === 'true') open.delete(question);
  }
  const answerTo = await analysis.search([...open].map(({ property }) => property));
  return questions.map((question) => {
    if (!open.has(question)) return { question, kind: 'covered' };
    const { kind } = answerTo(question.property);
    return { question, kind: kind === 'none' ? 'impossible' : kind === 'shown' ? 'uncovered' : kind };
  });
}

export const coverage = (
  ruleSet: RuleSet,
  source: Source,
  cases: CasesFile,
  solver: Solver,
): Promise<Covered[]> => withAnalysis(solver, [ruleSet], {}, (analysis) => cover(analysis, source, cases));
