/** A rule set's examples: what is asked, and what the answer must contain. */
import { z } from 'zod';
import type { Position } from '../../rulebook/basics.ts';
import { parseInstant } from '../../rulebook/calendar.ts';
import { type Problem, problemOf } from '../../rulebook/problems.ts';
import { parseShape } from '../../rulebook/shape.ts';
import { parseSource } from '../../rulebook/source.ts';
import { ProblemList } from '../../rulebook/problem-list.ts';

const text = z.string().min(1);
const ids = z.array(text);

const expectSchema = z
  .strictObject({
    outcome: text.optional(),
    categories: ids.optional(),
    remedies: ids.optional(),
    brands: z.record(z.string(), ids).optional().meta({ description: '補償ごとの、選べる交換先' }),
    amount: z.strictObject({ yen: z.int().nullable(), final: z.boolean() }).nullable().optional(),
    voucherState: text.nullable().optional(),
    claimState: text.optional(),
    nextSteps: ids.optional(),
    deadlines: ids.optional(),
    deadlinesInclude: ids.optional(),
    deadlineTexts: z.record(z.string(), text).optional().meta({ description: '期限ごとの、見せる文' }),
    requiredInformation: ids.optional(),
    missingFacts: ids.optional(),
    missingFactsInclude: ids.optional(),
    contact: z
      .strictObject({
        openNow: z.boolean().nullable().optional(),
        nextOpenAt: text.nullable().optional(),
        tel: text.optional(),
        hours: text.optional(),
      })
      .nullable()
      .optional()
      .meta({ description: 'お問い合わせ先。null は、ないこと' }),
    assumptions: ids
      .optional()
      .meta({ description: '示す解釈（assumptions の id）。みなした事実は含めない' }),
    clauses: ids.optional(),
  })
  .meta({
    id: 'expect',
    description:
      '期待する回答。書いた項目だけを確かめる。一覧は順序を問わず過不足なく一致、…Include と clauses は含まれていればよい',
  });

const caseSchema = z
  .strictObject({
    id: text.meta({ description: '重ならない名前' }),
    title: text.meta({ description: '何を確かめる事例か' }),
    asOf: text.meta({ description: '判定時点（例：2030-01-31T12:00:00+09:00）' }),
    facts: z.record(z.string(), z.unknown()).meta({ description: '事実。書かない事実は「わからない」' }),
    expect: expectSchema,
    note: text.optional().meta({ description: '覚え書き' }),
  })
  .meta({ id: 'case' });

export const casesFileSchema = z
  .strictObject({ prefecture: text, incident: text, cases: z.array(caseSchema).min(1) })
  .meta({ title: '事例', description: 'ルールの事例。hosho test で確かめる' });

export type Expectation = z.infer<typeof expectSchema>;
export interface ExampleCase {
  id: string;
  title: string;
  /** Epoch milliseconds. */
  asOf: number;
  facts: unknown;
  expect: Expectation;
  position: Position;
}
export interface CasesFile {
  file: string;
  prefecture: string;
  incident: string;
  cases: ExampleCase[];
}

const KNOWN_KEYS = [
  ...Object.keys(casesFileSchema.shape),
  ...Object.keys(caseSchema.shape),
  ...Object.keys(expectSchema.shape),
];

export function readCasesFile(
  file: string,
  content: string,
): { cases: CasesFile | null; problems: Problem[] } {
  const source = parseSource(file, content);
  if (source.problems.length > 0) return { cases: null, problems: source.problems };
  const { value, problems: misshapen } = parseShape(source, casesFileSchema, source.data, [], KNOWN_KEYS);
  if (value === null) return { cases: null, problems: misshapen };
  const problems = new ProblemList();
  const seen = new Set<string>();
  const cases = value.cases.map((written, i): ExampleCase => {
    const asOf = parseInstant(written.asOf);
    const path = ['cases', i];
    if (asOf === null) {
      const said = {
        ja: `「${written.asOf}」は日時として読めません。2030-01-31T12:00:00+09:00 のように時差まで書いてください。`,
        en: `"${written.asOf}" is not a date and time. Write it with its offset, such as 2030-01-31T12:00:00+09:00.`,
      };
      problems.add('bad-date', () => problemOf('bad-date', source.at([...path, 'asOf']), said));
    }
    if (seen.has(written.id)) {
      const said = {
        ja: `「${written.id}」という事例が二つあります。`,
        en: `There are two cases "${written.id}".`,
      };
      problems.add('duplicate-id', () => problemOf('duplicate-id', source.at([...path, 'id']), said));
    }
    seen.add(written.id);
    return { ...written, asOf: asOf ?? 0, position: source.at([...path, 'id']) };
  });
  return { cases: problems.isEmpty ? { file, ...value, cases } : null, problems: problems.all() };
}
