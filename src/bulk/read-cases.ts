import type { FileHandle } from 'node:fs/promises';
import type { RuleSet } from '../rulebook/rule-set.ts';
import type { CaseReader, ReadCase } from './case-reader.ts';
import { cuttingOf, type Place, readChunks } from './chunks.ts';
import { csvCases } from './csv-cases.ts';
import { ndjsonCases } from './ndjson-cases.ts';
import { RECORD_BYTES, type Task } from './task.ts';

/** `referencesOnly`: whatever else a case says is passed over. */
export function createReader(
  { vocabulary, timeZone }: RuleSet,
  { input, asOf }: Pick<Task, 'input' | 'asOf'>,
  referencesOnly = false,
): CaseReader {
  const options = { asOf, recordBytes: RECORD_BYTES[input.format], referencesOnly };
  if (input.format === 'ndjson') return ndjsonCases(vocabulary, options);
  const { columns, encoding, localTimes } = input;
  return csvCases(vocabulary, { ...options, columns, encoding, timeZone: localTimes ? timeZone : null });
}

const CHUNK_BYTES = 65_536;

/** The cases of a file one by one, for whoever does not write lists of them. `facts` are null where there are problems. */
export async function* readCases(
  file: FileHandle,
  from: Place,
  ruleSet: RuleSet,
  task: Pick<Task, 'input' | 'asOf'>,
): AsyncGenerator<Pick<ReadCase, 'line' | 'reference' | 'problems'> & { facts: unknown; asOf: number }> {
  const reader = createReader(ruleSet, task);
  for await (const chunk of readChunks(file, from, cuttingOf(task.input.format, CHUNK_BYTES)))
    for (const read of reader.read(chunk)) {
      if (read === null) continue;
      const { line, reference, problems } = read;
      const facts: unknown = problems.listed.length > 0 ? null : JSON.parse(read.factsText());
      yield { line, reference, facts, asOf: Number(read.facts.slots[0]), problems };
    }
}
