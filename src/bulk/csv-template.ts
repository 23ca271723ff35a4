/** What is the same in the lines of all cases with one decision key: written once, as bytes. */
import { AND } from '../engine/answer/field.ts';
import {
  type Answered,
  cellsOf,
  columnsOf,
  type Decision,
  FIELD_NAMES,
  type FieldName,
} from '../engine/answer/fields.ts';
import type { SharedFields } from '../engine/answer/template.ts';
import type { RuleSet } from '../rulebook/rule-set.ts';
import { csvCell } from './csv-text.ts';

export const answerColumns = (ruleSet: RuleSet): string[] =>
  FIELD_NAMES.flatMap((name) => columnsOf(name, ruleSet).map(({ header }) => header));

/** The cells of some neighbouring columns, each with the comma before it; or the field whose cells vary with the case. */
type CellsPart = Uint8Array | FieldName;

export interface CsvTemplate {
  /** 結論 to 理由. */
  cells: readonly CellsPart[];
  /** Payment list, behind the amount: 補償の内容, 請求の状態; written when the first such case is paid. */
  payment?: Uint8Array;
  /** What to ask. */
  questions: string;
}

/** `shared`: the fields of the answer that are the same for all these cases. */
export function csvTemplate(shared: SharedFields, ruleSet: RuleSet): CsvTemplate {
  const parts: CellsPart[] = [];
  let text = '';
  for (const name of FIELD_NAMES) {
    if (columnsOf(name, ruleSet).length === 0) continue;
    if (shared[name] !== undefined) text += fieldCells(name, shared[name], ruleSet);
    else {
      if (text !== '') parts.push(Buffer.from(text));
      parts.push(name);
      text = '';
    }
  }
  if (text !== '') parts.push(Buffer.from(text));
  const { missingFacts = [] } = shared;
  return {
    cells: parts,
    questions: missingFacts.map(({ question }) => question).join(AND),
  };
}

/** 補償の内容, 請求の状態: of several claims those that are paid. */
export function paymentCells(
  { remedies, claims }: Pick<Decision, 'remedies' | 'claims'>,
  paid: readonly string[],
) {
  const [only, ...others] = claims;
  const own = claims.filter(({ id }) => paid.includes(id));
  const isOf = (id: string): boolean => claims.length < 2 || own.some((claim) => claim.remedies.includes(id));
  const labels = remedies.filter(({ id }) => isOf(id)).map(({ label }) => label);
  const states =
    others.length === 0
      ? [only?.state.label ?? '']
      : own.map(({ label, state }) => `${label}：${state.label}`);
  return Buffer.from(`,${csvCell(labels.join(AND))},${csvCell(states.join(AND))}`);
}

/** The cells of one field, each with the comma before it. */
export function fieldCells<Name extends FieldName>(
  name: Name,
  value: Answered[Name] | undefined,
  ruleSet: RuleSet,
): string {
  let text = '';
  for (const cell of cellsOf(name, value, ruleSet)) text += `,${csvCell(cell)}`;
  return text;
}
