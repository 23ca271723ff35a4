/**
 * What a vocabulary's `pattern` matches: as a JavaScript expression with the flag u, anywhere in the text, in a time that grows
 * with the length of the text and no faster. The engine is re2js, which knows no backtracking.
 */
import { RE2JS } from 're2js';
import { toRe2 } from './re2-syntax.ts';

export interface TextPattern {
  test(text: string): boolean;
}

/** Why a pattern cannot be used in a file. */
export type PatternFault =
  /** No regular expression of JavaScript with the flag u. */
  | 'not-valid'
  /** It looks around or back, which takes backtracking. */
  | 'not-linear'
  /** The engine does not know a part of it, or it is too large. */
  | 'not-supported';

/** Steps that each character of a text may take: instructions of the compiled expression. */
export const MOST_INSTRUCTIONS = 500;
export const LONGEST_PATTERN = 1000;

/** null where nothing is wrong. */
export function patternFault(source: string): PatternFault | null {
  if (!isExpression(source)) return 'not-valid';
  const { isExact } = toRe2(source);
  if (!isExact) return 'not-linear';
  return compile(source) === null ? 'not-supported' : null;
}

const EVERY_TEXT: TextPattern = { test: () => true };

/**
 * For patterns that were refused, which stand in stored versions alone: what looks around is left out and what looks back stands for
 * any text, so that every text that fitted still fits; where that cannot be run either, every text fits.
 */
export const textPattern = (source: string): TextPattern => compile(source) ?? EVERY_TEXT;

function compile(source: string): TextPattern | null {
  if (source.length > LONGEST_PATTERN || !isExpression(source)) return null;
  try {
    const compiled = RE2JS.compile(toRe2(source).expression);
    return compiled.programSize() > MOST_INSTRUCTIONS ? null : compiled;
  } catch {
    return null;
  }
}

function isExpression(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}
