/** What the facts are that are asked of people: how they are written, and written anew by a later file. */
import { z } from 'zod';
import type { Item, Position } from './basics.ts';
import { COMPARED_AS, type ComparedAs } from './compared-texts.ts';
import type { LocalizedText } from './lang.ts';
import type { ValueType } from './operators.ts';
import { nearest, type ProblemText } from './problems.ts';
import { idSchema, named } from './shape.ts';
import type { Written } from './source.ts';
import { PATTERN_FAULTS, patternFault } from './text-pattern.ts';
import { meantWord, replacing } from './typed/meant.ts';

/** What it means when a caller leaves a fact out. */
export type Absence =
  | { kind: 'unknown' }
  /** There is no such thing or event; known, not unknown. */
  | { kind: 'none' }
  | { kind: 'value'; value: boolean | number | string | readonly string[] };

export interface FactDefinition extends Pick<z.infer<typeof factSchema>, 'label' | 'question'> {
  name: string;
  type: ValueType;
  /** 円, 時間 …; integers only. */
  unit: string | null;
  /** The ids allowed; null where any text or id is. */
  values: Item[] | null;
  /** Regular expression that a text must match. */
  pattern: string | null;
  /** Of a text: which differences do not count beside outer blanks; null: none. */
  comparedAs: ComparedAs | null;
  /** Of an instant: what a date without a time stands for; null where none is taken. */
  dateMeans: (typeof DATE_MEANS)[number] | null;
  absent: Absence;
  position: Position;
}

const TYPES = ['boolean', 'enum', 'text', 'set', 'instant', 'integer', 'yen'] as const;
const DATE_MEANS = ['endOfDay'] as const;

const text = z.string().min(1);

export const factSchema = named('fact', '事実の定義', {
  type: z
    .enum(TYPES)
    .describe(
      '値の種類。boolean：はい・いいえ／enum：決まった選択肢から一つ／set：選択肢からいくつか／text：文字／instant：日時／yen：金額（円）／integer：整数',
    ),
  unit: text.optional().describe('整数の単位（時間、日、件など）'),
  values: z.record(idSchema, text).describe('選択肢。名前：日本語').optional(),
  pattern: text.optional().describe('文字が満たすべき正規表現'),
  comparedAs: z
    .enum(COMPARED_AS)
    .describe(
      '文字の比べ方（text だけに書く）。address：メールのあて先は大文字と小文字を区別せず、電話番号は数字だけで、全角は半角として比べる。書かなくても、前後の空白は無視する',
    )
    .optional(),
  dateMeans: z
    .enum(DATE_MEANS)
    .describe(
      '日付だけの値の意味（instant だけに書く）。endOfDay：その日の終わり（23:59）まで。有効期限など。時刻が 0:00 の値は、どちらの日の終わりか決められないため「わからない」とみなし、回答に示す',
    )
    .optional(),
  label: text.describe('日本語の見出し'),
  question: text.describe('足りないときに尋ねる文'),
  absent: z
    .union([z.enum(['unknown', 'none', 'all']), z.boolean(), z.int(), text])
    .optional()
    .describe(
      '書かれていないときの意味。unknown：わからない（省略時）／none：そういう事はない／all：すべてそろっている／または値そのもの（仮定として回答に表示）',
    ),
});
type WrittenFact = z.infer<typeof factSchema>;

/** Of a fact that other files define already, what is left out stays as it is. */
export const localFactSchema = factSchema.partial().meta({
  id: 'localFact',
  description:
    '事実の定義。新しい事実には type・label・question が要る。共通の語彙やワードファイルにある事実は、変える見出しや尋ね方だけを書く',
});
export type LocalFact = z.infer<typeof localFactSchema>;

/** null, with its problems, where it does not say enough. `known`: the names of those that could be meant. */
export function defineFact(
  name: string,
  { type, label, question, ...rest }: LocalFact,
  written: Written,
  known: Iterable<string>,
): FactDefinition | null {
  if (type !== undefined && label !== undefined && question !== undefined)
    return toDefinition(name, { type, label, question, ...rest }, written);
  const missing = Object.entries({ type, label, question }).flatMap(([key, value]) => (value ? [] : key));
  return written.problems.add('missing-key', written.path, {
    ja: `「${name}」に ${missing.join('、')} が書かれていません。ほかで定められていない事実には、type、label、question が要ります。`,
    en: `"${name}" lacks ${missing.join(', ')}. A fact that no other file defines needs type, label and question.`,
    suggestion: () => nearest(name, known),
    ofKey: true,
  });
}

function toDefinition(
  name: string,
  fact: WrittenFact,
  { source, origin, path, problems }: Written,
): FactDefinition {
  const wrong = (key: string, said: ProblemText) => problems.add('value-type', [...path, key], said);
  const { pattern = null, dateMeans = null, comparedAs = null, label, question, absent } = fact;
  const { type, unit } = typeOf(fact.type, fact.unit ?? null);
  const values = fact.values ? itemsOf(fact.values) : null;
  if (type === 'enum' && values === null)
    wrong('type', {
      ja: `「${name}」は enum なので values（選択肢）が要ります。`,
      en: `"${name}" is an enum, so it needs values.`,
    });
  if (values && type !== 'enum' && type !== 'set')
    wrong('values', {
      ja: 'values は enum と set だけに書けます。',
      en: 'values can be written for enum and set only.',
    });
  if (comparedAs !== null && type !== 'text')
    wrong('comparedAs', {
      ja: 'comparedAs は text（文字）だけに書けます。',
      en: 'comparedAs can be written for texts only.',
    });
  if (dateMeans !== null && type !== 'instant')
    wrong('dateMeans', {
      ja: 'dateMeans は instant（日時）だけに書けます。',
      en: 'dateMeans can be written for instants only.',
    });
  const fault = pattern === null ? null : patternFault(pattern);
  if (fault === 'not-valid') wrong('pattern', PATTERN_FAULTS[fault]);
  else if (fault !== null && origin === 'file')
    problems.add('unsafe-pattern', [...path, 'pattern'], PATTERN_FAULTS[fault]);
  return {
    ...{ name, type, unit, values, pattern, dateMeans, comparedAs, label, question },
    absent: toAbsence(absent, type, values, (said) => {
      const word = type === 'boolean' ? meantWord(String(absent), ['true', 'false']) : null;
      const corrected = word === null ? {} : { corrected: replacing(source.text, String(absent), word) };
      wrong('absent', { ...said, ...corrected });
    }),
    position: source.at(path, true),
  };
}

/**
 * `known` in other words: label, question and the labels of choices. Whatever else is written must be as it is, since conditions
 * of other files and answers given before rest on it.
 */
export function rewordFact(
  known: FactDefinition,
  fact: LocalFact,
  { path, problems, source }: Written,
): FactDefinition {
  const { name } = known;
  const differs = (key: keyof LocalFact, wanted: string | null) =>
    problems.add('value-type', [...path, key], {
      ja: `「${name}」の ${key} はほかで定められていて、ここでは変えられません（${wanted ?? 'なし'}）。書き直せるのは label・question と、選択肢の日本語だけです。`,
      en: `${key} of "${name}" is defined elsewhere and cannot be changed here (${JSON.stringify(wanted ?? 'none')}). Only label, question and the labels of choices can be worded anew.`,
    });
  const { type, unit } = typeOf(fact.type ?? known.type, fact.unit ?? known.unit);
  if (type !== known.type) differs('type', known.type);
  else if (unit !== known.unit) differs(fact.unit === undefined ? 'type' : 'unit', known.unit);
  if (fact.pattern !== undefined && fact.pattern !== known.pattern) differs('pattern', known.pattern);
  if (fact.comparedAs !== undefined && fact.comparedAs !== known.comparedAs)
    differs('comparedAs', known.comparedAs);
  if (fact.dateMeans !== undefined && fact.dateMeans !== known.dateMeans)
    differs('dateMeans', known.dateMeans);
  if (fact.absent !== undefined) {
    const ignored = () => undefined;
    const absent = toAbsence(fact.absent, known.type, known.values, ignored);
    if (JSON.stringify(absent) !== JSON.stringify(known.absent)) differs('absent', absenceText(known.absent));
  }
  return {
    ...known,
    label: fact.label ?? known.label,
    question: fact.question ?? known.question,
    values: rewordChoices(known, fact.values ?? {}, { path, problems }),
    position: source.at(path, true),
  };
}

function rewordChoices(
  { name, values }: FactDefinition,
  labels: Record<string, string>,
  { path, problems }: Pick<Written, 'path' | 'problems'>,
): Item[] | null {
  const ids = (values ?? []).map(({ id }) => id);
  for (const id of Object.keys(labels))
    if (!ids.includes(id))
      problems.add('value-type', [...path, 'values', id], {
        ja: `「${name}」に「${id}」という選択肢はありません。ほかで定められた事実に、選択肢を加えることはできません。`,
        en: `"${name}" has no choice "${id}". No choice can be added to a fact that is defined elsewhere.`,
        suggestion: () => nearest(id, ids),
        ofKey: true,
      });
  return values?.map(({ id, label }) => ({ id, label: labels[id] ?? label })) ?? null;
}

/** yen are whole numbers of 円. */
const typeOf = (type: (typeof TYPES)[number], unit: string | null): Pick<FactDefinition, 'type' | 'unit'> =>
  type === 'yen' ? { type: 'integer', unit: '円' } : { type, unit };

const itemsOf = (labels: Record<string, string>): Item[] =>
  Object.entries(labels).map(([id, label]) => ({ id, label }));

const absenceText = (absent: Absence): string =>
  absent.kind === 'value' ? String(absent.value) : absent.kind;

function toAbsence(
  absent: string | number | boolean | undefined,
  type: ValueType,
  values: Item[] | null,
  wrong: (said: LocalizedText) => void,
): Absence {
  if (absent === undefined || absent === 'unknown') return { kind: 'unknown' };
  // A fact whose choices include "none" means that choice, not the lack of a value.
  if (typeof absent === 'string' && values?.some((v) => v.id === absent))
    return { kind: 'value', value: absent };
  if (absent === 'none') return { kind: 'none' };
  if (absent === 'all' && type === 'set' && values) return { kind: 'value', value: values.map((v) => v.id) };
  const fits =
    (type === 'boolean' && typeof absent === 'boolean') ||
    (type === 'integer' && typeof absent === 'number' && absent >= 0) ||
    (type === 'text' && typeof absent === 'string');
  if (!fits)
    wrong({
      ja: `absent に書かれた「${absent}」は、この事実の種類や選択肢に合いません。`,
      en: `"${absent}" in absent does not fit the type or the choices of this fact.`,
    });
  return { kind: 'value', value: absent };
}
