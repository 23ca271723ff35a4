import type { RuleSet } from '../rulebook/rule-set.ts';
import type { CaseReader } from './case-reader.ts';
import { CsvCases } from './csv-cases.ts';
import { NdjsonCases } from './ndjson-cases.ts';
import { RECORD_BYTES, type Task } from './task.ts';

/** `referencesOnly`: whatever else a case says is passed over. */
export function createReader(
  ruleSet: RuleSet,
  { input, asOf }: Pick<Task, 'input' | 'asOf'>,
  { referencesOnly = false } = {},
): CaseReader {
  const recordBytes = RECORD_BYTES[input.format];
  if (input.format === 'ndjson')
    return new NdjsonCases(ruleSet.vocabulary, { asOf, recordBytes, referencesOnly });
  const { columns, encoding, localTimes } = input;
  const timeZone = localTimes ? ruleSet.timeZone : null;
  return new CsvCases(ruleSet.vocabulary, { columns, encoding, timeZone, asOf, recordBytes, referencesOnly });
}
