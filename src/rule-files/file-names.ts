/** What a name says of a file in a rules folder, by its path from there: whether it is read, and whether somebody meant it to be. */
import { basename } from 'node:path';
import { isMisnamedWordFile, isOwnWordFile, isWordFile, VOCABULARY_FILE } from './word-files.ts';

const CASES_SUFFIX = '.cases.yaml';

export const casesFileOf = (ruleFile: string): string => ruleFile.replace(/\.ya?ml$/, CASES_SUFFIX);
export const isCasesFile = (file: string): boolean => file.endsWith(CASES_SUFFIX);

/** What editors, office programs and archivers put beside a file: hidden, backups, locks. */
const isLitter = (name: string): boolean => /^(\.|~\$)|~$|^#.*#$/.test(name);

export const isRuleFile = (path: string): boolean =>
  /\.ya?ml$/.test(path) &&
  !isCasesFile(path) &&
  !/(^|[/\\])\./.test(path) &&
  !isLitter(basename(path)) &&
  !isOtherVocabulary(basename(path)) &&
  !isOtherCases(basename(path)) &&
  basename(path) !== VOCABULARY_FILE &&
  !isWordFile(path);

export const isRead = (path: string): boolean =>
  isRuleFile(path) || path === VOCABULARY_FILE || isOwnWordFile(path);

/** vocabulary.yml, or a copy that a file manager has made: no rule set is called so. */
const isOtherVocabulary = (name: string): boolean =>
  name !== VOCABULARY_FILE && /(^|[^A-Za-z0-9._-])vocabulary([^A-Za-z0-9._-].*)?\.ya?ml$/i.test(name);

/** x.cases.yml, or such a copy. */
const isOtherCases = (name: string): boolean => /\.cases(\.yml|[^A-Za-z0-9.].*\.ya?ml)$/i.test(name);

/** Behind .yaml: nothing, in other letters; a second ending that Windows hides; or what a copy or a download is called by. */
const BEHIND = /\.ya?ml(\s*|\.txt|\.text|\s*[-_(]?\s*(copy|コピー|のコピー|\d+).*)$/i;

export type Misplacing = 'misnamed' | 'misnamed-cases' | 'misnamed-words' | 'misplaced-words';

/** Why a file that somebody means is not read; null where it is, or nobody does. */
export function misplacingOf(path: string): Misplacing | null {
  const name = basename(path);
  if (isLitter(name) || isRead(path) || isCasesFile(path)) return null;
  if (isMisnamedWordFile(path)) return 'misnamed-words';
  if (isOtherVocabulary(name) || name === VOCABULARY_FILE || isWordFile(path)) return 'misplaced-words';
  if (isOtherCases(name)) return 'misnamed-cases';
  return BEHIND.test(name.normalize('NFKC')) ? 'misnamed' : null;
}

/** Whatever changes what is served, or what is told. */
export const isSeen = (path: string): boolean => isRead(path) || misplacingOf(path) !== null;
