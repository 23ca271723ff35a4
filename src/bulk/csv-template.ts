/** What is the same in the lines of all cases with one decision key: written once, as bytes. */
import { AND } from '../engine/answer/field.ts';
import type { ClaimStanding } from '../engine/answer/fields/states.ts';
import { type Answered, cellsOf, columnsOf, FIELD_NAMES, type FieldName } from '../engine/answer/fields.ts';
import type { SharedFields } from '../engine/answer/template.ts';
import type { RuleSet } from '../rulebook/rule-set.ts';
import type { WorklistName } from '../rulebook/worklists.ts';
import { csvCell } from './csv-text.ts';
import { placeOnList } from './place-on-list.ts';

export const answerColumns = (ruleSet: RuleSet): string[] =>
  FIELD_NAMES.flatMap((name) => columnsOf(name, ruleSet).map(({ header }) => header));

/** The cells of some neighbouring columns, each with the comma before it; or the field whose cells vary with the case. */
type CellsPart = Uint8Array | FieldName;

export interface CsvTemplate {
  /** 結論 to 理由. */
  cells: readonly CellsPart[];
  /** Payment list, behind the amount: 補償の内容, 請求の状態 */
  payment: Uint8Array;
  /** Where such cases go, if the amount and the reference allow it. */
  list: WorklistName;
  /** Why a person has to look at it; empty where nobody has. */
  review: string;
  /** What to ask. */
  questions: string;
  isMissingFacts: boolean;
}

/** `shared`: the fields of the answer that are the same for all these cases. */
export function csvTemplate(
  shared: SharedFields,
  claims: readonly ClaimStanding[],
  ruleSet: RuleSet,
): CsvTemplate {
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
  const { remedies = [], claimState, missingFacts = [] } = shared;
  const labels = remedies.map(({ label }) => label).join(AND);
  return {
    cells: parts,
    payment: Buffer.from(`,${csvCell(labels)},${csvCell(claimState?.label ?? '')}`),
    ...placeOnList(shared, claims, ruleSet.vocabulary.worklists),
    questions: missingFacts.map(({ question }) => question).join(AND),
    isMissingFacts: missingFacts.length > 0,
  };
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
