/** The lines of the three lists. */
import { AND } from '../engine/answer/field.ts';
import type { ByteWriter } from './byte-writer.ts';
import { ANSWER_COLUMNS, type CsvTemplate } from './csv-template.ts';
import { BOM, csvCell, csvRow, END_OF_LINE, inputCell } from './csv-text.ts';
import type { LineProblems } from './line-problem.ts';

/** Which case a line is about. */
export interface CaseName {
  /** Physical line of the input, from 1. */
  line: number;
  reference: string | null;
  /** Of the logged decision; null where nothing is logged. */
  id: string | null;
}

const DECISION_COLUMNS = ['行', '照会番号', ...ANSWER_COLUMNS, '判定番号', '誤り'];
const PAYMENT_COLUMNS = ['行', '照会番号', '補償額（円）', '補償の内容', '請求の状態', '判定番号'];
const REVIEW_COLUMNS = ['行', '照会番号', '理由', '尋ねること', '判定番号', '誤り'];

export const decisionHeader = BOM + csvRow(DECISION_COLUMNS);
export const paymentHeader = BOM + csvRow(PAYMENT_COLUMNS);
export const reviewHeader = BOM + csvRow(REVIEW_COLUMNS);

const END = Buffer.from(END_OF_LINE);
/** No id, no fault. */
const NEITHER = Buffer.from(`,,${END_OF_LINE}`);
const NO_FAULT = Buffer.from(`,${END_OF_LINE}`);
/** From 結論 to 判定番号 nothing is said of a line that is not decided. */
const NOTHING_SAID = ','.repeat(DECISION_COLUMNS.length - 3);

/** Where every line begins; of a decision its cells follow, then `endDecision`. */
export function beginLine(to: ByteWriter, { line, reference }: CaseName): void {
  to.number(line);
  to.text(reference === null ? ',' : `,${inputCell(reference)}`);
}

export function endDecision(to: ByteWriter, { id }: CaseName): void {
  if (id === null) to.bytes(NEITHER);
  else {
    to.text(`,${id}`);
    to.bytes(NO_FAULT);
  }
}

export function writeBadLine(to: ByteWriter, name: CaseName, problems: LineProblems): void {
  beginLine(to, name);
  to.text(`${NOTHING_SAID},${faults(problems)}${END_OF_LINE}`);
}

export function writePayment(
  to: ByteWriter,
  name: CaseName,
  { payment }: Pick<CsvTemplate, 'payment'>,
  yen: number,
): void {
  beginLine(to, name);
  to.text(',');
  to.number(yen);
  to.bytes(payment);
  to.text(`,${name.id ?? ''}`);
  to.bytes(END);
}

export function writeReview(to: ByteWriter, name: CaseName, reason: string, questions: string): void {
  beginLine(to, name);
  to.text(`,${csvCell(reason)},${csvCell(questions)},${name.id ?? ''},${END_OF_LINE}`);
}

export function writeBadReview(to: ByteWriter, name: CaseName, problems: LineProblems): void {
  beginLine(to, name);
  to.text(`,読めない行,,,${faults(problems)}${END_OF_LINE}`);
}

const faults = ({ listed, more }: LineProblems): string =>
  csvCell(
    [
      ...listed.map(({ detailJa, suggestion }) =>
        suggestion === null ? detailJa : `${detailJa}（もしかして：${suggestion}）`,
      ),
      ...(more > 0 ? [`ほかに ${more} 件`] : []),
    ].join(AND),
  );
