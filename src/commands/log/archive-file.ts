/** Decisions in a file: NDJSON, a row of the log on each line. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { decisionSchema } from '../../audit/receipt.ts';
import type { StoredDecision } from '../../decisions/store.ts';
import { decisionRow } from '../../decisions/stored-decision.ts';
import { openNew } from '../terminal/files.ts';
import { misuse } from '../terminal/io.ts';

/** To the disk, and not only to the system; not over a file that is there. */
export async function writeRows(
  path: string,
  pages: AsyncIterable<readonly StoredDecision[]>,
): Promise<void> {
  const file = await openNew(path);
  try {
    for await (const rows of pages)
      await file.write(rows.map((row) => `${JSON.stringify(decisionRow(row))}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
}

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
      throw misuse(
        `${file}:${number}`,
        isUnreadable
          ? { en: 'cannot be read', ja: '読めません' }
          : { en: 'no row of the log', ja: '記録として読めません' },
      );
    }
  }
}
