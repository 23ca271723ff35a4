/** What everything else is written in. */

/** Where something was written. Line and column count from 1. */
export interface Position {
  file: string;
  line: number;
  column: number;
}

/** Instants in epoch milliseconds: `start` is inside, `end` is the first instant outside. */
export interface Interval {
  start: number;
  end: number;
}

/** Of untyped input: keys with values, neither null nor a list. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface Item {
  id: string;
  label: string;
}

/** The instant judged, readable in conditions like a fact. */
export const AS_OF = 'asOf';
