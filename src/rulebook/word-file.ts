/** What several notices of one platform share: rules/words/<name>.yaml. */
import type { LocalizedText } from './lang.ts';
import { type Problem, problemOf } from './problems.ts';
import { parseShape } from './shape.ts';
import { parseSource, type Source } from './source.ts';
import { type LocalWords, localVocabularySchema, VOCABULARY_KEYS } from './vocabulary-schema.ts';
import { startIn } from './word-texts.ts';

export interface WordFile {
  text: string;
  source: Source;
  /** null where it does not read well. */
  words: LocalWords | null;
  problems: Problem[];
}

/** It would be taken for the beginning of a word file, once the texts stand one after the other. */
export const START_WITHIN: LocalizedText = {
  ja: '「--- # words/…」という行は書けません。この行を消してください。',
  en: 'A line "--- # words/…" cannot stand here. Take it away.',
};

interface NamedText {
  file: string;
  text: string | null;
}

/** Its words as they are written: what they come to depends on those before them. */
export function readWordFile({ file, text }: NamedText): WordFile {
  if (text === null) return { text: '', source: parseSource(file, ''), words: null, problems: [] };
  const source = parseSource(file, text);
  const { value: words, problems } = parseShape(source, localVocabularySchema, VOCABULARY_KEYS);
  const start = startIn(text);
  if (words === null || start === null) return { text, source, words, problems };
  return {
    ...{ text, source, words: null },
    problems: [problemOf('forbidden-yaml', { file, ...start, column: 1 }, START_WITHIN)],
  };
}
