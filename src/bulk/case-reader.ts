import type { CaseFacts } from '../engine/facts/read-facts.ts';
import { BoundedList } from '../rulebook/bounded-list.ts';
import type { Chunk } from './chunks.ts';
import type { LineProblem, LineProblems } from './line-problem.ts';

/** Reads the cases of a chunk one by one. What stands in the fields is of the case read last. */
export interface CaseReader {
  begin(chunk: Chunk): void;
  /** Whether there was another case, good or bad. Lines with nothing on them are none. */
  next(): boolean;
  /** Lines with nothing on them, in this chunk so far. */
  readonly blank: number;
  /** Physical line, from 1, on which the case begins. */
  readonly line: number;
  readonly reference: string | null;
  /** Why the case cannot be decided; then `facts` means nothing. */
  readonly problems: LineProblems;
  /** Overwritten by the next case. */
  readonly facts: CaseFacts;
  /** The same for longer than that. */
  keptFacts(): CaseFacts;
  /** The facts as the API takes them, as JSON. */
  factsText(): string;
}

export const GOOD: LineProblems = new BoundedList<LineProblem>();
