import { type CaseFacts, UNSTORABLE } from '../engine/facts/read-facts.ts';
import type { Chunk } from './chunks.ts';
import type { LineProblem, LineProblems } from './line-problem.ts';

/** What a line of the input says, good or bad. It holds until the next one is read. */
export interface ReadCase {
  /** Physical line, from 1, on which the case begins. */
  line: number;
  reference: string | null;
  /** Why the case cannot be decided; then `facts` means nothing. */
  problems: LineProblems;
  facts: CaseFacts;
  /** The facts as the API takes them, as JSON. */
  factsText(): string;
}

export interface ReadOptions {
  /** For cases that name no instant; epoch milliseconds. */
  asOf: number;
  recordBytes: number;
  /** Whether everything but the reference is passed over. */
  referencesOnly?: boolean;
}

export interface CaseReader {
  /** The cases of a chunk one by one; null for a line with nothing on it. */
  read(chunk: Chunk): Iterable<ReadCase | null>;
}

export const GOOD: LineProblems = { listed: [], more: 0 };
export const only = (problem: LineProblem): LineProblems => ({ listed: [problem], more: 0 });

/** In UTF-16 code units. */
const REFERENCE_LIMIT = 200;
export const isReference = (text: string): boolean =>
  text.length <= REFERENCE_LIMIT && !UNSTORABLE.test(text);
