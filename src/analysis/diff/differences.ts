/** What changes for whom between two rule sets: each change with a smallest case, or the proof that there is none. */
import { type AspectName, COMPARED, comparedAspect } from '../../engine/answer/fields.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import {
  type Analysis,
  type AnalysisOptions,
  consistentInBoth,
  type RuleSetPair,
  withAnalysis,
} from '../search/analysis.ts';
import type { Example } from '../search/example.ts';
import { ALWAYS, all, any, exactlyOne, NEVER, no, type Property } from '../search/properties.ts';
import { absentOtherwise, incomparable } from '../solver/case-space.ts';
import type { Solver } from '../solver/solver.ts';
import { amountChanges, amountRemarks } from './amount-changes.ts';
import { type AnswerProperties, answerPropertiesOf, isWord } from './answer-properties.ts';
import type { Change } from './change.ts';
import { movedDeadlines } from './deadline-changes.ts';

const LEVELS: readonly (readonly AspectName[])[] = [1, 2, 3].map((level) =>
  [...COMPARED]
    .filter(([, field]) => field.level[0] === level)
    .sort(([, a], [, b]) => a.level[1] - b.level[1])
    .map(([name]) => name),
);

export type Difference = Change & {
  /** `refuted`: the two differ, see `example` (the answer before, then after). `undecided`: the time was up. */
  verdict: 'refuted' | 'undecided';
  example: Example | null;
};

export interface Comparison {
  /** Empty, and `isProved`: no case is answered differently. */
  differences: Difference[];
  /** Every kind of change that is not in `differences` is proved to happen to nobody. */
  isProved: boolean;
  /** Facts that the two take for different kinds of value. No case fits both, and nothing was asked. */
  incomparable: string[];
  /** Facts whose absence means something else after than before. Cases that leave them out were not compared. */
  absentOtherwise: string[];
}

/**
 * Of cases in which every fact is known; by supervaluation what is settled of the others is then the same too. Cases are
 * those that both rule sets can read. The wording of labels, clauses and contacts is not compared.
 */
export async function differences(
  before: RuleSet,
  after: RuleSet,
  solver: Solver,
  options: AnalysisOptions = {},
): Promise<Comparison> {
  const unlike = unlikeFacts(before, after);
  if (unlike.incomparable.length > 0) return { differences: [], isProved: false, ...unlike };
  return withAnalysis(solver, [before, after], options, (analysis) => differencesIn(analysis, unlike));
}

type Unlike = Pick<Comparison, 'incomparable' | 'absentOtherwise'>;

/** Facts that stand in the way of comparing the two. */
export const unlikeFacts = (before: RuleSet, after: RuleSet): Unlike => ({
  incomparable: incomparable([before, after]),
  absentOtherwise: absentOtherwise([before, after]),
});

/** `differences` in an analysis that is open. */
export async function differencesIn(analysis: Analysis, unlike: Unlike): Promise<Comparison> {
  const found = await compare(analysis);
  const isDecided = found.every(({ verdict }) => verdict === 'refuted');
  return { differences: found, isProved: isDecided && unlike.absentOtherwise.length === 0, ...unlike };
}

/** `same`: proved of every case. `shown`: by the example, where one was found in time. */
export type Distinction =
  | { kind: 'same' }
  | { kind: 'shown'; example: Example | null }
  | { kind: 'undecided' };

/** Is any case answered otherwise by the one than by the other? */
export async function distinguish(
  a: RuleSet,
  b: RuleSet,
  solver: Solver,
  options: AnalysisOptions = {},
): Promise<Distinction> {
  if (incomparable([a, b]).length > 0 || absentOtherwise([a, b]).length > 0) return { kind: 'undecided' };
  return withAnalysis(solver, [a, b], options, async (analysis) => {
    const found = await analysis.searchAny(anyChange(analysis.pair()));
    if (found.kind === 'shown') return { kind: 'shown', example: await analysis.example(found.property) };
    return { kind: found.kind === 'none' ? 'same' : 'undecided' };
  });
}

/** Every case is answered the same by both. False also where the time was up. */
export const provablySame = async (...given: Parameters<typeof distinguish>): Promise<boolean> =>
  (await distinguish(...given)).kind === 'same';

async function compare(analysis: Analysis): Promise<Difference[]> {
  const possible = changes(analysis.pair());
  const answers = await analysis.search(possible.map(([, property]) => property));
  const found: Difference[] = [];
  for (const [change, property] of possible) {
    const answer = answers.get(property);
    if (answer?.kind === 'none') continue;
    const example = answer?.kind === 'shown' ? await analysis.anyExample(property) : null;
    found.push({ ...change, verdict: example === null ? 'undecided' : 'refuted', example });
  }
  return found;
}

/** As `changes`, without asking which of them only follow from others. */
function anyChange(pair: RuleSetPair): Property[] {
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

/** Every change that could be, with the property that some case shows it. */
export function changes(pair: RuleSetPair): [Change, Property][] {
  const [before, after] = pair;
  const [was, is] = [answerPropertiesOf(before), answerPropertiesOf(after)];
  const covered = (parts: AnswerProperties): Property => any([...(parts.get('categories')?.values() ?? [])]);
  const found: [Change, Property][] = [
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
    found.push(
      ...possible.map(([change, property]): [Change, Property] => [change, all([isOtherwiseSame, property])]),
    );
    above = any([above, ...possible.map(([, property]) => property)]);
  }
  const wasContradictory = before.properties.contradictory();
  const isContradictory = after.properties.contradictory();
  return [
    [{ kind: 'newly-contradictory' }, all([no(wasContradictory), isContradictory])],
    [{ kind: 'no-longer-contradictory' }, all([wasContradictory, no(isContradictory)])],
    ...found.map(([change, property]): [Change, Property] => [change, consistentInBoth(pair, property)]),
  ];
}

function fieldChanges(field: AspectName, was: AnswerProperties, is: AnswerProperties): [Change, Property][] {
  const [said, saidAfter] = [was.get(field) ?? new Map(), is.get(field) ?? new Map()];
  return isWord(comparedAspect(field))
    ? wordChanges(field, said, saidAfter)
    : partChanges(field, said, saidAfter);
}

type PropertiesByKey = ReadonlyMap<string, Property>;

function partChanges(field: AspectName, was: PropertiesByKey, is: PropertiesByKey): [Change, Property][] {
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((what): [Change, Property][] => {
    const [before, after] = [was.get(what) ?? NEVER, is.get(what) ?? NEVER];
    return [
      [{ kind: 'added', field, what }, all([no(before), after])],
      [{ kind: 'removed', field, what }, all([before, no(after)])],
    ];
  });
}

function wordChanges(field: AspectName, was: PropertiesByKey, is: PropertiesByKey): [Change, Property][] {
  const isSame =
    was.size === is.size && [...was].every(([word, property]) => is.get(word)?.term === property.term);
  if (isSame) return [];
  // A rule set without such states concludes no word.
  const words = (said: PropertiesByKey): [string | null, Property][] =>
    said.size > 0 ? [...said] : [[null, ALWAYS]];
  return words(was).flatMap(([from, before]) =>
    words(is)
      .filter(([to]) => to !== from)
      .map(([to, after]): [Change, Property] => [{ kind: 'changed', field, from, to }, all([before, after])]),
  );
}
