/** Every way in which the answers of two rule sets can differ, each as a property that a case may have. */

import type { ComparedAspect } from '../../engine/answer/field.ts';
import { type AspectName, COMPARED, comparedAspect } from '../../engine/answer/fields.ts';
import { resolveMoment, UNKNOWN } from '../../engine/facts/values.ts';
import type { CaseEvaluation } from '../cases/evaluate-case.ts';
import { rulesOf } from '../rule-set-parts.ts';
import { type AnalyzedRuleSet, consistentInBoth, type RuleSetPair } from '../search/analysis.ts';
import { ALWAYS, all, any, exactlyOne, NEVER, no, type Property } from '../search/properties.ts';
import { isElsewhere } from '../solver/operand-terms.ts';
import { FALSE, or, TRUE } from '../solver/terms.ts';
import { type AmountChange, amountChanges, amountRemarks } from './amount-changes.ts';

export type Change =
  /** In no category before and in one after; and the other way round. */
  | { kind: 'newly-covered' | 'no-longer-covered' }
  /** The facts contradict each other by one of the two only. */
  | { kind: 'newly-contradictory' | 'no-longer-contradictory' }
  /** One word instead of another. */
  | { kind: 'changed'; field: AspectName; from: string | null; to: string | null }
  /** An id, or remedy/brand, that only the later answer has, or only the earlier. */
  | { kind: 'added' | 'removed'; field: AspectName; what: string }
  /** A deadline that both show, on other days. */
  | { kind: 'deadline-moved'; deadline: string }
  | AmountChange;

type Possible = [Change, Property];

/** Of each level only cases are compared in which everything above stays the same. */
const LEVELS: readonly (readonly AspectName[])[] = [1, 2, 3].map((level) =>
  [...COMPARED]
    .filter(([, field]) => field.level[0] === level)
    .sort(([, a], [, b]) => a.level[1] - b.level[1])
    .map(([name]) => name),
);

/** Every change that could be, with the property that some case shows it. */
export function changes(pair: RuleSetPair): Possible[] {
  const [before, after] = pair;
  const [was, is] = [answerPropertiesOf(before), answerPropertiesOf(after)];
  const covered = (parts: AnswerProperties): Property => any([...(parts.get('categories')?.values() ?? [])]);
  const found: Possible[] = [
    [{ kind: 'newly-covered' }, all([no(covered(was)), covered(is)])],
    [{ kind: 'no-longer-covered' }, all([covered(was), no(covered(is))])],
    ...movedDeadlines(pair, was, is),
    ...amountChanges(pair),
  ];
  let above: Property = NEVER;
  for (const [level, fields] of LEVELS.entries()) {
    const possible = fields.flatMap((field) => fieldChanges(field, was, is));
    if (level === LEVELS.length - 1) possible.push(...amountRemarks(pair));
    const isOtherwiseSame = before.properties.shared(no(above));
    for (const [change, property] of possible) found.push([change, all([isOtherwiseSame, property])]);
    above = any([above, ...possible.map(([, property]) => property)]);
  }
  const wasContradictory = before.properties.contradictory();
  const isContradictory = after.properties.contradictory();
  return [
    [{ kind: 'newly-contradictory' }, all([no(wasContradictory), isContradictory])],
    [{ kind: 'no-longer-contradictory' }, all([wasContradictory, no(isContradictory)])],
    ...found.map(([change, property]): Possible => [change, consistentInBoth(pair, property)]),
  ];
}

/** As `changes`, without asking which of them only follow from others. */
export function anyChange(pair: RuleSetPair): Property[] {
  const [before, after] = pair;
  const [was, is] = [answerPropertiesOf(before), answerPropertiesOf(after)];
  const possible = [
    ...LEVELS.flat().flatMap((field) => fieldChanges(field, was, is)),
    ...movedDeadlines(pair, was, is),
    ...amountChanges(pair),
    ...amountRemarks(pair),
  ];
  return [
    exactlyOne(before.properties.contradictory(), after.properties.contradictory()),
    ...possible.map(([, property]) => consistentInBoth(pair, property)),
  ];
}

/** What an answer may have of a field, part by part: an id, or remedy/brand, or the text of an assumption. */
type PropertiesByPart = ReadonlyMap<string, Property>;
type AnswerProperties = ReadonlyMap<AspectName, PropertiesByPart>;

const rank = ({ isWord, readsFacts }: ComparedAspect): number => (isWord ? 0 : readsFacts ? 2 : 1);

/** The solver is told of the fields in this order: in another it finds other examples, though no worse ones. */
const FIELDS = [...COMPARED].sort(([, a], [, b]) => rank(a) - rank(b));

const answerPropertiesOf = ({ ruleSet, properties }: AnalyzedRuleSet): AnswerProperties =>
  new Map(
    FIELDS.map(([name, { of, parts }]) => {
      const found = new Map<string, Property[]>();
      const sections = ruleSet.sections.filter(of);
      for (const rule of sections.flatMap((section) => rulesOf(ruleSet, section.name))) {
        for (const { id, missingFrom } of parts(rule, ruleSet)) {
          const isTaken = properties.isTaken(rule);
          const property = missingFrom ? all([isTaken, properties.lacks(missingFrom, id)]) : isTaken;
          found.set(id, [...(found.get(id) ?? []), property]);
        }
      }
      return [name, new Map([...found].map(([id, ofRules]) => [id, any(ofRules)]))];
    }),
  );

function fieldChanges(field: AspectName, before: AnswerProperties, after: AnswerProperties): Possible[] {
  const none: PropertiesByPart = new Map();
  const [was, is] = [before.get(field) ?? none, after.get(field) ?? none];
  if (!comparedAspect(field).isWord)
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((what): Possible[] => {
      const [saidBefore, saidAfter] = [was.get(what) ?? NEVER, is.get(what) ?? NEVER];
      return [
        [{ kind: 'added', field, what }, all([no(saidBefore), saidAfter])],
        [{ kind: 'removed', field, what }, all([saidBefore, no(saidAfter)])],
      ];
    });
  if (was.size === is.size && [...was].every(([word, { term }]) => is.get(word)?.term === term)) return [];
  // A rule set without such states concludes no word.
  const words = (said: PropertiesByPart): [string | null, Property][] =>
    said.size > 0 ? [...said] : [[null, ALWAYS]];
  return words(was).flatMap(([from, saidBefore]) =>
    words(is)
      .filter(([to]) => to !== from)
      .map(
        ([to, saidAfter]): Possible => [{ kind: 'changed', field, from, to }, all([saidBefore, saidAfter])],
      ),
  );
}

/** Deadlines that both show, with another first or last moment, or with one where the other has none. */
const movedDeadlines = (pair: RuleSetPair, before: AnswerProperties, after: AnswerProperties): Possible[] =>
  [...(before.get('deadlines') ?? [])].flatMap(([deadline, shownBefore]): Possible[] => {
    const shownAfter = after.get('deadlines')?.get(deadline);
    if (!shownAfter) return [];
    return [[{ kind: 'deadline-moved', deadline }, all([shownBefore, shownAfter, moved(pair, deadline)])]];
  });

function moved(pair: RuleSetPair, id: string): Property {
  // An approximate deadline has no date that could be moved.
  const dated = pair.map(({ ruleSet: { deadlines } }) => deadlines.get(id)?.approximate === false);
  const sides = (['from', 'until'] as const).map((side) => {
    const [a, b] = pair.map(({ translation }, i) =>
      dated[i] ? translation.deadlines.moment(id, side) : null,
    );
    return a && b ? isElsewhere(a, b) : a || b ? TRUE : FALSE;
  });
  return {
    term: or(sides),
    truthIn: (evaluations) => {
      const [was, is] = pair.map(({ index }, i) => (dated[i] ? momentsOf(id, evaluations[index]) : ''));
      return was === null || is === null ? 'unknown' : was === is ? 'false' : 'true';
    },
  };
}

/** Comparable; null where a fact that they are counted from is unknown. */
function momentsOf(id: string, evaluation: CaseEvaluation | undefined): string | null {
  const deadline = evaluation?.ruleSet.deadlines.get(id);
  if (!deadline || !evaluation) return '';
  const { values, ruleSet } = evaluation;
  const moments = [deadline.from, deadline.until].map(
    (moment) => moment && resolveMoment(moment, values, ruleSet),
  );
  return moments.includes(UNKNOWN) ? null : JSON.stringify(moments);
}
