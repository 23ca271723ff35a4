/**
 * The one table of what an answer contains, in its order. The object, its JSON text and JSON Schema, what cases may expect
 * of it, how two answers or two rule sets differ, and how an answer reads in a terminal, on a page and in a line of CSV are
 * read off it: a new field is an entry of it.
 */
import { z } from 'zod';
import type { Lang, LocalizedText } from '../../rulebook/lang.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { asPart, exactly } from './comparisons.ts';
import * as shapes from './decision.ts';
import type { AnswerField, Aspect, Column, ComparedAspect, Expected, Pen } from './field.ts';
import { CONCLUSIONS } from './fields/conclusions.ts';
import { GROUNDS } from './fields/grounds.ts';
import { GUIDANCE } from './fields/guidance.ts';
import { OFFICE } from './fields/office.ts';
import { QUESTIONS } from './fields/questions.ts';
import { STATES } from './fields/states.ts';

export const ANSWER_FIELDS = {
  ...{ ...CONCLUSIONS, ...STATES, ...GUIDANCE, ...QUESTIONS },
  ...{ ...GROUNDS, ...OFFICE },
};

type Fields = typeof ANSWER_FIELDS;
export type FieldName = keyof Fields;
export const FIELD_NAMES = Object.keys(ANSWER_FIELDS) as FieldName[];

export type Answered = { [Name in FieldName]: ReturnType<Fields[Name]['make']> };

/** What is decided of a case: `asOf`, the fields of the table, and, on request, why. */
export interface Decision extends Answered {
  asOf: string;
  explanation?: shapes.RuleExplanation[] | undefined;
}

/** Each entry with the type of its own member. */
const FIELD_OF: { [Name in FieldName]: AnswerField<Answered[Name]> } = ANSWER_FIELDS;

type Schemas = { [Name in FieldName]: Fields[Name]['schema'] };
const ofEach = (schemaOf: (name: FieldName) => z.ZodType): Schemas =>
  Object.fromEntries(FIELD_NAMES.map((name) => [name, schemaOf(name)])) as Schemas;

const loggedSchema = <Name extends FieldName>(name: Name): z.ZodType => {
  const { schema, whereAbsent } = FIELD_OF[name];
  return whereAbsent === undefined ? schema : schema.optional().transform((value) => value ?? whereAbsent);
};

export const answerSchemas = ofEach((name) => ANSWER_FIELDS[name].schema);

/** A decision as it was logged; what stands around it is let through. */
export const decisionSchema = z.looseObject({
  asOf: z.string(),
  ...ofEach(loggedSchema),
  explanation: z.array(shapes.ruleExplanation).optional(),
});

/** The fields that an answer does not have because it was logged before there were such. */
export const fieldsSince = (logged: object): FieldName[] =>
  FIELD_NAMES.filter((name) => !Object.hasOwn(logged, name) && FIELD_OF[name].whereAbsent !== undefined);

/** An aspect, read off the whole answer. */
export interface AnswerAspect {
  name: AspectName;
  label: LocalizedText;
  items: ((answer: Answered) => string[]) | null;
  follows: number | null;
  expect: Expected<Answered> | null;
  compared: ComparedAspect | null;
}
export type AspectName = FieldName | NonNullable<Aspect<never>['name']>;

/** In the order of an answer. */
export const ASPECTS: readonly AnswerAspect[] = FIELD_NAMES.flatMap((name) => aspectsOf(name));

function aspectsOf<Name extends FieldName>(field: Name): AnswerAspect[] {
  const { says, schema } = FIELD_OF[field];
  return says.map(({ name = field, label, items, follows = null, expect, compared = null }): AnswerAspect => {
    const { read, ...expected } = expect ?? {
      ...{ schema, comparison: exactly, read: (value: Answered[Name]) => value },
    };
    return {
      ...{ name, label, follows, compared },
      items: items ? (answer) => items(answer[field]) : null,
      expect:
        expect === null ? null : { ...expected, read: (answer, ruleSet) => read(answer[field], ruleSet) },
    };
  });
}

/** What a case can expect, in the order of an answer; last what is only ever expected in part. */
export const EXPECTED: readonly ({ name: AspectName } & Expected<Answered>)[] = ASPECTS.flatMap(
  ({ name, expect }) => (expect ? [{ name, ...expect }] : []),
).sort((a, b) => Number(a.comparison === asPart) - Number(b.comparison === asPart));

/** What two rule sets are compared by. */
export const COMPARED: ReadonlyMap<AspectName, ComparedAspect & { label: LocalizedText }> = new Map(
  ASPECTS.flatMap(({ name, label, compared }) => (compared ? [[name, { label, ...compared }]] : [])),
);

export function comparedAspect(name: AspectName): ComparedAspect & { label: LocalizedText } {
  const aspect = COMPARED.get(name);
  if (!aspect) throw new Error(`${name} is not compared`);
  return aspect;
}

/** The aspects that a person reads, in the order of an answer. */
export const READABLE = ASPECTS.flatMap(({ label, items, follows }) =>
  items && follows === null ? [{ label, items }] : [],
);

/** Those that follow from them as long as the program is the same, in the order in which they are told. */
export const FOLLOWING = ASPECTS.flatMap(({ label, items, follows }) =>
  items && follows !== null ? [{ label, items, follows }] : [],
).sort((a, b) => a.follows - b.follows);

/** The words of an answer in a terminal: each block with its label, and its lines. */
export const terminalBlocks = (answer: Answered, pen: Pen): { label: string; lines: string | string[] }[] =>
  FIELD_NAMES.flatMap((name) => terminalBlock(name, answer, pen));

function terminalBlock<Name extends FieldName>(
  name: Name,
  answer: Answered,
  pen: Pen,
): { label: string; lines: string | string[] }[] {
  const value = answer[name];
  const { says, terminal } = FIELD_OF[name];
  const [first] = says;
  if (terminal === null || !first) return [];
  const lines = terminal?.lines(value, pen) ?? first.items?.(value) ?? [];
  if (lines.length === 0) return [];
  const label = terminal?.label?.[pen.lang] ?? titleOf(first.label, pen.lang);
  return [{ label, lines: lines.length === 1 && !Array.isArray(value) ? lines.join() : lines }];
}

const titleOf = (label: LocalizedText, lang: Lang): string =>
  label[lang].slice(0, 1).toUpperCase() + label[lang].slice(1);

/** The columns of one field in the list of decisions of a bulk run. */
export const columnsOf = <Name extends FieldName>(name: Name, ruleSet: RuleSet): Column<Answered[Name]>[] =>
  (FIELD_OF[name].columns ?? []).filter(({ isOf }) => isOf?.(ruleSet) ?? true);

/** The cells of one field in the list of decisions of a bulk run; empty ones where it is not there. */
export function cellsOf<Name extends FieldName>(
  name: Name,
  value: Answered[Name] | undefined,
  ruleSet: RuleSet,
): string[] {
  return columnsOf(name, ruleSet).map(({ cell }) => (value === undefined ? '' : cell(value)));
}
