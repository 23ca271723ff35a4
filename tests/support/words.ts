/** The words of the shipped rules, and of copies of them. */
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinWords, usesOf } from '../../src/rulebook/word-texts.ts';

const textOf = (folder: string, name: string) => ({
  name,
  text: readFileSync(join(folder, 'words', `${name}.yaml`), 'utf8'),
});

/** vocabulary.yaml and the word files `named`, all where none are, in one text. */
function wordsIn(folder: string, named?: readonly string[]): string {
  const names = named ?? readdirSync(join(folder, 'words')).map((file) => file.replace('.yaml', ''));
  const shared = readFileSync(join(folder, 'vocabulary.yaml'), 'utf8');
  return joinWords(
    shared,
    names.map((name) => textOf(folder, name)),
  );
}

/** With all word files, to read any rule file with. */
export const allWords = (folder = 'rules'): string => wordsIn(folder);

/** What the version of a rule file is made of, and the log keeps. */
export const wordsOf = (ruleText: string, folder = 'rules'): string => wordsIn(folder, usesOf(ruleText));

/** Everything that rule files are read with. */
export function copyWords(to: string, from = 'rules'): void {
  for (const path of ['vocabulary.yaml', 'words'])
    cpSync(join(from, path), join(to, path), { recursive: true });
}
