import { distance } from 'fastest-levenshtein';
import type { Position } from './basics.ts';
import { MOST_LISTED, shortened } from './bounded-list.ts';
import type { LocalizedText } from './lang.ts';

/** Everything that can be wrong with a rule file. Tests and callers rely on the code, people read the message. */
export const PROBLEM_CODES = [
  'yaml-syntax',
  'duplicate-key',
  'forbidden-yaml',
  'unknown-key',
  'missing-key',
  'wrong-shape',
  'typographic-quotes',
  'bad-date',
  'bad-time-zone',
  'file-name-mismatch',
  'placeholder',
  'duplicate-id',
  'empty-condition',
  'ambiguous-condition',
  'unknown-fact',
  'unknown-operator',
  'operator-type',
  'value-type',
  'outside-pattern',
  'unsafe-pattern',
  'unknown-condition',
  'circular-condition',
  'unknown-deadline',
  'circular-deadline',
  'deadline-order',
  'cannot-move',
  'unknown-clause',
  'unknown-value',
  'unknown-number',
  'circular-number',
  'unit-mismatch',
  'unknown-list',
  'unknown-table',
  'unknown-brand',
  'unknown-rule',
  'unknown-category',
  'unknown-word',
  'unknown-word-file',
  'later-section',
  'no-default',
  'unreachable',
  'unused',
  'unknown-rule-set',
  'cannot-read',
  'duplicate-rule-set',
  'misnamed-file',
  'no-expectation',
  'repeated-case',
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
  /** The line as it should be, where that is known. */
  correctedLine?: string;
}

export const problemOf = (
  code: ProblemCode,
  position: Position,
  { ja, en }: LocalizedText,
  suggestion: string | null = null,
  correctedLine: string | null = null,
): Problem => ({
  ...{ code, position },
  message: shortened(ja, LONGEST_MESSAGE),
  messageEn: shortened(en, LONGEST_MESSAGE),
  suggestion,
  ...(correctedLine !== null && { correctedLine }),
});

/** A name of the file that a message quotes may be of any length. */
const LONGEST_MESSAGE = 1000;

const WARNINGS: ReadonlySet<ProblemCode> = new Set(['unused', 'misnamed-file', 'typographic-quotes']);

/** A warning is shown, and does not keep the rule set from being used. */
export const isError = ({ code }: Pick<Problem, 'code'>): boolean => !WARNINGS.has(code);

/** Longer than any name: looking for the nearest would take long, and find none. */
const LONGEST_NAME = 100;

/** The nearest candidate by edit distance, if near enough to be a slip of the pen; else `group.part` for a mere `part`. */
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
  return best ?? candidates.find((candidate) => candidate.toLowerCase().endsWith(`.${lower}`)) ?? null;
}

export function byPosition(a: Problem, b: Problem): number {
  return (
    a.position.file.localeCompare(b.position.file) ||
    a.position.line - b.position.line ||
    a.position.column - b.position.column ||
    a.code.localeCompare(b.code)
  );
}

/** Each once: what is wrong in a part that several others rest on is found with each of them. */
export function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const told = new Map(
    problems.map((problem) => {
      const { code, position, message } = problem;
      return [JSON.stringify([code, position.file, position.line, position.column, message]), problem];
    }),
  );
  return [...told.values()];
}

/** What is said of a place in a file. */
export interface ProblemText extends LocalizedText {
  /** Looked for only where the problem is listed. */
  suggestion?: () => string | null;
  /** The whole line as it should be, likewise. */
  corrected?: (position: Position) => string | null;
  /** The problem is where the key stands, not its value. */
  ofKey?: boolean;
}

/**
 * What is wrong with one file. Of errors and of warnings the first 50 are made; one more of each kind stands for all the others,
 * at the place of the first of them, and says how many they are.
 */
export class ProblemList<Place> {
  private readonly listed: Problem[] = [];
  private readonly errors: Count = { code: 'more-problems', all: 0, first: null };
  private readonly warnings: Count = { code: 'unused', all: 0, first: null };
  private readonly positionOf: (place: Place, ofKey?: boolean) => Position;

  constructor(positionOf: (place: Place, ofKey?: boolean) => Position) {
    this.positionOf = positionOf;
  }

  /** null, which is all that can be read at a wrong place. */
  add(code: ProblemCode, place: Place, text: ProblemText): null {
    return this.addAt(code, () => this.positionOf(place, text.ofKey), text);
  }

  /** The position is looked for only where the problem is listed. */
  addAt(code: ProblemCode, position: () => Position, text: ProblemText): null {
    const make = () => {
      const at = position();
      return problemOf(code, at, text, text.suggestion?.(), text.corrected?.(at));
    };
    const count = isError({ code }) ? this.errors : this.warnings;
    count.all += 1;
    if (count.all <= MOST_LISTED) this.listed.push(make());
    else count.first ??= make();
    return null;
  }

  get hasErrors(): boolean {
    return this.errors.all > 0;
  }

  get isEmpty(): boolean {
    return this.errors.all + this.warnings.all === 0;
  }

  all(): Problem[] {
    return [...this.listed, ...others(this.errors), ...others(this.warnings)];
  }
}

interface Count {
  /** Of the problem that stands for those that are not listed. */
  code: ProblemCode;
  all: number;
  /** Of those that are not listed. */
  first: Problem | null;
}

const others = ({ code, all, first }: Count): Problem[] =>
  first === null
    ? []
    : [
        problemOf(code, first.position, {
          ja: `ここを含めて、ほかに ${all - MOST_LISTED} 件あります。先に示したものから直してください。`,
          en: `Here and elsewhere there are ${all - MOST_LISTED} more. Mend those that are shown first.`,
        }),
      ];
