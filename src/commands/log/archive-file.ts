/** Decisions in a file: NDJSON, a row of the log on each line. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { decisionSchema } from '../../audit/receipt.ts';
import type { StoredDecision } from '../../decisions/store.ts';
import { decisionRow } from '../../decisions/stored-decision.ts';
import { UsageError } from '../terminal/io.ts';

export const rowLine = (row: StoredDecision): string => `${JSON.stringify(decisionRow(row))}\n`;

/** Of all the files, in order. A line that is no row is a usage error that names it. */
export async function* archivedRows(files: readonly string[]): AsyncGenerator<StoredDecision> {
  for (const file of files) {
    const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
    let number = 0;
    try {
      for await (const line of lines) {
        number += 1;
        if (line !== '') yield decisionSchema.parse(JSON.parse(line));
      }
    } catch (error) {
      const isUnreadable = error instanceof Error && 'code' in error;
      throw new UsageError(
        isUnreadable
          ? { en: `${file}:${number}: cannot be read`, ja: `${file}:${number}：読めません` }
          : { en: `${file}:${number}: no row of the log`, ja: `${file}:${number}：記録として読めません` },
      );
    }
  }
}
