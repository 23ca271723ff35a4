/** Two versions of a rule set: what was changed, and what changes for whom, each with a smallest case or proved not to. */
import { readSource } from '../../rulebook/read-rule-set.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { longForm } from '../../rulebook/short-form.ts';
import { parseSource } from '../../rulebook/source.ts';
import { type Origin, readVocabulary } from '../../rulebook/vocabulary.ts';
import type { PartialCase } from '../cases/evaluate-case.ts';
import { type NoticeChange, noticeChanges } from '../notice-text/notice-changes.ts';
import type { NoticeText } from '../notice-text/notice-text.ts';
import type { Analysis, AnalysisOptions, AnalyzedRuleSet, RuleSetPair } from '../search/analysis.ts';
import { consistentInBoth, withAnalysis } from '../search/analysis.ts';
import type { SearchResult } from '../search/case-search.ts';
import type { Example } from '../search/example.ts';
import { all, no, type Property } from '../search/properties.ts';
import { absentOtherwise, incomparable, readOtherwise } from '../solver/case-space.ts';
import type { Solver } from '../solver/solver.ts';
import { anyChange, type Change, changes } from './changes.ts';
import { type Edit, type Effect, editsBetween } from './edits.ts';
import { type Tried, tryCases } from './tried.ts';

export type Difference = Change & {
  /** `refuted`: the two differ, see `example` (the answer before, then after). `undecided`: neither proved nor shown. */
  verdict: 'refuted' | 'undecided';
  example: Example | null;
  /** Of what is undecided: the time was up. Otherwise only a text that could not be made up would have done. */
  isTimeUp: boolean;
};

export interface Diff {
  /** Empty, and `isProved`: no case is answered differently. */
  differences: Difference[];
  /** Every kind of change that is not in `differences` is proved to happen to nobody. */
  isProved: boolean;
  /** Facts that the two take for different kinds of value. No case fits both, and nothing was asked. */
  incomparable: string[];
  /** Facts whose absence means something else after than before. Cases that leave them out were not compared. */
  absentOtherwise: string[];
  /** Facts whose texts may be read as another value than before. Of such texts nothing was compared. */
  readOtherwise: string[];
  edits: Edit[];
  /** Whole answers to cases, those with unknown facts among them; null where nothing was tried. */
  tried: Tried | null;
}

/**
 * Proved is what `changes` asks, of cases in which every fact is known and which both rule sets can read. All else that an
 * answer says is compared as text (`edits`) and in the cases that are tried.
 */
export async function diff(
  before: RuleSet,
  after: RuleSet,
  solver: Solver,
  options: AnalysisOptions = {},
): Promise<Diff> {
  const both = [before, after];
  const edits = editsBetween(before, after);
  const unlike = {
    incomparable: incomparable(both),
    absentOtherwise: absentOtherwise(both),
    readOtherwise: readOtherwise(both),
  };
  if (unlike.incomparable.length > 0)
    return { edits, differences: [], isProved: false, tried: null, ...unlike };
  return withAnalysis(solver, both, options, async (analysis) => {
    const { differences, shown } = await differencesIn(analysis);
    const isDecided = differences.every(({ verdict }) => verdict === 'refuted');
    return {
      differences,
      isProved: isDecided && unlike.absentOtherwise.length + unlike.readOtherwise.length === 0,
      ...unlike,
      edits: await withEffects(analysis, edits),
      tried: await tryCases(analysis, unlike.absentOtherwise, shown),
    };
  });
}

/** `shown`: the cases that were found first, not yet made small. */
async function differencesIn(
  analysis: Analysis,
): Promise<{ differences: Difference[]; shown: PartialCase[] }> {
  const possible = changes(analysis.pair());
  const answerTo = await analysis.search(possible.map(([, property]) => property));
  const differences: Difference[] = [];
  const shown: PartialCase[] = [];
  for (const [change, property] of possible) {
    const answer = answerTo(property);
    if (answer.kind === 'none') continue;
    const example = answer.kind === 'shown' ? await analysis.anyExample(property) : null;
    const isTimeUp = answer.kind === 'undecided' ? answer.isTimeUp : example === null;
    if (answer.kind === 'shown') shown.push(answer.values);
    differences.push({ ...change, verdict: example === null ? 'undecided' : 'refuted', example, isTimeUp });
  }
  return { differences, shown };
}

/** Is any case answered otherwise by the one than by the other? `same` is proved; `shown` by the example, if one was found in time. */
export async function distinguish(
  a: RuleSet,
  b: RuleSet,
  solver: Solver,
  options: AnalysisOptions = {},
): Promise<{ kind: 'same' | 'undecided' } | { kind: 'shown'; example: Example | null }> {
  if ([incomparable, absentOtherwise, readOtherwise].some((unlike) => unlike([a, b]).length > 0))
    return { kind: 'undecided' };
  return withAnalysis(solver, [a, b], options, async (analysis) => {
    const found = await analysis.searchAny(anyChange(analysis.pair()));
    if (found.kind === 'shown') return { kind: 'shown', example: await analysis.example(found.property) };
    return { kind: found.kind === 'none' ? 'same' : 'undecided' };
  });
}

/** Do changed conditions hold of more cases, of fewer, or of the same? Judged are cases that neither file calls contradictory. */
async function withEffects(analysis: Analysis, edits: readonly Edit[]): Promise<Edit[]> {
  const pair = analysis.pair();
  const asked = new Map(edits.map((edit) => [edit, edit.field === 'when' ? questionsOf(pair, edit) : []]));
  const answerTo = await analysis.search([...asked.values()].flat());
  return [...asked].map(([edit, questions]): Edit => {
    const [lost, gained] = questions.map((property) => answerTo(property).kind);
    return lost && gained ? { ...edit, effect: effectOf(lost, gained) } : edit;
  });
}

/** Is there a case that the condition no longer holds of, and one that it newly holds of? */
function questionsOf(pair: RuleSetPair, edit: Edit): Property[] {
  const [was, is] = pair.map((side) => conditionOf(side, edit));
  if (!was || !is) return [];
  return [all([was, no(is)]), all([no(was), is])].map((property) => consistentInBoth(pair, property));
}

function conditionOf({ ruleSet, properties }: AnalyzedRuleSet, { part, id }: Edit): Property | null {
  if (part === 'conditions') return ruleSet.conditions.has(id) ? properties.named(id) : null;
  const rule = ruleSet.rules.find((one) => one.section === part && one.id === id);
  return rule ? properties.holds(rule) : null;
}

type Found = SearchResult['kind'];

function effectOf(lost: Found, gained: Found): Effect {
  if (lost === 'undecided' || gained === 'undecided') return 'undecided';
  if (lost === 'shown') return gained === 'shown' ? 'shifted' : 'tightened';
  return gained === 'shown' ? 'loosened' : 'same';
}

/** One version of a rule file; without a rule set where it does not read well, and `problems` say why. */
export type Side = ReturnType<typeof sideOf>;

export interface Pair {
  file: string;
  /** null where there is no such file yet, or no longer. */
  before: Side | null;
  after: Side | null;
  /** The texts that the two follow, where both are there. */
  notices?: { before: NoticeText; after: NoticeText };
}

/** `diff` is null where one side is not there, or does not read well. */
export interface PairDiff extends Pair {
  diff: Diff | null;
  /** Sentence by sentence; empty where there are no two texts to compare. */
  noticeChanges: NoticeChange[];
}

export interface Texts {
  file: string;
  rules: string;
  vocabulary: string;
  origin: Origin;
}

export function sideOf({ file, rules, vocabulary: words, origin }: Texts) {
  const { vocabulary, problems } = readVocabulary('vocabulary.yaml', words, origin);
  const source = parseSource(file, rules);
  if (vocabulary === null) return { file, ruleSet: null, problems, at: source.at };
  const read = readSource(source, vocabulary, origin);
  // Paths of edits are those of what was read, which is not always where it was written.
  const { at } = read.ruleSet ? longForm(source, read.ruleSet.vocabulary) : source;
  return { file, at, ...read };
}

/** `limitMs` is how long a question about all cases may take. The solver is asked for only where there is a question. */
export async function diffPair(
  pair: Pair,
  solver: () => Promise<Solver>,
  limitMs: number,
): Promise<PairDiff> {
  const [before, after] = [pair.before?.ruleSet, pair.after?.ruleSet];
  const { notices } = pair;
  return {
    ...pair,
    diff: before && after ? await diff(before, after, await solver(), { limitMs }) : null,
    noticeChanges:
      before && after && notices
        ? noticeChanges(
            { ruleSet: before, notice: notices.before },
            { ruleSet: after, notice: notices.after },
          )
        : [],
  };
}

export const kindOf = ({ before, after }: Pair): 'added' | 'removed' | 'changed' =>
  before === null ? 'added' : after === null ? 'removed' : 'changed';

/** For machines: examples with both answers; `kind` as in the other formats. */
export const diffJson = (pair: PairDiff) => ({
  file: pair.file,
  kind: kindOf(pair),
  problems: [...(pair.before?.problems ?? []), ...(pair.after?.problems ?? [])],
  ...pair.diff,
  noticeChanges: pair.noticeChanges,
});
