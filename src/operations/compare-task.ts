/** What runs in the thread of the comparer. Rule sets cannot cross threads, so they are read here and told of as text. */

import { diffJson, diffPair, type Side, sideOf } from '../analysis/diff/diff.ts';
import { diffMarkdown } from '../analysis/diff/report.ts';
import { type Solver, startSolver } from '../analysis/solver/solver.ts';
import type { RuleSetVersion } from '../decisions/store.ts';
import type { NoRules } from './versions.ts';

type Texts = Pick<RuleSetVersion, 'version' | 'ruleText' | 'vocabularyText'>;

export interface CompareTask {
  /** What both are called. */
  file: string;
  before: Texts;
  after: Texts;
  limitMs: number;
}

export type Compared =
  | { kind: 'compared'; isProved: boolean; json: string; markdown: string }
  | Extract<NoRules, { kind: 'unreadable-version' }>;

/** It ends with the thread. */
let solver: Promise<Solver> | undefined;

export default async function compareTask({ file, before, after, limitMs }: CompareTask): Promise<Compared> {
  const pair = { file, before: side(file, before), after: side(file, after) };
  for (const [{ version }, { ruleSet, problems }] of [
    [before, pair.before],
    [after, pair.after],
  ] as const)
    if (!ruleSet) return { kind: 'unreadable-version', version, problems };
  const compared = await diffPair(pair, () => (solver ??= startSolver()), limitMs);
  return {
    kind: 'compared',
    isProved: compared.diff?.isProved ?? false,
    json: JSON.stringify({ from: before.version, to: after.version, ...diffJson(compared) }),
    markdown: `${diffMarkdown('ja', [compared])}\n`,
  };
}

/** Places name the version, as they name the revision where git has the text. */
const side = (file: string, { version, ruleText: rules, vocabularyText: vocabulary }: Texts): Side =>
  sideOf({ file: `${version.slice(0, 12)}:${file}`, rules, vocabulary, origin: 'past' });
