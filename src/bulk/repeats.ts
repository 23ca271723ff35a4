/**
 * Which rows have a reference that stands in the file more than once. The file is read over once for the references, of which
 * eight bytes each are kept, and again for the facts of those rows alone, where there are any.
 */
import type { FileHandle } from 'node:fs/promises';
import type { CaseFacts } from '../engine/facts/read-facts.ts';
import type { RuleSet } from '../rulebook/rule-set.ts';
import type { CaseReader } from './case-reader.ts';
import { type Cutting, type Place, readChunks } from './chunks.ts';
import { createReader } from './create-reader.ts';
import { textHash } from './hash.ts';
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
  if (from.format === 'csv' && !from.columns.some(({ kind }) => kind === 'reference'))
    return { hasReferences: false, within: () => NO_REPEATS };
  const hashes = new Hashes();
  const references = createReader(input.ruleSet, input.task, { referencesOnly: true });
  for await (const reader of rowsOf(input, references, signal)) {
    const key = keyOf(reader.reference);
    if (key !== null) hashes.add(textHash(key));
  }
  const hasReferences = hashes.size > 0;
  const repeated = hashes.repeated();
  const rows = new RepeatedRows();
  if (repeated.size > 0) {
    for await (const reader of rowsOf(input, createReader(input.ruleSet, input.task), signal)) {
      const key = keyOf(reader.reference);
      const hash = key === null ? null : textHash(key);
      if (hash !== null && repeated.has(hash)) rows.add(hash, reader);
    }
  }
  return signal.aborted ? null : { hasReferences, within: (first, end) => rows.within(first, end) };
}

async function* rowsOf({ file, start, cutting }: RepeatsInput, reader: CaseReader, signal: AbortSignal) {
  for await (const chunk of readChunks(file, start, cutting)) {
    if (signal.aborted) return;
    reader.begin(chunk);
    while (reader.next()) yield reader;
  }
}

/** Full width or half, with spaces around it or not: the same reference. null: none. */
function keyOf(reference: string | null): string | null {
  const key = reference === null ? '' : reference.normalize('NFKC').trim();
  return key === '' ? null : key;
}

/** Numbers by the million, in eight bytes each. */
class Hashes {
  size = 0;
  private numbers = new Float64Array(4096);

  add(hash: number): void {
    if (this.size === this.numbers.length) {
      const more = new Float64Array(this.size * 2);
      more.set(this.numbers);
      this.numbers = more;
    }
    this.numbers[this.size] = hash;
    this.size += 1;
  }

  /** Those that were added more than once. Nothing can be added after it. */
  repeated(): ReadonlySet<number> {
    const sorted = this.numbers.subarray(0, this.size).sort();
    const repeated = new Set<number>();
    for (let i = 1; i < sorted.length; i++) {
      const hash = sorted[i];
      if (hash !== undefined && hash === sorted[i - 1]) repeated.add(hash);
    }
    return repeated;
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

class RepeatedRows {
  private readonly groups = new Map<number, Group>();
  /** In the order of the file. */
  private readonly lines: number[] = [];
  private readonly groupOf: Group[] = [];

  add(hash: number, { line, facts, problems }: CaseReader): void {
    const given = problems.listed.length > 0 ? null : textHash(factsKey(facts));
    let group = this.groups.get(hash);
    if (!group) {
      group = { firstLine: line, secondLine: null, facts: given, sameFacts: given !== null };
      this.groups.set(hash, group);
    } else {
      group.secondLine ??= line;
      if (given !== group.facts) group.sameFacts = false;
    }
    this.lines.push(line);
    this.groupOf.push(group);
  }

  within(first: number, end: number): ReadonlyMap<number, Repeat> {
    const found = new Map<number, Repeat>();
    for (let i = this.firstFrom(first); i < this.lines.length; i++) {
      const line = this.lines[i];
      const group = this.groupOf[i];
      if (line === undefined || group === undefined || line >= end) break;
      const { firstLine, secondLine, sameFacts } = group;
      if (line !== firstLine) found.set(line, { sameFacts, otherLine: firstLine });
      else if (!sameFacts && secondLine !== null) found.set(line, { sameFacts, otherLine: secondLine });
    }
    return found;
  }

  /** Index of the first row on or behind `line`. */
  private firstFrom(line: number): number {
    let [low, high] = [0, this.lines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.lines[middle] ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Equal for cases of equal facts, however they are written. The instant judged is among them. */
const factsKey = ({ slots }: CaseFacts): string =>
  JSON.stringify(
    slots.map((value) => {
      if (typeof value === 'symbol') return { is: value.description };
      return value instanceof Set ? { of: [...value].sort() } : value;
    }),
  );
