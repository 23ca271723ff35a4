/** What is the same in the lines of all cases with one decision key: written once, as bytes. */
import { AND } from '../engine/answer/field.ts';
import {
  ANSWER_FIELDS,
  type Answered,
  cellsOf,
  FIELD_NAMES,
  type FieldName,
} from '../engine/answer/fields.ts';
import type { SharedFields } from '../engine/answer/template.ts';
import { csvCell } from './csv-text.ts';

export const ANSWER_COLUMNS: readonly string[] = FIELD_NAMES.flatMap(
  (name) => ANSWER_FIELDS[name].columns?.map(({ header }) => header) ?? [],
);

/** The cells of some neighbouring columns, each with the comma before it; or the field whose cells vary with the case. */
type CellsPart = Uint8Array | FieldName;

export interface CsvTemplate {
  /** 結論 to 理由. */
  cells: readonly CellsPart[];
  /** Payment list, behind the amount: 補償の内容, 請求の状態 */
  payment: Uint8Array;
  /** What to ask. */
  questions: string;
}

/** `shared`: the fields of the answer that are the same for all these cases. */
export function csvTemplate(shared: SharedFields): CsvTemplate {
  const parts: CellsPart[] = [];
  let text = '';
  for (const name of FIELD_NAMES.filter((name) => ANSWER_FIELDS[name].columns)) {
    if (shared[name] !== undefined) text += fieldCells(name, shared[name]);
    else {
      if (text !== '') parts.push(Buffer.from(text));
      parts.push(name);
      text = '';
    }
  }
  if (text !== '') parts.push(Buffer.from(text));
  const { remedies = [], claimState, missingFacts = [] } = shared;
  const labels = remedies.map(({ label }) => label).join(AND);
  return {
    cells: parts,
    payment: Buffer.from(`,${csvCell(labels)},${csvCell(claimState?.label ?? '')}`),
    questions: missingFacts.map(({ question }) => question).join(AND),
  };
}

/** The cells of one field, each with the comma before it. */
export function fieldCells<Name extends FieldName>(name: Name, value: Answered[Name] | undefined): string {
  let text = '';
  for (const cell of cellsOf(name, value)) text += `,${csvCell(cell)}`;
  return text;
}
