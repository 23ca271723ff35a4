/** A rule set's examples: what is asked, and what the answer must contain; read, and written. */
import { Document, isCollection, isPair, isScalar, visit } from 'yaml';
import { z } from 'zod';
import { EXPECTED } from '../../engine/answer/fields.ts';
import { isObject, type Position } from '../../rulebook/basics.ts';
import { localInstants, parseInstant, parseMoment, toOffsetDateTime } from '../../rulebook/calendar.ts';
import { valueAt } from '../../rulebook/data.ts';
import { isError, type Problem, ProblemList, type ProblemText } from '../../rulebook/problems.ts';
import { missingKey, parseShape } from '../../rulebook/shape.ts';
import { type Path, parseSource } from '../../rulebook/source.ts';
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

const asOfSchema = text.meta({
  description: '判定時点（例：2030-01-31 12:00。時差 +09:00 を書かなければ、ルールの時間帯の時刻）',
});
const momentSchema = z.strictObject({ asOf: asOfSchema, expect: expectSchema }).meta({ id: 'moment' });

const caseSchema = z
  .strictObject({
    id: text.meta({ description: '重ならない名前' }),
    title: text.meta({ description: '何を確かめる事例か' }),
    asOf: asOfSchema.optional(),
    facts: z.record(z.string(), z.unknown()).meta({ description: '事実。書かない事実は「わからない」' }),
    expect: expectSchema.optional(),
    at: z.array(momentSchema).min(1).optional().meta({
      description:
        '同じ事実をいくつかの時点で確かめるとき、asOf の代わりに、時点ごとの期待を書く。expect に書いたものは、どの時点にもある',
    }),
    note: text.optional().meta({ description: '覚え書き' }),
    skip: text.optional().meta({ description: '今は試さない理由。hosho test が、件数と理由を示す' }),
  })
  .meta({ id: 'case' });

export const casesFileSchema = z
  .strictObject({
    prefecture: text,
    incident: text,
    base: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'どの事例にもある事実。事例の facts に書いたものが優先する' }),
    cases: z.array(caseSchema).min(1),
  })
  .meta({ title: '事例', description: 'ルールの事例。hosho test で確かめる' });

/** By the name of the field; `…Include` for some of a list. */
export type Expectation = Readonly<z.infer<typeof expectSchema>>;
export interface ExampleCase extends Pick<z.infer<typeof caseSchema>, 'id' | 'title' | 'facts'> {
  expect: Expectation;
  /** Epoch milliseconds. */
  asOf: number;
  position: Position;
}
export interface CasesFile extends Omit<z.infer<typeof casesFileSchema>, 'cases' | 'base'> {
  file: string;
  cases: ExampleCase[];
  /** Left out for now, each with the reason written there. */
  skipped: SkippedCase[];
}

/**
 * Where a part of a case stands, such as ['facts', 'case', 'kind'], in its moment or in the case itself; of what stands in the base,
 * where the case begins. Without a case, a part of the file.
 */
export type PlaceInCase = (example: ExampleCase | null, path: Path, ofKey?: boolean) => Position;

export interface SkippedCase {
  example: ExampleCase;
  reason: string;
}

const KNOWN_KEYS = [
  ...Object.keys(casesFileSchema.shape),
  ...Object.keys(caseSchema.shape),
  ...Object.keys(momentSchema.shape),
  ...Object.keys(expectSchema.shape),
];

/** The zone of Japan's notices: that of cases whose rules cannot be read. */
const JAPAN = 'Asia/Tokyo';

/**
 * The cases that can be read are there beside the problems of the others; null where the file itself cannot be. Times without an
 * offset are of `timeZone`, that of the rule set. A case of several moments is one for each, called `id@asOf`.
 */
export function readCasesFile(
  file: string,
  content: string,
  timeZone: string = JAPAN,
): { cases: CasesFile | null; problems: Problem[]; at: PlaceInCase } {
  const source = parseSource(file, content);
  const { problems: misshapen } = parseShape(source, casesFileSchema, KNOWN_KEYS);
  const head = source.problems.some(isError) ? null : headSchema.safeParse(source.data);
  const ways = new Map<ExampleCase, Path[]>();
  const at: PlaceInCase = (example, path, ofKey) => {
    const [own = [], ...others] = (example && ways.get(example)) ?? [];
    const way = [own, ...others].find((one) => valueAt(source.data, [...one, ...path]) !== undefined);
    return way ? source.at([...way, ...path], ofKey) : source.at(own);
  };
  if (!head?.success) return { cases: null, problems: misshapen, at };
  const problems = new ProblemList(source.at);
  const ids = new Set<string>();
  const asked = new Map<string, string>();
  const cases: ExampleCase[] = [];
  const skipped: SkippedCase[] = [];
  for (const [i, one] of head.data.cases.entries()) {
    const path = ['cases', i];
    const parsed = caseSchema.safeParse(one);
    if (!parsed.success) continue;
    const written = parsed.data;
    if (ids.has(written.id))
      problems.add('duplicate-id', [...path, 'id'], {
        ja: `「${written.id}」という事例が二つあります。`,
        en: `There are two cases "${written.id}".`,
      });
    ids.add(written.id);
    const facts = withBase(head.data.base, written.facts);
    for (const moment of momentsOf(written, path)) {
      const { id, expect } = moment;
      if (Object.keys(expect).length === 0)
        problems.add('no-expectation', [...moment.path, 'expect'], NO_EXPECTATION);
      const asOf = instantOf(moment.asOf, [...moment.path, 'asOf']);
      if (asOf === null) continue;
      const question = JSON.stringify([asOf, inOrder(facts)]);
      const first = asked.get(question);
      const name = [...moment.path, moment.path === path ? 'id' : 'asOf'];
      if (first !== undefined) problems.add('repeated-case', name, repeated(id, first));
      else asked.set(question, id);
      const example = { id, title: written.title, facts, asOf, expect, position: source.at(name) };
      ways.set(example, [moment.path, path]);
      if (written.skip === undefined) cases.push(example);
      else skipped.push({ example, reason: written.skip });
    }
  }
  const { prefecture, incident } = head.data;
  return {
    cases: { file, prefecture, incident, cases, skipped },
    problems: [...misshapen, ...problems.all()],
    at,
  };

  /** When a case is judged, and what is expected then. */
  function momentsOf({ id, asOf, expect, at }: z.infer<typeof caseSchema>, path: Path) {
    if (at !== undefined && asOf !== undefined) {
      problems.add('wrong-shape', [...path, 'asOf'], AS_OF_AND_AT);
      return [];
    }
    if (at !== undefined)
      return at.map((one, i) => ({
        ...{ id: `${id}@${one.asOf}`, asOf: one.asOf, expect: { ...expect, ...one.expect } },
        path: [...path, 'at', i],
      }));
    if (asOf === undefined) problems.add('missing-key', path, missingKey('asOf'));
    if (expect === undefined) problems.add('missing-key', path, missingKey('expect'));
    return asOf === undefined || expect === undefined ? [] : [{ id, asOf, expect, path }];
  }

  function instantOf(written: string, path: Path): number | null {
    const local = localInstants(written, timeZone);
    const [instant = parseInstant(written), other] = local ?? [];
    if (local?.length === 0 || other !== undefined) {
      const readings = local?.length === 0 ? [] : (local ?? []).map((one) => toOffsetDateTime(one, timeZone));
      return problems.add('bad-date', path, changedClocks(written, timeZone, readings));
    }
    if (instant !== null) return instant;
    return problems.add('bad-date', path, {
      ja: `「${written}」は日時として読めません。2030-01-31 12:00 か 2030-01-31T12:00:00+09:00 のように、時刻まで書いてください。`,
      en: `"${written}" is not a date and time. Write it with its time, such as 2030-01-31 12:00 or 2030-01-31T12:00:00+09:00.`,
      ...instantMeant(written, content),
    });
  }
}

const AS_OF_AND_AT: ProblemText = {
  ja: '「asOf」と「at」の両方があります。時点が一つなら「asOf」、いくつかなら「at」だけを書いてください。',
  en: 'There are both "asOf" and "at". Write asOf for one moment, at for several.',
  ofKey: true,
};

/** The clocks of the zone never show it, or twice. */
const changedClocks = (written: string, timeZone: string, readings: readonly string[]): ProblemText => ({
  ja:
    readings.length === 0
      ? `「${written}」という時刻は、${timeZone} にはありません（夏時間の始まり）。時差まで書いてください。`
      : `「${written}」は、${timeZone} では二度あります（夏時間の終わり）。${readings.join(' か ')} と書いてください。`,
  en:
    readings.length === 0
      ? `There is no ${written} in ${timeZone}, where the clocks are put forward. Write it with its offset.`
      : `There are two of ${written} in ${timeZone}, where the clocks are put back. Write ${readings.join(' or ')}.`,
});

/** What stands around the cases: without it, nobody knows whose they are. */
const headSchema = z.object({
  ...{ prefecture: text, incident: text, cases: z.array(z.unknown()) },
  base: z.record(z.string(), z.unknown()).optional(),
});

type Facts = Record<string, unknown>;

/** By group and name: what a case says of a fact goes before the base. */
function withBase(base: Facts | undefined, facts: Facts): Facts {
  if (base === undefined) return facts;
  const merged: Facts = { ...base };
  for (const [group, own] of Object.entries(facts)) {
    const shared = merged[group];
    merged[group] = isObject(shared) && isObject(own) ? { ...shared, ...own } : own;
  }
  return merged;
}

const NO_EXPECTATION = {
  ja: '「expect」が空なので、この事例は何も確かめません。outcome など、期待する回答を書いてください。',
  en: 'With an empty "expect" this case shows nothing. Write what the answer should be, such as outcome.',
  ofKey: true,
};

const repeated = (id: string, first: string): ProblemText => ({
  ja: `事例「${id}」は、判定時点（asOf）と事実（facts）が「${first}」と同じです。違うはずの所を直すか、expect を「${first}」にまとめてください。`,
  en: `Case "${id}" has the asOf and the facts of "${first}". Change what should differ, or put its expect into "${first}".`,
});

/** The same facts, whatever the order in which they are written. */
function inOrder(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(inOrder);
  if (!isObject(data)) return data;
  const byKey = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
  return byKey.map(([key, value]) => [key, inOrder(value)]);
}

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
