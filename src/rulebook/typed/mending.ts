/** What people type in place of what YAML wants: for a line, the lines that may have been meant. */
import type { LocalizedText } from '../lang.ts';

/** One line of a text as it may have been meant. */
export interface Mending {
  /** Which line is changed, counted from 0, and what it becomes. */
  line: number;
  mended: string;
  /** Where the sign stands: its line and how many characters are before it. */
  at: { line: number; index: number };
  said: LocalizedText;
}

/** All the lines of a text, and the one that is looked at. */
export interface Place {
  lines: readonly string[];
  line: number;
  text: string;
}

export const placeIn = (lines: readonly string[], line: number): Place => ({
  ...{ lines, line, text: lines[line] ?? '' },
});

/** None where nothing would change. */
export function mending(
  { line, text }: Pick<Place, 'line' | 'text'>,
  mended: string,
  index: number,
  said: LocalizedText,
): Mending[] {
  return mended === text ? [] : [{ line, mended, at: { line, index }, said }];
}

/** In double quotes, or in single ones where it has some itself. */
export const inQuotes = (text: string): string =>
  /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;

/** How many of the characters before both are the same. */
export function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index += 1;
  return index;
}
