/** The words of a rules folder, as they were read with everything else in it. */
import { join } from 'node:path';
import type { Problem } from '../rulebook/problems.ts';
import { readWords, type Vocabulary } from '../rulebook/vocabulary.ts';
import { displayName, fileReader, pathFrom, textOf } from './file-texts.ts';
import type { Content, ReadFolder } from './scan.ts';
import { isOwnWordFile, VOCABULARY_FILE, wordFileName } from './word-files.ts';

export interface SharedWords {
  /** vocabulary.yaml, as people see it. */
  file: string;
  /** Of vocabulary.yaml. */
  text: string;
  vocabulary: Vocabulary;
  /** Of all word files, by path. */
  wordTexts: ReadonlyMap<string, string | null>;
}

/** null, with its problems, where it is not sound. What is wrong with word files is told where they are used. */
export async function vocabularyOf(
  directory: string,
  { scan, contents }: ReadFolder,
  texts: Map<string, string>,
  problems: Problem[],
): Promise<SharedWords | null> {
  const path = join(directory, VOCABULARY_FILE);
  const file = displayName(path, directory);
  const isTold = problems.some(({ position }) => position.file === file);
  // Of a folder that cannot be looked at, that is all there is to say.
  if (isTold || (scan.files.length === 0 && scan.unreachable.some((each) => each.path === directory)))
    return null;
  const text = await fileReader(texts, problems)(path);
  if (text === null) return null;
  const wordTexts = wordTextsOf(directory, contents);
  const named = [...wordTexts].map(([path, words]) => ({
    ...{ name: wordFileName(path), file: displayName(path, directory), text: words },
  }));
  const { vocabulary, problems: found } = readWords(file, text, named, 'file');
  problems.push(...found);
  return vocabulary && { file, text, vocabulary, wordTexts };
}

const wordTextsOf = (directory: string, contents: ReadonlyMap<string, Content>) =>
  new Map(
    [...contents].flatMap(([path, content]): [string, string | null][] =>
      isOwnWordFile(pathFrom(directory, path)) ? [[path, textOf(content)]] : [],
    ),
  );

const isSameMap = (a: ReadonlyMap<string, string | null>, b: ReadonlyMap<string, string | null>): boolean =>
  a.size === b.size && [...a].every(([key, value]) => value !== null && b.get(key) === value);

/** Whether files were read with the same words `before`. */
export function areSameWords(
  directory: string,
  { text, wordTexts }: SharedWords,
  before: ReadonlyMap<string, Content>,
): boolean {
  const isSame = textOf(before.get(join(directory, VOCABULARY_FILE))) === text;
  return isSame && isSameMap(wordTexts, wordTextsOf(directory, before));
}
