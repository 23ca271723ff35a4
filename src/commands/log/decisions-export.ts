import { z } from 'zod';
import { parseJson } from '../../audit/parse-json.ts';
import { BOM, csvRow, inputCell } from '../../bulk/csv-text.ts';
import { allDecisions } from '../../decisions/all-decisions.ts';
import { decisionJson, erasureOf } from '../../decisions/decision-json.ts';
import type { Erasure, StoredDecision } from '../../decisions/store.ts';
import { openNew } from '../terminal/files.ts';
import { type Context, type ExitCode, number } from '../terminal/io.ts';
import { countBar } from '../terminal/progress-bar.ts';
import { type FilterOptions, filterOf, partialExit } from './decisions-list.ts';
import { withStore } from './with-store.ts';

/** The oldest first, however many; by the name of the output where no format is given. 1 where some are there only in part. */
export async function decisionsExport(
  { io, ...log }: Context,
  { format, output, ...options }: FilterOptions & { format?: 'ndjson' | 'csv'; output?: string },
): Promise<ExitCode> {
  const filter = filterOf(options);
  const isCsv = format === undefined ? output?.toLowerCase().endsWith('.csv') : format === 'csv';
  const file = output === undefined ? null : await openNew(output);
  const bar = countBar(io, io.lang === 'ja' ? '書き出し' : 'Exported');
  const write = async (text: string): Promise<void> => {
    if (file) await file.write(text);
    else if (!process.stdout.write(text))
      await new Promise((resolve) => process.stdout.once('drain', resolve));
  };
  try {
    return await withStore(log, 'auditor', async (store) => {
      const total = file ? await store.count(filter) : 0;
      let done = 0;
      let partial = 0;
      let text = isCsv ? BOM + csvRow(COLUMNS) : '';
      for await (const one of allDecisions(store, filter)) {
        const erasure = await erasureOf(store, one);
        text += isCsv ? csvLine(one, erasure) : `${decisionJson(one, erasure)}\n`;
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

const COLUMNS = [
  ...['id', 'prefecture', 'incident', 'version', 'asOf', 'decidedAt', 'reference', 'outcome', 'categories'],
  ...['yen', 'final', 'engineVersion', 'chain', 'seq', 'hash', 'erasedAt', 'facts', 'answer'],
];

const answerSchema = z
  .object({ amount: z.object({ yen: z.number().nullable(), final: z.boolean() }).nullable() })
  .catch({ amount: null });

/** With facts and answer as JSON in a cell each. */
function csvLine(one: StoredDecision, erasure: Erasure | null): string {
  const { amount } = answerSchema.parse(one.answer === null ? null : parseJson(one.answer));
  const cells = [
    ...[one.id, one.prefecture, one.incident, one.version, one.asOf.toISOString()],
    ...[one.decidedAt.toISOString(), one.reference, one.outcome, one.categories.join(' ')],
    ...[amount?.yen, amount?.final, one.engineVersion, one.chain, one.seq, one.hash],
    ...[erasure?.erasedAt.toISOString(), one.facts, one.answer],
  ];
  return `${cells.map((cell) => inputCell(String(cell ?? ''))).join()}\r\n`;
}
