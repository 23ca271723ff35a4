import { z } from 'zod';
import { parseJson } from '../../audit/parse-json.ts';
import { BOM, csvRow, inputCell } from '../../bulk/csv-text.ts';
import { decisionJson } from '../../decisions/decision-json.ts';
import type { Erasure, StoredDecision } from '../../decisions/store.ts';

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const COLUMNS = [
  ...['id', 'prefecture', 'incident', 'version', 'asOf', 'decidedAt', 'reference', 'outcome', 'categories'],
  ...['yen', 'final', 'engineVersion', 'chain', 'seq', 'hash', 'erasedAt', 'facts', 'answer'],
];

export const exportHead = (format: ExportFormat): string => (format === 'csv' ? BOM + csvRow(COLUMNS) : '');

const answerSchema = z
  .object({ amount: z.object({ yen: z.number().nullable(), final: z.boolean() }).nullable() })
  .catch({ amount: null });

/** In NDJSON as GET /decisions/:id shows it; in CSV with facts and answer as JSON in a cell each. */
export function exportLine(format: ExportFormat, one: StoredDecision, erasure: Erasure | null): string {
  if (format === 'ndjson') return `${decisionJson(one, erasure)}\n`;
  const { amount } = answerSchema.parse(one.answer === null ? null : parseJson(one.answer));
  const { yen = null, final } = amount ?? {};
  const cells = [
    ...[
      one.id,
      one.prefecture,
      one.incident,
      one.version,
      one.asOf.toISOString(),
      one.decidedAt.toISOString(),
    ],
    ...[one.reference ?? '', one.outcome, one.categories.join(' ')],
    ...[yen === null ? '' : String(yen), final === undefined ? '' : String(final), one.engineVersion],
    ...[one.chain, String(one.seq), one.hash, erasure?.erasedAt.toISOString() ?? ''],
    ...[one.facts ?? '', one.answer ?? ''],
  ];
  return `${cells.map(inputCell).join()}\r\n`;
}
