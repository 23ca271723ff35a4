import { z } from 'zod';
import { CONCLUSIONS } from './basics.ts';
import { defineFact, type FactDefinition, factSchema, localFactSchema, rewordFact } from './facts.ts';
import { nearest, type Problem, ProblemList } from './problems.ts';
import { idSchema, parseShape } from './shape.ts';
import { type Origin, type Path, parseSource, type Written } from './source.ts';
import type { Worklists } from './worklists.ts';
import {
  checkWorklists,
  extendWorklists,
  moreWorklistsSchema,
  NO_WORKLISTS,
  worklistsSchema,
} from './worklists.ts';

export type { Absence, FactDefinition } from './facts.ts';
export { idSchema } from './shape.ts';
export type { Origin } from './source.ts';

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

const factName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$/)
  .describe('「まとまり.名前」の形で書く事実の名前（例：group.name）');
const text = z.string().min(1);
const labels = (description: string) => z.record(idSchema, text).describe(description);

const fallbackSchema = z.strictObject({
  outcome: idSchema.describe('結論'),
  state: idSchema.describe('クーポンと請求の状態'),
  nextStep: idSchema.describe('案内する手順'),
});

/** What to say where the facts leave a conclusion open, or contradict each other. */
export type Fallback = z.infer<typeof fallbackSchema>;

const factsOf = <Fact extends z.ZodType>(fact: Fact) =>
  z.record(factName, fact).describe('判定に使う事実。尋ねる順に書く');
const words = {
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
    facts: factsOf(factSchema),
    ...words,
    whenUnknown: fallbackSchema.describe('事実が足りず決まらないときの答え方'),
    whenContradictory: fallbackSchema.describe('事実が矛盾しているときの答え方'),
    nothingLeftToDo,
    worklists: worklistsSchema.optional(),
  })
  .meta({ title: '共通の語彙', description: 'すべてのルールが共有する事実と言葉' });

/** The words of one rule file alone, which may be others for what is known already; same shape, everything optional. */
export const localVocabularySchema = z
  .strictObject({ facts: factsOf(localFactSchema), ...words })
  .partial()
  .extend({ nothingLeftToDo, worklists: moreWorklistsSchema.optional() })
  .meta({
    id: 'localVocabulary',
    description:
      'このルールだけで使う事実と言葉。共通の語彙にある名前を書けば、このルールの回答だけ言い換える',
  });

type LocalWords = z.infer<typeof localVocabularySchema>;

const KNOWN_KEYS = [vocabularySchema, factSchema, fallbackSchema, worklistsSchema].flatMap(({ shape }) =>
  Object.keys(shape),
);

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
  if (worklists) checkWorklists(worklists, vocabulary, problems, ['worklists']);
  return { vocabulary: problems.isEmpty ? vocabulary : null, problems: problems.all() };
}

/** A copy of `shared` with a file's own words, which go before those that are there. */
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
    checkWorklists(local.worklists, vocabulary, written.problems, [...written.path, 'worklists']);
    vocabulary.worklists = extendWorklists(shared.worklists ?? NO_WORKLISTS, local.worklists);
  }
  return vocabulary;
}

function addWords(to: Vocabulary, words: LocalWords, written: Written): void {
  const { path, problems } = written;
  for (const group of LABELS)
    for (const [id, label] of Object.entries(words[group] ?? {})) putLast(to[group], id, label);
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
    const at = { ...written, path: [...path, 'facts', name] };
    if (conclusions.includes(name))
      problems.add('duplicate-id', at.path, {
        ja: `「${name}」は結論の名前です。別の名前にしてください。`,
        en: `"${name}" is the name of a conclusion. Choose another name.`,
        ofKey: true,
      });
    const known = to.facts.get(name);
    const defined = known ? rewordFact(known, fact, at) : defineFact(name, fact, at, to.facts.keys());
    if (defined) putLast(to.facts, name, defined);
  }
}

/** What is written again takes its place where it was written last: a file has its own words in its own order. */
function putLast<Value>(to: Map<string, Value>, key: string, value: Value): void {
  to.delete(key);
  to.set(key, value);
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
