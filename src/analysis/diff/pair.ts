/** Two versions of a rule file as they are written, and their differences. */
import type { Position } from '../../rulebook/basics.ts';
import type { Problem } from '../../rulebook/problems.ts';
import { readRuleSet } from '../../rulebook/read-rule-set.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { type Path, parseSource } from '../../rulebook/source.ts';
import { type Origin, readVocabulary } from '../../rulebook/vocabulary.ts';
import type { Solver } from '../solver/solver.ts';
import { type Diff, diff } from './diff.ts';

/** One version of a rule file. */
export interface Side {
  file: string;
  /** null where it does not read well, and `problems` say why. */
  ruleSet: RuleSet | null;
  problems: Problem[];
  /** Where something is written in it. */
  at(path: Path): Position;
}

export interface Pair {
  file: string;
  /** null where there is no such file yet, or no longer. */
  before: Side | null;
  after: Side | null;
}

/** `diff` is null where one side is not there, or does not read well. */
export interface PairDiff extends Pair {
  diff: Diff | null;
}

export interface Texts {
  file: string;
  rules: string;
  vocabulary: string;
  origin: Origin;
}

export function sideOf({ file, rules, vocabulary: words, origin }: Texts): Side {
  const { vocabulary, problems } = readVocabulary('vocabulary.yaml', words, origin);
  const { at } = parseSource(file, rules);
  if (vocabulary === null) return { file, ruleSet: null, problems, at };
  return { file, at, ...readRuleSet(file, rules, vocabulary, origin) };
}

/** `limitMs` is how long a question about all cases may take. The solver is asked for only where there is a question. */
export async function diffPair(
  pair: Pair,
  solver: () => Promise<Solver>,
  limitMs: number,
): Promise<PairDiff> {
  const [before, after] = [pair.before?.ruleSet, pair.after?.ruleSet];
  return { ...pair, diff: before && after ? await diff(before, after, await solver(), { limitMs }) : null };
}

export const kindOf = ({ before, after }: Pair): 'added' | 'removed' | 'changed' =>
  before === null ? 'added' : after === null ? 'removed' : 'changed';

/** For machines: examples with both answers; `kind` as in the other formats. */
export const diffJson = (pair: PairDiff) => ({
  file: pair.file,
  kind: kindOf(pair),
  problems: [...(pair.before?.problems ?? []), ...(pair.after?.problems ?? [])],
  ...pair.diff,
});
