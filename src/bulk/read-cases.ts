/** The cases of a file one by one, for whoever does not write lists of them. */
import type { FileHandle } from 'node:fs/promises';
import type { RuleSet } from '../rulebook/rule-set.ts';
import { readChunks } from './chunks.ts';
import { createReader } from './create-reader.ts';
import { lastRecordEnd } from './csv-records.ts';
import type { LineProblems } from './line-problem.ts';
import type { OpenInput } from './open-input.ts';
import { RECORD_BYTES, type Task } from './task.ts';

export interface ReadCase {
  /** Physical line, from 1. */
  line: number;
  reference: string | null;
  /** As the API takes them; null where the line cannot be read, and `problems` say why. */
  facts: unknown;
  /** Epoch milliseconds. */
  asOf: number;
  problems: LineProblems;
}

const CHUNK_BYTES = 65_536;

export async function* readCases(
  file: FileHandle,
  from: OpenInput['start'],
  ruleSet: RuleSet,
  task: Pick<Task, 'input' | 'asOf'>,
): AsyncGenerator<ReadCase> {
  const { format } = task.input;
  const recordBytes = RECORD_BYTES[format];
  const reader = createReader(ruleSet, task);
  const cutting = {
    ...{ chunkBytes: CHUNK_BYTES, recordBytes },
    lastRecordEnd: (bytes: Buffer): number =>
      format === 'csv' ? lastRecordEnd(bytes, recordBytes) : bytes.lastIndexOf(0x0a) + 1,
  };
  for await (const chunk of readChunks(file, from, cutting)) {
    reader.begin(chunk);
    while (reader.next()) {
      const { line, reference, problems } = reader;
      const facts: unknown = problems.listed.length > 0 ? null : JSON.parse(reader.factsText());
      yield { line, reference, facts, asOf: Number(reader.facts.slots[0]), problems };
    }
  }
}
