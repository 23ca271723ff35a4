/** The files of words: vocabulary.yaml, and words/<name>.yaml beside it, which rule files name in `uses`. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { joinWords, usesOf } from '../rulebook/word-texts.ts';
import { displayName } from './file-texts.ts';

export const VOCABULARY_FILE = 'vocabulary.yaml';
const WORDS_FOLDER = 'words';

/** By its path from the rules folder, or any longer one. */
export const isWordFile = (path: string): boolean => /(^|[/\\])words[/\\][^/\\.][^/\\]*\.ya?ml$/.test(path);

/** Whether it is one of those beside the folder's own vocabulary.yaml, which its rule files can use. */
export const isOwnWordFile = (path: string): boolean =>
  dirname(path) === WORDS_FOLDER && isWordFile(path) && path.endsWith('.yaml');

/** Whether it stands where word files do, under a name that none has. By its path from the rules folder. */
export const isMisnamedWordFile = (path: string): boolean =>
  dirname(path) === WORDS_FOLDER && /^[^.].*\.ya?ml(\.txt)?$/i.test(basename(path)) && !isOwnWordFile(path);

export const wordFileName = (path: string): string => basename(path, '.yaml');

/** From the rules folder. */
export const wordFilePath = (name: string): string => `${WORDS_FOLDER}/${name}.yaml`;

/** Those beside a vocabulary.yaml, in order of path. `read` gives null for what it cannot read. */
export async function readWordFiles(vocabularyPath: string, read: (path: string) => Promise<string | null>) {
  const folder = join(dirname(vocabularyPath), WORDS_FOLDER);
  const names = await readdir(folder).catch((): string[] => []);
  const paths = names.map((name) => join(folder, name)).filter((path) => isWordFile(path));
  const found: { name: string; file: string; text: string | null }[] = [];
  for (const path of paths.filter((each) => each.endsWith('.yaml')).sort())
    found.push({ name: wordFileName(path), file: displayName(path), text: await read(path) });
  return found;
}

/**
 * All words that a rule file is read with, in one text. `read` reads a path from the rules folder; what it cannot read is left
 * out, and missed by whoever reads the rule file.
 */
export async function wordsFor(
  ruleText: string,
  vocabularyText: string,
  read: (path: string) => Promise<string | null>,
): Promise<string> {
  const used: { name: string; text: string }[] = [];
  for (const name of usesOf(ruleText)) {
    const text = await read(wordFilePath(name));
    if (text !== null) used.push({ name, text });
  }
  return joinWords(vocabularyText, used);
}
