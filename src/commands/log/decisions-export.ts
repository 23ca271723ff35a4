import { allDecisions } from '../../decisions/all-decisions.ts';
import { erasureOf } from '../../decisions/decision-json.ts';
import type { DecisionFilter } from '../../decisions/store.ts';
import type { ExitCode, Io } from '../terminal/io.ts';
import { openNew } from '../terminal/open-new.ts';
import { countBar } from '../terminal/progress-bar.ts';
import { number } from '../terminal/words.ts';
import { type LogAround, partialExit } from './decisions-list.ts';
import { type ExportFormat, exportHead, exportLine } from './export-lines.ts';
import { withStore } from './with-store.ts';

export interface DecisionsExportOptions {
  filter: DecisionFilter;
  format: ExportFormat;
  /** Standard output where absent. */
  output?: string | undefined;
}

/** The oldest first, however many. 1 where some of them are there only in part. */
export async function decisionsExport(
  io: Io,
  around: LogAround,
  { filter, format, output }: DecisionsExportOptions,
): Promise<ExitCode> {
  const file = output === undefined ? null : await openNew(output);
  const bar = countBar(io.lang, process.stderr, io.lang === 'ja' ? '書き出し' : 'Exported');
  try {
    return await withStore(around, 'auditor', async (store) => {
      const total = file ? await store.count(filter) : 0;
      const write = async (text: string): Promise<void> => {
        if (file) await file.write(text);
        else if (!process.stdout.write(text))
          await new Promise((resolve) => process.stdout.once('drain', resolve));
      };
      let done = 0;
      let partial = 0;
      let text = exportHead(format);
      for await (const one of allDecisions(store, filter)) {
        text += exportLine(format, one, await erasureOf(store, one));
        done += 1;
        if ('missing' in one) partial += 1;
        if (text.length < WRITTEN_AT_ONCE) continue;
        await write(text);
        text = '';
        if (file) bar.show(done, total);
      }
      await write(text);
      if (file) {
        bar.stop();
        io.err(io.lang === 'ja' ? `${number(done)}件を書き出しました` : `${number(done)} decisions exported`);
      }
      return partialExit(io, partial);
    });
  } finally {
    bar.stop();
    await file?.close();
  }
}

/** Characters. */
const WRITTEN_AT_ONCE = 1 << 20;
