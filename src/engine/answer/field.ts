/** What the table of answer fields says of each of them. */
import { z } from 'zod';
import type { Lang, LocalizedText } from '../../rulebook/lang.ts';
import type { Rule, RuleSet } from '../../rulebook/rule-set.ts';
import type { Section } from '../../rulebook/sections.ts';
import type { CaseFacts } from '../facts/read-facts.ts';
import { asSet, exactly, type FieldComparison } from './comparisons.ts';
import type { Conclusion } from './conclusion.ts';
import type { ContactAnswer } from './decision.ts';
import type { OpenQuestion } from './open-questions.ts';

/** What a field is made from: of the facts only what `varies` says. */
export interface MadeFrom {
  conclusion: Conclusion;
  facts: CaseFacts;
  /** The contact as at an instant, in epoch milliseconds. */
  contactAt(asOf: number): ContactAnswer | null;
  /** Facts to ask, in the order to ask. Searched for when they are asked for: no field but `openQuestions` reads them. */
  questions(): readonly OpenQuestion[];
}

/**
 * A member of an answer. `schema`, `make` and one aspect with a label and its items are enough: the JSON, its schema, the
 * terminal, `expect`, diffs of answers, impact and explanations follow from them.
 */
export interface AnswerField<Value> {
  schema: z.ZodType<Value>;
  /** What an answer is read as that was logged before there was such a field; without it, every logged answer has it. */
  whereAbsent?: NoInfer<Value>;
  make(from: MadeFrom): NoInfer<Value>;
  /** Does it depend on the values of facts, and not only on how comparisons turn out? */
  varies?(conclusion: Conclusion): boolean;
  says: readonly Aspect<NoInfer<Value>>[];
  /** In the list of decisions of a bulk run; staff read that by its columns, so none is added by default. */
  columns?: readonly Column<NoInfer<Value>>[];
  /**
   * Where the items of the first aspect under its label are not enough: one value behind its label, or lines below it, no block
   * where there are none; null: not shown.
   */
  terminal?: { label?: LocalizedText; lines(value: NoInfer<Value>, pen: Pen): string[] } | null;
}

/** `isOf`: of which rule sets it is a column; of all where nothing is said. */
export interface Column<Value> {
  header: string;
  isOf?(ruleSet: RuleSet): boolean;
  cell(value: Value): string;
}

/** Something that an answer says and that can differ by itself. */
export interface Aspect<Value> {
  /** In cases files and diffs; the name of the field where it has none of its own. */
  name?: 'brands' | 'amounts' | 'deadlineTexts' | 'clauses';
  label: LocalizedText;
  /** As a person reads it, none where it is not said. Without `items` it is for programs, or told by other fields. */
  items?(value: Value): string[];
  /** It follows from the rest as long as the program is the same: told last, in this order, and only by explanations. */
  follows?: number;
  /** What a case may expect of it: the whole as it stands in the answer, where nothing else is said; null: nothing. */
  expect?: Expected<Value> | null;
  compared?: ComparedAspect;
}

export interface Expected<Value> {
  schema: z.ZodType;
  /** For editors; Japanese. */
  description?: string;
  /** As JSON for comparisons. Lists of ids are sorted. */
  read(value: Value, ruleSet: RuleSet): unknown;
  comparison: FieldComparison;
  /** A case may also expect some of it, as `…Include`. */
  mayInclude?: true;
  /** Is it part of the expectation that describes a whole answer? */
  described?: 'always' | 'unless-empty';
}

/** Something that a rule puts into the answer, by its id. */
export interface AspectPart {
  id: string;
  /** Only where this set-valued fact does not hold the id yet. */
  missingFrom?: string | null;
}

/** What a diff of two rule sets needs to know to search for cases in which the aspect differs. */
export interface ComparedAspect {
  /**
   * Level, and place in it. First comes what an answer turns on, then the states that follow from it, then all else. Of each
   * level only cases are compared in which everything above stays the same: the rest are consequences.
   */
  level: readonly [level: number, place: number];
  /** An English word for one part of it. */
  one?: string;
  /** The sections whose rules put something into it. */
  of(section: Section): boolean;
  /** It is exactly one word: that of the rule that was taken. */
  isWord?: true;
  parts(rule: Rule, ruleSet: RuleSet): AspectPart[];
  /** Some parts have a `missingFrom`. */
  readsFacts?: true;
  /** How the rule set words a part. */
  wordFor(ruleSet: RuleSet, id: string): string | undefined;
}

/** How words are written in a terminal. Colours are left out where it has none. */
export interface Pen {
  lang: Lang;
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  /** In brackets, directly after what it is about. */
  aside(text: string): string;
  series(items: readonly string[]): string;
}

export const field = <Value>(entry: AnswerField<Value>): AnswerField<Value> => entry;

/** Between the items of one cell. */
export const AND = '／';
export const labels = (items: readonly { label: string }[]): string[] => items.map(({ label }) => label);
export const labelCell = (items: readonly { label: string }[]): string => labels(items).join(AND);
export const clauseOf = ({ clauses }: Rule): string | null => clauses[0] ?? null;
/** The clause of the notice behind what it is cited for. */
export const citing = ({ dim }: Pen, clause: string | null): string =>
  clause === null ? '' : dim(` [${clause}]`);
export const concludedPart = ({ concludes }: Rule): AspectPart[] => [{ id: concludes }];
export const asParts = (ids: readonly string[]): AspectPart[] => ids.map((id) => ({ id }));

export const text = z.string().min(1);
export const idList = z.array(text);
export const sortedIds = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id).sort();

/** The ids of what is listed, whatever their order. */
export const expectedIds = {
  ...{ schema: idList, read: sortedIds, comparison: asSet, described: 'always' },
} as const satisfies Expected<readonly { id: string }[]>;

/** One word, or the id of one. */
export function expectedWord<Value>(schema: z.ZodType, read: (value: Value) => unknown): Expected<Value> {
  return { schema, read, comparison: exactly, described: 'always' };
}
