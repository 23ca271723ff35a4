/**
 * Which rows have a reference that stands in the file more than once. The file is read over once for the references, of which
 * eight bytes each are kept, and again for the facts of those rows alone, where there are any.
 */
import type { FileHandle } from 'node:fs/promises';
import type { CaseFacts } from '../engine/facts/read-facts.ts';
import type { RuleSet } from '../rulebook/rule-set.ts';
import type { CaseReader, ReadCase } from './case-reader.ts';
import { type Cutting, type Place, readChunks } from './chunks.ts';
import { REFERENCE } from './columns.ts';
import { createReader } from './read-cases.ts';
import { referenceKey } from './reference-key.ts';
import type { Task } from './task.ts';

/** A row that is not simply one more case. */
export interface Repeat {
  /** Whether all rows of the reference say the same; then this is not the first of them. */
  sameFacts: boolean;
  /** Physical line, from 1, of the first other row of that reference. */
  otherLine: number;
}

export interface Repeats {
  /** False where no row has a reference, so that nothing can be compared. */
  hasReferences: boolean;
  /** By line, of the lines from `first` to before `end`. */
  within(first: number, end: number): ReadonlyMap<number, Repeat>;
}

export const NO_REPEATS: ReadonlyMap<number, Repeat> = new Map();

export interface RepeatsInput {
  file: FileHandle;
  start: Place;
  cutting: Cutting;
  ruleSet: RuleSet;
  task: Pick<Task, 'input' | 'asOf'>;
}

/** null where `signal` ended it. */
export async function findRepeats(input: RepeatsInput, signal: AbortSignal): Promise<Repeats | null> {
  const { input: from } = input.task;
  if (from.format === 'csv' && !from.columns.includes(REFERENCE))
    return { hasReferences: false, within: () => NO_REPEATS };
  const references = createReader(input.ruleSet, input.task, true);
  const hashes: number[] = [];
  for await (const { hash } of namedRows(input, references, signal)) hashes.push(hash);
  const repeated = new Set(
    Float64Array.from(hashes)
      .sort()
      .filter((hash, i, all) => hash === all[i - 1]),
  );
  const groups = new Map<number, Group>();
  const groupAt = new Map<number, Group>();
  if (repeated.size > 0) {
    for await (const { hash, row } of namedRows(input, createReader(input.ruleSet, input.task), signal)) {
      if (!repeated.has(hash)) continue;
      const group = withRow(groups.get(hash), row);
      groups.set(hash, group);
      groupAt.set(row.line, group);
    }
  }
  if (signal.aborted) return null;
  return { hasReferences: hashes.length > 0, within: (first, end) => repeatsWithin(groupAt, first, end) };
}

/** The rows that have a reference, as it is compared and with a hash of that. A row holds until the next one. */
export async function* namedRows(
  { file, start, cutting }: RepeatsInput,
  reader: CaseReader,
  signal: AbortSignal,
) {
  for await (const chunk of readChunks(file, start, cutting)) {
    if (signal.aborted) return;
    for (const row of reader.read(chunk)) {
      const key = row && referenceKey(row.reference);
      if (row && key !== null) yield { key, hash: textHash(key), row };
    }
  }
}

/** All rows of one reference. */
interface Group {
  firstLine: number;
  secondLine: number | null;
  /** Of the first row; null where it cannot be read. */
  facts: number | null;
  sameFacts: boolean;
}

function withRow(group: Group | undefined, { line, facts, problems }: ReadCase): Group {
  const given = problems.listed.length > 0 ? null : textHash(factsKey(facts));
  if (!group) return { firstLine: line, secondLine: null, facts: given, sameFacts: given !== null };
  group.secondLine ??= line;
  if (given !== group.facts) group.sameFacts = false;
  return group;
}

function repeatsWithin(groupAt: ReadonlyMap<number, Group>, first: number, end: number) {
  const found = new Map<number, Repeat>();
  for (let line = first; groupAt.size > 0 && line < end; line++) {
    const group = groupAt.get(line);
    if (!group) continue;
    const { firstLine, secondLine, sameFacts } = group;
    if (line !== firstLine) found.set(line, { sameFacts, otherLine: firstLine });
    else if (!sameFacts && secondLine !== null) found.set(line, { sameFacts, otherLine: secondLine });
  }
  return found;
}

/** Equal for cases of equal facts, however they are written. The instant judged is among them. */
const factsKey = ({ slots }: CaseFacts): string =>
  JSON.stringify(
    slots.map((value) => {
      if (typeof value === 'symbol') return { is: value.description };
      return value instanceof Set ? { of: [...value].sort() } : value;
    }),
  );

/** 53 bits of a text, by two multiplicative hashes (cyrb53): for telling a million texts apart without keeping them. */
function textHash(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x9e3779b1);
    b = Math.imul(b ^ code, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (b & 0x1fffff) * 0x1_0000_0000 + (a >>> 0);
}
