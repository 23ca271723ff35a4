import { z } from 'zod';
import { CONCLUSIONS, type Item, type Position } from './basics.ts';
import type { LocalizedText } from './lang.ts';
import type { ValueType } from './operators.ts';
import { nearest, type Problem, ProblemList } from './problems.ts';
import { named, parseShape } from './shape.ts';
import { type Path, parseSource, type Source } from './source.ts';
import { PATTERN_FAULTS, patternFault } from './text-pattern.ts';
import type { Worklists } from './worklists.ts';
import { checkWorklists, extendWorklists, moreWorklistsSchema, worklistsSchema } from './worklists.ts';

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
  absent: Absence;
  position: Position;
}

/** The facts and words that rule sets share. Maps keep the order of the file: facts in the order to ask. */
export interface Vocabulary extends Record<(typeof LABELS)[number], Map<string, string>> {
  facts: Map<string, FactDefinition>;
  whenUnknown: Fallback;
  whenContradictory: Fallback;
  /** Claim states in which nobody has anything left to do. */
  nothingLeftToDo: Set<string>;
  /** null where the file does not say. */
  worklists: Worklists | null;
}

const LABELS = ['outcomes', 'voucherStates', 'claimStates', 'nextSteps'] as const;

export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
  .describe('英数字と「-」「_」「.」で書く名前');
const factName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$/)
  .describe('「まとまり.名前」の形で書く事実の名前（例：group.name）');
const text = z.string().min(1);
const labels = (description: string) => z.record(idSchema, text).describe(description);

const TYPES = ['boolean', 'enum', 'text', 'set', 'instant', 'integer', 'yen'] as const;

const factSchema = named('fact', '事実の定義', {
  type: z
    .enum(TYPES)
    .describe(
      '値の種類。boolean：はい・いいえ／enum：決まった選択肢から一つ／set：選択肢からいくつか／text：文字／instant：日時／yen：金額（円）／integer：整数',
    ),
  unit: text.optional().describe('整数の単位（時間、日、件など）'),
  values: labels('選択肢。名前：日本語').optional(),
  pattern: text.optional().describe('文字が満たすべき正規表現'),
  label: text.describe('日本語の見出し'),
  question: text.describe('足りないときに尋ねる文'),
  absent: z
    .union([z.enum(['unknown', 'none', 'all']), z.boolean(), z.int(), text])
    .optional()
    .describe(
      '書かれていないときの意味。unknown：わからない（省略時）／none：そういう事はない／all：すべてそろっている／または値そのもの（仮定として回答に表示）',
    ),
});

const fallbackSchema = z.strictObject({
  outcome: idSchema.describe('結論'),
  state: idSchema.describe('クーポンと請求の状態'),
  nextStep: idSchema.describe('案内する手順'),
});

/** What to say where the facts leave a conclusion open, or contradict each other. */
export type Fallback = z.infer<typeof fallbackSchema>;

const words = {
  facts: z.record(factName, factSchema).describe('判定に使う事実。尋ねる順に書く'),
  outcomes: labels('結論の名前と日本語'),
  voucherStates: labels('クーポンの状態の名前と日本語'),
  claimStates: labels('請求の状態の名前と日本語'),
  nextSteps: labels('次にすることの名前と日本語。回答に並べる順に書く'),
};
const nothingLeftToDo = z
  .array(idSchema)
  .optional()
  .describe('もう何もすることのない請求の状態。次にすることや期限を示さなくてよい');

export const vocabularySchema = z
  .strictObject({
    ...words,
    whenUnknown: fallbackSchema.describe('事実が足りず決まらないときの答え方'),
    whenContradictory: fallbackSchema.describe('事実が矛盾しているときの答え方'),
    nothingLeftToDo,
    worklists: worklistsSchema.optional(),
  })
  .meta({ title: '共通の語彙', description: 'すべてのルールが共有する事実と言葉' });

/** The words of one rule file alone; same shape, everything optional. */
export const localVocabularySchema = z
  .strictObject(words)
  .partial()
  .extend({ nothingLeftToDo, worklists: moreWorklistsSchema.optional() })
  .meta({ id: 'localVocabulary', description: 'このルールだけで使う事実と言葉' });

type LocalWords = z.infer<typeof localVocabularySchema>;

const KNOWN_KEYS = [vocabularySchema, factSchema, fallbackSchema, worklistsSchema].flatMap(({ shape }) =>
  Object.keys(shape),
);

/** Where a text comes from. One of the log or of git's past, which earlier programs took, is read whatever is refused today. */
export type Origin = 'file' | 'past';

/** Reads `vocabulary.yaml`. `vocabulary` is null only when something is wrong. */
export function readVocabulary(
  file: string,
  content: string,
  origin: Origin = 'file',
): { vocabulary: Vocabulary | null; problems: Problem[] } {
  const source = parseSource(file, content);
  const { value, problems: misshapen } = parseShape(source, vocabularySchema, KNOWN_KEYS);
  if (value === null) return { vocabulary: null, problems: misshapen };
  const problems = new ProblemList(source.at);
  const { whenUnknown, whenContradictory, worklists = null } = value;
  const vocabulary: Vocabulary = {
    facts: new Map(),
    outcomes: new Map(),
    voucherStates: new Map(),
    claimStates: new Map(),
    nextSteps: new Map(),
    nothingLeftToDo: new Set(),
    ...{ whenUnknown, whenContradictory, worklists },
  };
  addWords(vocabulary, value, { source, origin, path: [], problems });
  checkFallback(vocabulary, 'whenUnknown', problems);
  checkFallback(vocabulary, 'whenContradictory', problems);
  if (worklists) checkWorklists(worklists, { known: vocabulary, before: null }, problems, ['worklists']);
  return { vocabulary: problems.isEmpty ? vocabulary : null, problems: problems.all() };
}

/** A copy of `shared` with the rule file's own words added after the shared ones. */
export function extendVocabulary(shared: Vocabulary, local: LocalWords, written: Written): Vocabulary {
  const vocabulary: Vocabulary = {
    ...shared,
    facts: new Map(shared.facts),
    outcomes: new Map(shared.outcomes),
    voucherStates: new Map(shared.voucherStates),
    claimStates: new Map(shared.claimStates),
    nextSteps: new Map(shared.nextSteps),
    nothingLeftToDo: new Set(shared.nothingLeftToDo),
  };
  addWords(vocabulary, local, written);
  if (local.worklists) {
    const said = { known: vocabulary, before: shared.worklists };
    checkWorklists(local.worklists, said, written.problems, [...written.path, 'worklists']);
    if (shared.worklists) vocabulary.worklists = extendWorklists(shared.worklists, local.worklists);
  }
  return vocabulary;
}

/** Where words are written, and what is wrong with them. */
interface Written {
  source: Source;
  origin: Origin;
  path: Path;
  problems: ProblemList<Path>;
}

function addWords(to: Vocabulary, words: LocalWords, written: Written): void {
  const { path, problems } = written;
  const checkNew = (isKnown: boolean, id: string, group: string): void => {
    if (isKnown)
      problems.add('duplicate-id', [...path, group, id], {
        ja: `「${id}」はすでに共通の語彙にあります。別の名前にしてください。`,
        en: `"${id}" is in the shared vocabulary already. Choose another name.`,
        ofKey: true,
      });
  };
  for (const group of LABELS) {
    for (const [id, label] of Object.entries(words[group] ?? {})) {
      checkNew(to[group].has(id), id, group);
      to[group].set(id, label);
    }
  }
  for (const [i, id] of (words.nothingLeftToDo ?? []).entries()) {
    to.nothingLeftToDo.add(id);
    if (!to.claimStates.has(id))
      problems.add('unknown-word', [...path, 'nothingLeftToDo', i], {
        ja: `「${id}」という請求の状態はありません。`,
        en: `There is no claim state "${id}".`,
        suggestion: () => nearest(id, to.claimStates.keys()),
      });
  }
  const conclusions: readonly string[] = CONCLUSIONS;
  for (const [name, fact] of Object.entries(words.facts ?? {})) {
    checkNew(to.facts.has(name) || conclusions.includes(name), name, 'facts');
    to.facts.set(name, toDefinition(name, fact, { ...written, path: [...path, 'facts', name] }));
  }
}

function toDefinition(
  name: string,
  written: z.infer<typeof factSchema>,
  { source, origin, path, problems }: Written,
): FactDefinition {
  const wrong = (key: string, said: LocalizedText) => problems.add('value-type', [...path, key], said);
  const { type, unit = null, pattern = null, label, question, absent } = written;
  const values = written.values ? Object.entries(written.values).map(([id, label]) => ({ id, label })) : null;
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
  const fault = pattern === null ? null : patternFault(pattern);
  if (fault === 'not-valid') wrong('pattern', PATTERN_FAULTS[fault]);
  else if (fault !== null && origin === 'file')
    problems.add('unsafe-pattern', [...path, 'pattern'], PATTERN_FAULTS[fault]);
  return {
    ...{ name, values, pattern, label, question },
    ...(type === 'yen' ? { type: 'integer', unit: '円' } : { type, unit }),
    absent: toAbsence(absent, type, values, (said) => wrong('absent', said)),
    position: source.at(path, true),
  };
}

function toAbsence(
  absent: string | number | boolean | undefined,
  type: (typeof TYPES)[number],
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
    ((type === 'integer' || type === 'yen') && typeof absent === 'number' && absent >= 0) ||
    (type === 'text' && typeof absent === 'string');
  if (!fits)
    wrong({
      ja: `absent に書かれた「${absent}」は、この事実の種類や選択肢に合いません。`,
      en: `"${absent}" in absent does not fit the type or the choices of this fact.`,
    });
  return { kind: 'value', value: absent };
}

function checkFallback(
  vocabulary: Vocabulary,
  key: 'whenUnknown' | 'whenContradictory',
  problems: ProblemList<Path>,
): void {
  const { outcomes, voucherStates, claimStates, nextSteps } = vocabulary;
  const need = (field: keyof Fallback, ...groups: ReadonlyMap<string, string>[]) => {
    const id = vocabulary[key][field];
    if (!groups.every((labels) => labels.has(id)))
      problems.add('unknown-word', [key, field], {
        ja: `「${id}」の日本語が語彙にありません。`,
        en: `The vocabulary has no label for "${id}".`,
      });
  };
  need('outcome', outcomes);
  need('state', voucherStates, claimStates);
  need('nextStep', nextSteps);
}
