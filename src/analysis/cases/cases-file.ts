/** A rule set's examples: what is asked, and what the answer must contain; read, and written. */
import { Document, isCollection, isPair, isScalar, visit } from 'yaml';
import { z } from 'zod';
import { EXPECTED } from '../../engine/answer/fields.ts';
import type { Position } from '../../rulebook/basics.ts';
import { parseInstant, parseMoment, toOffsetDateTime } from '../../rulebook/calendar.ts';
import { type Problem, ProblemList, type ProblemText } from '../../rulebook/problems.ts';
import { parseShape } from '../../rulebook/shape.ts';
import { parseSource } from '../../rulebook/source.ts';
import { meantDate, replacing } from '../../rulebook/typed/meant.ts';

const text = z.string().min(1);

const expectSchema = z
  .strictObject(
    Object.fromEntries(
      EXPECTED.flatMap(({ name, schema, description, mayInclude }) => {
        const wanted = schema.optional();
        const member = description ? wanted.meta({ description }) : wanted;
        return (mayInclude ? [name, `${name}Include`] : [name]).map((key) => [key, member]);
      }),
    ),
  )
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

/** By the name of the field; `…Include` for some of a list. */
export type Expectation = Readonly<z.infer<typeof expectSchema>>;
export interface ExampleCase extends Pick<z.infer<typeof caseSchema>, 'id' | 'title' | 'facts' | 'expect'> {
  /** Epoch milliseconds. */
  asOf: number;
  position: Position;
}
export interface CasesFile extends Omit<z.infer<typeof casesFileSchema>, 'cases'> {
  file: string;
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
  const { value, problems: misshapen } = parseShape(source, casesFileSchema, KNOWN_KEYS);
  if (value === null) return { cases: null, problems: misshapen };
  const problems = new ProblemList(source.at);
  const seen = new Set<string>();
  const cases = value.cases.map((written, i): ExampleCase => {
    const asOf = parseInstant(written.asOf);
    const path = ['cases', i];
    if (asOf === null)
      problems.add('bad-date', [...path, 'asOf'], {
        ja: `「${written.asOf}」は日時として読めません。2030-01-31T12:00:00+09:00 のように時差まで書いてください。`,
        en: `"${written.asOf}" is not a date and time. Write it with its offset, such as 2030-01-31T12:00:00+09:00.`,
        ...instantMeant(written.asOf, content),
      });
    if (seen.has(written.id))
      problems.add('duplicate-id', [...path, 'id'], {
        ja: `「${written.id}」という事例が二つあります。`,
        en: `There are two cases "${written.id}".`,
      });
    seen.add(written.id);
    return { ...written, asOf: asOf ?? 0, position: source.at([...path, 'id']) };
  });
  const found = [...misshapen, ...problems.all()];
  return { cases: problems.isEmpty ? { file, ...value, cases } : null, problems: found };
}

/** The zone of Japan's notices, for what is only proposed. */
const JAPAN = 'Asia/Tokyo';

/** Of a day, its noon; of 24:00, the next midnight. */
function instantMeant(written: string, text: string): Partial<ProblemText> {
  const local = written
    .normalize('NFKC')
    .replace(/(?<=\d)[Tt](?=\d)/, ' ')
    .replace(/(?<=:\d\d)(?::\d\d.*|[zZ+-].*)$/, '');
  const meant = meantDate(local);
  const moment = meant === null ? null : parseMoment(meant.includes(' ') ? meant : `${meant} 12:00`, JAPAN);
  if (moment === null) return {};
  const instant = toOffsetDateTime(moment.start, JAPAN);
  return { suggestion: () => instant, corrected: replacing(text, written, instant) };
}

const WIDTH = 110;
const ONE_LINE = 90;

/** One entry of `cases`, indented to be pasted there. */
export function caseText(
  { id, title, asOf, facts, expect }: Omit<ExampleCase, 'position'>,
  timeZone: string,
): string {
  const written = { id, title, asOf: toOffsetDateTime(asOf, timeZone), facts, expect };
  return indented(yamlOf([written]), '  ');
}

/** Lines of `expect`, indented to be pasted there. */
export const expectText = (expect: Expectation): string => indented(yamlOf(expect), '      ');

/** Short groups on one line, as people write them. */
function yamlOf(data: unknown): string {
  const document = new Document(data);
  visit(document, {
    Scalar(_, node) {
      // Older readers of YAML take these for true and false.
      if (/^(?:yes|no)$/.test(String(node.value))) node.type = 'QUOTE_DOUBLE';
    },
    Collection(_, node, path) {
      const parent = path.at(-1);
      const key = isPair(parent) && isScalar(parent.key) ? parent.key.value : null;
      if (key === null || key === 'facts' || key === 'expect') return;
      if (isCollection(node)) node.flow = JSON.stringify(node).length < ONE_LINE;
    },
  });
  const text = document.toString({ lineWidth: WIDTH, flowCollectionPadding: true });
  return text.replace(/\[ ([^\]"']*) \]/g, '[$1]');
}

const indented = (text: string, by: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => by + line)
    .join('\n');
