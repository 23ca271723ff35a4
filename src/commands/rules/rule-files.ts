/** Which files a command is about: those named, or all of the rules folder. */
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { chooseFile } from '../../rule-files/choose-file.ts';
import {
  casesFileOf,
  displayName,
  fileReader,
  isCasesFile,
  type Library,
  type LoadedRuleSet,
  listRuleFiles,
  load,
  loadLibrary,
  VOCABULARY_FILE,
} from '../../rule-files/load.ts';
import type { Problem } from '../../rulebook/problems.ts';
import { readVocabulary } from '../../rulebook/vocabulary.ts';
import { UsageError } from '../terminal/io.ts';

export interface Selected {
  /** Rule sets that are sound. */
  loaded: LoadedRuleSet[];
  /** Cases files, whether or not they read well. */
  casesFiles: string[];
  problems: Problem[];
  texts: Map<string, string>;
}

/** A cases file names its rule file; a rule file brings its cases file along, where there is one. */
export async function selectFiles(rulesDir: string, files: string[]): Promise<Selected> {
  if (files.length === 0) return fromLibrary(rulesDir);
  const ruleFiles = new Set<string>();
  for (const file of files) {
    if (!(await exists(file)))
      throw new UsageError({ en: `${file}: no such file`, ja: `${file}：ファイルがありません` });
    const isVocabulary = file.endsWith(VOCABULARY_FILE);
    if (isVocabulary) for (const each of await allRuleFiles(dirname(resolve(file)))) ruleFiles.add(each);
    else ruleFiles.add(resolve(isCasesFile(file) ? file.replace(/\.cases\.yaml$/, '.yaml') : file));
  }
  const selected: Selected = { loaded: [], casesFiles: [], problems: [], texts: new Map() };
  for (const path of ruleFiles) await addRuleFile(selected, path, rulesDir);
  return selected;
}

async function fromLibrary(rulesDir: string): Promise<Selected> {
  if (!(await exists(rulesDir)))
    throw new UsageError({
      en: `${rulesDir}: no such folder; RULES_DIR says where`,
      ja: `${rulesDir}：フォルダーがありません。RULES_DIR で指定できます`,
    });
  const library: Library = await loadLibrary(rulesDir);
  // Of several files for one rule set, the cases of the one that is meant.
  const others = [...library.filesByKey.values()].flatMap((files) =>
    files.filter((file) => file !== chooseFile(rulesDir, files)),
  );
  const casesFiles: string[] = [];
  for (const path of library.contents.keys()) {
    if (basename(path) === VOCABULARY_FILE || others.some((other) => other.path === path)) continue;
    if (await exists(casesFileOf(path))) casesFiles.push(casesFileOf(path));
  }
  return {
    loaded: [...library.ruleSets.values()],
    casesFiles,
    problems: [...library.problems],
    texts: new Map(library.texts),
  };
}

/** All of a folder; a usage error where it cannot be told which there are. */
export async function allRuleFiles(directory: string): Promise<string[]> {
  const { files, unreachable } = await listRuleFiles(directory);
  const [hidden] = unreachable;
  if (hidden)
    throw new UsageError({
      en: `${displayName(hidden.path, directory)}: cannot be read: ${reasonOf(hidden.error)}`,
      ja: `${displayName(hidden.path, directory)}：読めません：${reasonOf(hidden.error)}`,
    });
  return files.map(({ path }) => path);
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function addRuleFile(selected: Selected, path: string, rulesDir: string): Promise<void> {
  const read = fileReader(selected.texts, selected.problems);
  const beside = join(dirname(path), '..', VOCABULARY_FILE);
  const vocabularyPath = (await exists(beside)) ? beside : join(rulesDir, VOCABULARY_FILE);
  const first = !selected.texts.has(displayName(vocabularyPath));
  const vocabularyText = await read(vocabularyPath);
  const ruleText = await read(path);
  if (vocabularyText === null || ruleText === null) return;
  const { vocabulary, problems } = readVocabulary(displayName(vocabularyPath), vocabularyText);
  if (first) selected.problems.push(...problems);
  if (vocabulary === null) return;
  const result = load(displayName(path), ruleText, vocabulary, vocabularyText);
  selected.problems.push(...result.problems);
  if (result.loaded) selected.loaded.push(result.loaded);
  if (await exists(casesFileOf(path))) selected.casesFiles.push(casesFileOf(path));
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
