import { defineFact, type FactDefinition, rewordFact } from './facts.ts';
import { nearest, type Problem, ProblemList } from './problems.ts';
import { isConclusionName } from './sections.ts';
import { parseShape } from './shape.ts';
import { type Origin, type Path, parseSource, type Written } from './source.ts';
import { type Fallback, type LocalWords, VOCABULARY_KEYS, vocabularySchema } from './vocabulary-schema.ts';
import { readWordFile, START_WITHIN, type WordFile } from './word-file.ts';
import { splitWords, startIn } from './word-texts.ts';
import type { Worklists } from './worklists.ts';
import { checkWorklists, extendWorklists, NO_WORKLISTS } from './worklists.ts';

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
  /** Of the rule set that the words belong to; null where they are those that rule sets share. */
  timeZone: string | null;
  /** Those that a rule file may name in `uses`, by name. */
  wordFiles: ReadonlyMap<string, WordFile>;
}

const LABELS = ['outcomes', 'voucherStates', 'claimStates', 'nextSteps'] as const;

/** Reads the words of a rule set, or of all: `vocabulary.yaml`, and the word files that follow in one text (`joinWords`). */
export function readVocabulary(file: string, joined: string, origin: Origin = 'file') {
  const { shared, used } = splitWords(joined);
  const folder = file.replace(/[^/]*$/, '');
  const wordTexts = used.map((each) => ({ ...each, file: `${folder}words/${each.name}.yaml` }));
  return readWords(file, shared, wordTexts, origin);
}

/**
 * As `readVocabulary`, of texts by themselves; null is one that cannot be read. `vocabulary` is null only when something is wrong
 * with the shared words: what is wrong with a word file is told by the rule files that use it.
 */
export function readWords(
  file: string,
  content: string,
  wordTexts: readonly { name: string; file: string; text: string | null }[],
  origin: Origin,
): { vocabulary: Vocabulary | null; problems: Problem[] } {
  const source = parseSource(file, content);
  const { value, problems: misshapen } = parseShape(source, vocabularySchema, VOCABULARY_KEYS);
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
    ...{ whenUnknown, whenContradictory, worklists, timeZone: null },
    wordFiles: new Map(wordTexts.map((each) => [each.name, readWordFile(each)])),
  };
  addWords(vocabulary, value, { source, origin, path: [], problems });
  checkFallback(vocabulary, 'whenUnknown', problems);
  checkFallback(vocabulary, 'whenContradictory', problems);
  if (worklists) checkWorklists(worklists, vocabulary, problems, ['worklists']);
  const start = startIn(content);
  if (start) problems.addAt('forbidden-yaml', () => ({ file, ...start, column: 1 }), START_WITHIN);
  return {
    vocabulary: problems.isEmpty ? vocabulary : null,
    problems: [...misshapen, ...problems.all()],
  };
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

/**
 * `shared` with the words of the files that a rule file names, each going before those of the files before it. null where one of
 * them is not there or cannot be read; `found` is what is wrong in those files, `problems` with the rule file.
 */
export function useWordFiles(
  shared: Vocabulary,
  uses: readonly string[],
  origin: Origin,
  problems: ProblemList<Path>,
): { vocabulary: Vocabulary | null; found: Problem[] } {
  const found: Problem[] = [];
  let vocabulary = shared;
  let isWhole = true;
  for (const [i, name] of uses.entries()) {
    const file = shared.wordFiles.get(name);
    if (uses.indexOf(name) < i)
      problems.add('duplicate-id', ['uses', i], {
        ja: `「${name}」が二度書かれています。`,
        en: `"${name}" is named twice.`,
      });
    else if (file === undefined)
      problems.add('unknown-word-file', ['uses', i], {
        ja: `言葉のファイル words/${name}.yaml がありません。`,
        en: `There is no word file words/${name}.yaml.`,
        suggestion: () => nearest(name, shared.wordFiles.keys()),
      });
    else found.push(...file.problems);
    isWhole &&= file?.words != null;
    if (!file?.words) continue;
    const inFile = new ProblemList(file.source.at);
    const at = { source: file.source, origin, path: [], problems: inFile };
    vocabulary = extendVocabulary(vocabulary, file.words, at);
    found.push(...inFile.all());
  }
  return { vocabulary: isWhole ? vocabulary : null, found };
}

/** What is wrong with a word file as it stands beside the shared words alone. */
export const problemsOfWords = (shared: Vocabulary, name: string): Problem[] =>
  useWordFiles(shared, [name], 'file', new ProblemList(() => ({ file: '', line: 1, column: 1 }))).found;

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
  for (const [name, fact] of Object.entries(words.facts ?? {})) {
    const at = { ...written, path: [...path, 'facts', name] };
    if (isConclusionName(name))
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
