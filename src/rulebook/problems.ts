import { distance } from 'fastest-levenshtein';
import type { Position } from './basics.ts';
import { shortened } from './bounded-list.ts';
import type { LocalizedText } from './lang.ts';

/** Everything that can be wrong with a rule file. Tests and callers rely on the code, people read the message. */
export const PROBLEM_CODES = [
  'yaml-syntax',
  'duplicate-key',
  'forbidden-yaml',
  'unknown-key',
  'missing-key',
  'wrong-shape',
  'bad-date',
  'bad-time-zone',
  'file-name-mismatch',
  'duplicate-id',
  'empty-condition',
  'ambiguous-condition',
  'unknown-fact',
  'unknown-operator',
  'operator-type',
  'value-type',
  'unsafe-pattern',
  'unknown-condition',
  'circular-condition',
  'unknown-deadline',
  'circular-deadline',
  'deadline-order',
  'unknown-clause',
  'unknown-value',
  'unknown-list',
  'unknown-brand',
  'unknown-rule',
  'unknown-category',
  'unknown-word',
  'later-section',
  'no-default',
  'unreachable',
  'unused',
  'unknown-rule-set',
  'cannot-read',
  'duplicate-rule-set',
  'misnamed-file',
  'more-problems',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export interface Problem {
  code: ProblemCode;
  position: Position;
  /** Japanese, in policy words. */
  message: string;
  /** The same in English; names and values of the file are quoted as written. */
  messageEn: string;
  /** もしかして: the nearest right name, where there is one. */
  suggestion: string | null;
}

export const problemOf = (
  code: ProblemCode,
  position: Position,
  { ja, en }: LocalizedText,
  suggestion: string | null = null,
): Problem => ({
  ...{ code, position },
  message: shortened(ja, LONGEST_MESSAGE),
  messageEn: shortened(en, LONGEST_MESSAGE),
  suggestion,
});

/** A name of the file that a message quotes may be of any length. */
const LONGEST_MESSAGE = 1000;

const WARNINGS: ReadonlySet<ProblemCode> = new Set(['unused', 'misnamed-file']);

/** A warning is shown, and does not keep the rule set from being used. */
export const isError = ({ code }: Pick<Problem, 'code'>): boolean => !WARNINGS.has(code);

/** Longer than any name: looking for the nearest would take long, and find none. */
const LONGEST_NAME = 100;

/** The nearest candidate by edit distance, if near enough to be a slip of the pen. */
export function nearest(name: string, names: Iterable<string>): string | null {
  if (name.length > LONGEST_NAME) return null;
  const candidates = [...names];
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  const lower = name.toLowerCase();
  for (const candidate of candidates) {
    const d = distance(lower, candidate.toLowerCase());
    if (d < bestDistance) [best, bestDistance] = [candidate, d];
  }
  return best ?? lastPartMatch(lower, candidates);
}

/** `part` for `group.part`: the group was forgotten. */
function lastPartMatch(lower: string, candidates: readonly string[]): string | null {
  for (const candidate of candidates) {
    if (candidate.toLowerCase().endsWith(`.${lower}`)) return candidate;
  }
  return null;
}

export function byPosition(a: Problem, b: Problem): number {
  return (
    a.position.file.localeCompare(b.position.file) ||
    a.position.line - b.position.line ||
    a.position.column - b.position.column ||
    a.code.localeCompare(b.code)
  );
}
