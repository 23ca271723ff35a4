/** Which files a command is about, those named, or all of the rules folder; rule sets with their cases. */
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type CasesFile, readCasesFile } from '../../analysis/cases/cases-file.ts';
import { withChoices } from '../../analysis/cases/choices.ts';
import type { Mutable } from '../../analysis/mutation/mutate.ts';
import type { RuleSetName } from '../../operations/versions.ts';
import { chooseFile } from '../../rule-files/choose-file.ts';
import { misnamedWords } from '../../rule-files/file-problems.ts';
import {
  casesFileOf,
  displayName,
  type FileText,
  fileReader,
  keyOf,
  type Loadable,
  type LoadedRuleSet,
  type Loader,
  libraryOf,
  listRuleFiles,
  loadLibrary,
  loadRuleSets,
  problemsOfUnusedFile,
  VOCABULARY_FILE,
} from '../../rule-files/load.ts';
import { readRegularFile } from '../../rule-files/scan.ts';
import { isWordFile, readWordFiles, wordFileName } from '../../rule-files/word-files.ts';
import { byPosition, nearest, type Problem, problemOf, withoutRepeats } from '../../rulebook/problems.ts';
import { longForm } from '../../rulebook/short-form.ts';
import { parseSource } from '../../rulebook/source.ts';
import { readVocabulary, readWords, type Vocabulary } from '../../rulebook/vocabulary.ts';
import { usesOf } from '../../rulebook/word-texts.ts';
import { NO_SUCH_FILE } from '../terminal/files.ts';
import { misuse, UsageError } from '../terminal/io.ts';

interface Selected<Loaded> {
  /** Rule sets that are sound. */
  loaded: Loaded[];
  /** Cases files, whether or not they read well. */
  casesFiles: string[];
  problems: Problem[];
  texts: Map<string, string>;
  /** Of the rule files, by their names as people see them. */
  paths: Map<string, string>;
}

/** A cases file names its rule file; a rule file brings its cases file along, where there is one. */
export const selectFiles = (rulesDir: string, files: readonly string[]): Promise<Selected<LoadedRuleSet>> =>
  selectBy(loadRuleSets, rulesDir, files);

/** As `selectFiles`, with whatever a loader makes of rule files. */
export async function selectBy<Loaded extends Loadable>(
  loader: Loader<Loaded>,
  rulesDir: string,
  files: readonly string[],
): Promise<Selected<Loaded>> {
  if (files.length === 0) return fromLibrary(loader, rulesDir);
  const paths: string[] = [];
  const unused: string[] = [];
  for (const file of files) {
    if (!(await exists(file))) throw misuse(file, NO_SUCH_FILE);
    if (isWordFile(resolve(file))) {
      const users = await usersOf(resolve(file));
      if (users.length === 0) unused.push(resolve(file));
      paths.push(...users);
    } else if (file.endsWith(VOCABULARY_FILE)) paths.push(...(await allRuleFiles(dirname(resolve(file)))));
    else paths.push(resolve(file.replace(/\.cases\.yaml$/, '.yaml')));
  }
  return fromFiles(loader, rulesDir, paths, unused);
}

/** The rule files that use a word file. */
async function usersOf(wordFile: string): Promise<string[]> {
  const name = wordFileName(wordFile);
  const users: string[] = [];
  for (const path of await allRuleFiles(dirname(dirname(wordFile))))
    if (usesOf(await readRegularFile(path).catch(() => '')).includes(name)) users.push(path);
  return users;
}

/** The rule set that is named; a usage error with the nearest name where there is none. */
export async function findRuleSet(
  rulesDir: string,
  { prefecture, incident }: RuleSetName,
): Promise<LoadedRuleSet> {
  // The others are not even read.
  const [one] = (await fromFiles(loadRuleSets, rulesDir, [join(rulesDir, prefecture, `${incident}.yaml`)]))
    .loaded;
  const isAsked = one?.ruleSet.prefecture === prefecture && one.ruleSet.incident === incident;
  if (isAsked && !one.ruleSet.isDraft) return one;
  const { ruleSets, drafts } = await loadLibrary(rulesDir);
  const key = keyOf(prefecture, incident);
  const found = ruleSets.get(key);
  if (found) return found;
  const draft = drafts.find((file) => file.key === key);
  if (draft)
    throw misuse(draft.file, {
      en: 'a draft, which answers nobody; `hosho test` runs its cases',
      ja: '下書きなので、判定には使えません。事例に書けば hosho test で試せます',
    });
  const suggestion = nearest(key, ruleSets.keys());
  const known = [...ruleSets.keys()].join(', ');
  throw new UsageError({
    en: `no sound rule set ${key} (there are: ${known})${suggestion ? ` Did you mean: ${suggestion}` : ''}`,
    ja: `${key}：使えるルールがありません（使えるルール：${known}）${suggestion ? `もしかして：${suggestion}` : ''}`,
  });
}

async function fromLibrary<Loaded extends Loadable>(
  loader: Loader<Loaded>,
  rulesDir: string,
): Promise<Selected<Loaded>> {
  if (!(await exists(rulesDir)))
    throw misuse(rulesDir, {
      en: 'no such folder; RULES_DIR says where',
      ja: 'フォルダーがありません。RULES_DIR で指定できます',
    });
  const { ruleSets, filesByKey, drafts, contents, problems, problemsOfUnused, texts } = await libraryOf(
    loader,
    rulesDir,
  );
  // Of several files for one rule set, the cases of the one that is meant.
  const others = [...filesByKey.values()].flatMap((files) =>
    files.filter((file) => file !== chooseFile(rulesDir, files)),
  );
  const casesFiles: string[] = [];
  for (const path of contents.keys()) {
    if (basename(path) === VOCABULARY_FILE || isWordFile(path) || others.some((other) => other.path === path))
      continue;
    if (await exists(casesFileOf(path))) casesFiles.push(casesFileOf(path));
  }
  const loaded = [...ruleSets.values(), ...drafts.flatMap((draft) => draft.loaded ?? [])];
  const found = [...problems, ...problemsOfUnused, ...drafts.flatMap((draft) => draft.problems)];
  const paths = new Map(
    [...drafts, ...[...filesByKey.values()].flat()].map(({ file, path }) => [file, path]),
  );
  return {
    loaded,
    casesFiles,
    problems: withoutRepeats(found).sort(byPosition),
    texts: new Map(texts),
    paths,
  };
}

/** All of a folder; a usage error where it cannot be told which there are. */
export async function allRuleFiles(directory: string): Promise<string[]> {
  const { files, unreachable } = await listRuleFiles(directory);
  const [hidden] = unreachable;
  if (!hidden) return files.map(({ path }) => path);
  const reason = hidden.error instanceof Error ? hidden.error.message : String(hidden.error);
  throw misuse(displayName(hidden.path, directory), {
    en: `cannot be read: ${reason}`,
    ja: `読めません：${reason}`,
  });
}

/** `unused`: word files that no rule file uses. */
async function fromFiles<Loaded extends Loadable>(
  loader: Loader<Loaded>,
  rulesDir: string,
  paths: readonly string[],
  unused: readonly string[] = [],
): Promise<Selected<Loaded>> {
  const selected: Selected<Loaded> = {
    ...{ loaded: [], casesFiles: [], problems: [], texts: new Map(), paths: new Map() },
  };
  const { casesFiles, problems, texts } = selected;
  const toLoad: FileText[] = [];
  const read = fileReader(texts, problems);
  const wordsOf = wordsReader(read, problems);
  for (const path of new Set(paths)) {
    const beside = join(dirname(path), '..', VOCABULARY_FILE);
    const words = await wordsOf((await exists(beside)) ? beside : join(rulesDir, VOCABULARY_FILE));
    const ruleText = await read(path);
    if (words === null || ruleText === null) continue;
    const file = displayName(path);
    toLoad.push({ path, file, ruleText, words });
    selected.paths.set(file, path);
    if (await exists(casesFileOf(path))) casesFiles.push(casesFileOf(path));
  }
  for (const path of unused) {
    const words = await wordsOf(join(dirname(path), '..', VOCABULARY_FILE));
    await read(path);
    if (!path.endsWith('.yaml')) problems.push(misnamedWords(displayName(path)));
    else if (words) problems.push(...problemsOfUnusedFile(words.vocabulary, wordFileName(path)));
  }
  const results = await loader(toLoad);
  problems.push(...results.flatMap((result) => result.problems));
  return {
    ...{ ...selected, problems: withoutRepeats(problems) },
    loaded: results.flatMap((result) => result.loaded ?? []),
  };
}

type Words = FileText['words'] | null;

/** Reads each vocabulary.yaml once, with the word files beside it; null, with its problems, where it is not sound. */
function wordsReader(read: (path: string) => Promise<string | null>, problems: Problem[]) {
  const known = new Map<string, Words>();
  const readFrom = async (path: string): Promise<Words> => {
    const text = await read(path);
    if (text === null) return null;
    const wordTexts = await readWordFiles(path, read);
    const { vocabulary, problems: found } = readWords(displayName(path), text, wordTexts, 'file');
    problems.push(...found);
    return vocabulary && { file: displayName(path), text, vocabulary };
  };
  return async (path: string): Promise<Words> => {
    const words = known.has(path) ? (known.get(path) ?? null) : await readFrom(path);
    known.set(path, words);
    return words;
  };
}

export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

export interface WithCases {
  loaded: LoadedRuleSet;
  cases: CasesFile;
}

/** The files that are sound; what is wrong with the others goes to `problems`. */
export async function readCases(
  paths: readonly string[],
  texts: Map<string, string>,
  problems: Problem[],
  loaded: readonly Pick<LoadedRuleSet, 'ruleSet'>[] = [],
): Promise<CasesFile[]> {
  const readText = fileReader(texts, problems);
  const found: CasesFile[] = [];
  for (const path of paths) {
    const text = await readText(path);
    if (text === null) continue;
    const file = displayName(path);
    const timeZone = loaded.find(({ ruleSet }) => casesFileOf(ruleSet.file) === file)?.ruleSet.timeZone;
    const read = readCasesFile(file, text, timeZone);
    problems.push(...read.problems);
    if (read.cases) found.push(read.cases);
  }
  return found;
}

/** As `selectFiles`, with the cases read; and the rule sets without any. */
export async function selectCases(rulesDir: string, files: readonly string[]) {
  const { loaded, casesFiles, problems, texts } = await selectFiles(rulesDir, files);
  const pairs: WithCases[] = [];
  for (const cases of await readCases(casesFiles, texts, problems, loaded)) {
    const ruleSet = loaded.find((one) => areCasesOf(cases, one));
    if (ruleSet) pairs.push({ loaded: ruleSet, cases: withChoices(cases, ruleSet.ruleSet.vocabulary) });
    else problems.push(withoutRules(cases));
  }
  // Of cases that are there and cannot be read it is told why.
  const written = new Set(casesFiles.map((path) => displayName(path)));
  const without = loaded.filter(
    (each) => !written.has(casesFileOf(each.ruleSet.file)) && pairs.every((pair) => pair.loaded !== each),
  );
  return { pairs, without, problems, texts };
}

/** They stand beside the rule file: another file may hold another version of the rule set. */
export const areCasesOf = (cases: CasesFile, { ruleSet }: Pick<Loadable, 'ruleSet'>): boolean =>
  cases.file === casesFileOf(ruleSet.file) &&
  cases.prefecture === ruleSet.prefecture &&
  cases.incident === ruleSet.incident;

function withoutRules({ file, prefecture, incident }: CasesFile): Problem {
  const position = { file, line: 1, column: 1 };
  return problemOf('unknown-rule-set', position, {
    ja: `${prefecture}/${incident} のルールが読めないため、事例を確かめられません。`,
    en: `The rules of ${prefecture}/${incident} cannot be read, so the cases cannot be run.`,
  });
}

/** The texts that a sound rule set was read from, parsed once more. */
export function mutableOf(loaded: LoadedRuleSet): Mutable {
  const { program, ruleSet, ruleText } = loaded;
  const vocabulary = wordsOf(loaded);
  const source = longForm(parseSource(ruleSet.file, ruleText), ruleSet.vocabulary);
  return { program, source, vocabulary };
}

/** The shared words that a sound rule set was read with, and its word files. */
export function wordsOf({ ruleSet, vocabularyText }: LoadedRuleSet): Vocabulary {
  const { vocabulary } = readVocabulary(VOCABULARY_FILE, vocabularyText);
  if (vocabulary === null) throw new Error(`${ruleSet.file} was read with words that cannot be read`);
  return vocabulary;
}
