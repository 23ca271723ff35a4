/** The lines of the three lists. */
import type { JsonText } from '../decisions/store.ts';
import { AND } from '../engine/answer/field.ts';
import type { RuleSet } from '../rulebook/rule-set.ts';
import { answerColumns } from './csv-template.ts';
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

const decisionColumns = (ruleSet: RuleSet): string[] => [
  ...['行', '照会番号', ...answerColumns(ruleSet), '判定番号', '誤り'],
];
const PAYMENT_COLUMNS = ['行', '照会番号', '補償額（円）', '補償の内容', '請求の状態', '判定番号'];
const REVIEW_COLUMNS = ['行', '照会番号', '理由', '尋ねること', '判定番号', '誤り'];

export const decisionHeader = (ruleSet: RuleSet): string => BOM + csvRow(decisionColumns(ruleSet));
export const paymentHeader = BOM + csvRow(PAYMENT_COLUMNS);
export const reviewHeader = BOM + csvRow(REVIEW_COLUMNS);

/** From 結論 to 判定番号 nothing is said of a line that is not decided. */
const nothingSaid = (ruleSet: RuleSet): string => ','.repeat(decisionColumns(ruleSet).length - 3);

/** Where every line begins; of a decision its cells follow, then `endOfDecision`. */
export const startOfLine = ({ line, reference }: CaseName): string =>
  reference === null ? `${line},` : `${line},${inputCell(reference)}`;

export const endOfDecision = ({ id }: CaseName): string => `,${id ?? ''},${END_OF_LINE}`;

export const badLine = (name: CaseName, problems: LineProblems, ruleSet: RuleSet): string =>
  `${startOfLine(name)}${nothingSaid(ruleSet)},${faults(problems)}${END_OF_LINE}`;

/** Of a payment its cells follow, then `endOfPayment`. */
export const startOfPayment = (name: CaseName, yen: number): string => `${startOfLine(name)},${yen}`;

export const endOfPayment = ({ id }: CaseName): string => `,${id ?? ''}${END_OF_LINE}`;

export const reviewLine = (name: CaseName, reason: string, questions: string): string =>
  `${startOfLine(name)},${csvCell(reason)},${csvCell(questions)},${name.id ?? ''},${END_OF_LINE}`;

export const badReviewLine = (name: CaseName, problems: LineProblems): string =>
  `${startOfLine(name)},読めない行,,,${faults(problems)}${END_OF_LINE}`;

const faults = ({ listed, more }: LineProblems): string =>
  csvCell(
    [
      ...listed.map(({ detailJa, suggestion }) =>
        suggestion === null ? detailJa : `${detailJa}（もしかして：${suggestion}）`,
      ),
      ...(more > 0 ? [`ほかに ${more} 件`] : []),
    ].join(AND),
  );

/** A line of NDJSON: a decision as POST /evaluate answers it, with the line it is to and the caller's name for the case before it. */
export const answerLine = (name: CaseName, answer: JsonText): string =>
  `${openLine(answer.includes(NAMING) ? { ...name, reference: null } : name)}${answer.slice(1)}\n`;

/** In an answer that says the reference itself; within a text of JSON the quotes would be escaped. */
const NAMING = '"logged":true,"reference":';

/** Why there is no decision. `moreProblems`: how many there are beyond those; left out where there are none. */
export function badAnswerLine(name: CaseName, { listed, more }: LineProblems): string {
  const others = more > 0 ? `,"moreProblems":${more}` : '';
  return `${openLine(name)}"problems":${JSON.stringify(listed)}${others}}\n`;
}

const openLine = ({ line, reference }: CaseName): string =>
  reference === null ? `{"line":${line},` : `{"line":${line},"reference":${JSON.stringify(reference)},`;
