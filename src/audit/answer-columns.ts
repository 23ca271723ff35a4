/** What a decision is looked for by stands twice: in the columns of its row, and in the answer that was given. */
import { z } from 'zod';
import type { DecisionColumns, JsonText } from '../decisions/store.ts';
import { parseJson } from './parse-json.ts';

const IN_RULE_SET = ['prefecture', 'incident', 'version'] as const;
const COLUMNS = ['id', ...IN_RULE_SET, 'asOf', 'decidedAt', 'outcome', 'categories'] as const;
export type AnsweredColumn = (typeof COLUMNS)[number] | 'reference';

/** Whatever JSON it is: what it does not say is undefined. */
const answerSchema = z.looseObject({ ruleSet: z.looseObject({}).catch({}) }).catch({ ruleSet: {} });
const categoriesSchema = z.array(z.object({ id: z.string() })).catch([]);

/** What an answer says of the rules that gave it. */
export const answeredRuleSet = (answer: JsonText): Record<string, unknown> =>
  answerSchema.parse(parseJson(answer)).ruleSet;

/** The columns that say otherwise than the answer, and those of which it says nothing. `answer` may be any text. */
export function compareWithAnswer(row: DecisionColumns, answer: JsonText) {
  const { ruleSet, ...said } = answerSchema.parse(parseJson(answer));
  const saidOf = (column: AnsweredColumn): unknown =>
    IN_RULE_SET.some((one) => one === column) ? ruleSet[column] : said[column];
  const unsaid = COLUMNS.filter((column) => saidOf(column) === undefined);
  const differing: AnsweredColumn[] = COLUMNS.filter((column) => {
    if (column === 'outcome' || column === 'categories')
      return !isUnreadableBySql(row, answer) && !isSame(row, column, saidOf(column));
    return !unsaid.includes(column) && !isSame(row, column, saidOf(column));
  });
  // Earlier answers did not say it.
  if (said.reference !== undefined && said.reference !== row.reference) differing.push('reference');
  return { differing, unsaid };
}

/** The migration that made these columns gave rows whose answer it could not look into none of them. */
const isUnreadableBySql = ({ outcome, categories }: DecisionColumns, answer: JsonText): boolean =>
  outcome === '' && categories.length === 0 && answer.includes('\\u0000');

function isSame(row: DecisionColumns, column: AnsweredColumn, said: unknown): boolean {
  switch (column) {
    case 'asOf':
    case 'decidedAt':
      return (
        row[column].getTime() < OFFSETS_ARE_MINUTES || row[column].getTime() === Date.parse(String(said))
      );
    case 'outcome':
      return row.outcome === (said ?? '');
    case 'categories': {
      const ids = categoriesSchema.parse(said).map(({ id }) => id);
      return ids.length === row.categories.length && ids.every((id, i) => id === row.categories[i]);
    }
    default:
      return row[column] === said;
  }
}

/** Earlier offsets had seconds, which the text of an instant leaves out. */
const OFFSETS_ARE_MINUTES = Date.UTC(1973, 0);
