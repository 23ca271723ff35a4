import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { compile, type Program } from '../engine/program.ts';
import { seemsDraft } from '../rulebook/draft.ts';
import { byPosition, type Problem, withoutRepeats } from '../rulebook/problems.ts';
import { readRuleSet } from '../rulebook/read-rule-set.ts';
import type { RuleSet } from '../rulebook/rule-set.ts';
import { type Origin, problemsOfWords, type Vocabulary } from '../rulebook/vocabulary.ts';
import { joinWords, splitWords, usesOf } from '../rulebook/word-texts.ts';
import { chooseFile, groupByKey } from './choose-file.ts';
import { isRead, isRuleFile, isSeen, type Misplacing, misplacingOf } from './file-names.ts';
import {
  duplicates,
  misnamed,
  misnamedCases,
  misnamedWords,
  misplacedWords,
  notAFile,
  unreachable as unreachableProblem,
  unreadable,
  unusedWords,
} from './file-problems.ts';
import { displayName, pathFrom, textOf } from './file-texts.ts';
import type { Content, FolderScan, FoundFile, ReadFolder } from './scan.ts';
import { fingerprintOf, readFolder, readRegularFile, scanFolder } from './scan.ts';
import { areSameWords, type SharedWords, vocabularyOf } from './shared-words.ts';

export { casesFileOf, isCasesFile, isRuleFile } from './file-names.ts';
export { displayName, fileReader } from './file-texts.ts';
export { VOCABULARY_FILE } from './word-files.ts';

/** A rule set ready to answer, with the texts that it was read from. */
export interface LoadedRuleSet {
  ruleSet: RuleSet;
  program: Program;
  /** sha256 of the rule file and its words; see `versionOf`. */
  version: string;
  ruleText: string;
  /** All words that it is read with: see `joinWords`. */
  vocabularyText: string;
}

/** A rule file as it was read, with the words of its folder: more word files, perhaps, than it uses. */
export interface FileText {
  path: string;
  /** Its name as people see it. */
  file: string;
  ruleText: string;
  words: Pick<SharedWords, 'file' | 'text' | 'vocabulary'>;
}

/** What has to be known of a sound rule file, whatever is made of it. */
export interface Loadable {
  version: string;
  ruleSet: Pick<RuleSet, 'file' | 'prefecture' | 'incident' | 'isDraft' | 'uses'>;
}

/** Of each file what was made of it, null where it is broken, and what is wrong with it. */
export type Loader<Loaded> = (
  files: readonly FileText[],
) => Promise<{ loaded: Loaded | null; problems: Problem[] }[]>;

/** A file that holds, or should hold, a rule set. */
export interface RuleFile<Loaded = LoadedRuleSet> extends FoundFile {
  /** Its name as people see it. */
  file: string;
  /** `keyOf` what it holds; of a broken file what its path says, which is the same in a sound one. */
  key: string;
  /** null where it is broken. */
  loaded: Loaded | null;
  isDraft: boolean;
  /** Of the file alone. */
  problems: Problem[];
}

/** Everything in a rules folder, as far as it is sound. */
export interface Library<Loaded = LoadedRuleSet> {
  /** By `keyOf`. Of a rule set in several files the one in <prefecture>/<incident>.yaml, or none. */
  ruleSets: ReadonlyMap<string, Loaded>;
  /** By `keyOf`, the broken ones too, without drafts. Empty where the vocabulary is broken. */
  filesByKey: ReadonlyMap<string, RuleFile<Loaded>[]>;
  /** The broken ones too. One beside the file of the same rule set is the next version of it, being written. */
  drafts: readonly RuleFile<Loaded>[];
  /** Errors and warnings of all files but drafts and word files that nobody uses, in order of file and line. */
  problems: Problem[];
  /** Those of word files that no rule file uses, a draft neither: no answer rests on them. */
  problemsOfUnused: Problem[];
  /** The texts by file, to quote lines from. */
  texts: ReadonlyMap<string, string>;
  /** What was read, by path: read again only when the file stands otherwise. */
  contents: ReadonlyMap<string, Content>;
  /** Whether the vocabulary, without which no file has a meaning, was sound. */
  isReadable: boolean;
  /** Paths of folders and files that cannot be looked at: nothing is known of what is in them. */
  unreachable: readonly string[];
  /** Paths of rule files where something else stands, a folder or a FIFO. */
  notFiles: readonly string[];
  /** Of the folder as it was read. */
  fingerprint: string;
}

export const keyOf = (prefecture: string, incident: string): string => `${prefecture}/${incident}`;

/** sha256, in hex, of the rule file's text, a NUL, and the text of all its words, in UTF-8. */
export function versionOf(ruleText: string, vocabularyText: string): string {
  return createHash('sha256').update(ruleText).update('\0').update(vocabularyText).digest('hex');
}

const VERSION = /^[0-9a-f]{6,64}$/i;

/** A version, or the first 6 or more of its digits, in lower case; null where the text is neither. */
export const readVersion = (text: string): string | null => (VERSION.test(text) ? text.toLowerCase() : null);

/** `vocabulary` was read from `vocabularyText`, which may have more word files in it than the rule file uses. */
export function load(
  file: string,
  ruleText: string,
  vocabulary: Vocabulary,
  vocabularyText: string,
  origin: Origin = 'file',
) {
  const { ruleSet, problems } = readRuleSet(file, ruleText, vocabulary, origin);
  const loaded: LoadedRuleSet | null = ruleSet && {
    ...{ ruleSet, program: compile(ruleSet), ruleText },
    ...textsOf(ruleSet, ruleText, vocabulary, vocabularyText),
  };
  return { loaded, problems };
}

/** Ready to answer, one after the other: requests that come meanwhile do not wait for all of the files. */
export const loadRuleSets: Loader<LoadedRuleSet> = async (files) => {
  const results: ReturnType<typeof load>[] = [];
  for (const { file, ruleText, words } of files) {
    await nextTurn();
    results.push(load(file, ruleText, words.vocabulary, words.text));
  }
  return results;
};

function textsOf({ uses }: RuleSet, ruleText: string, { wordFiles }: Vocabulary, text: string) {
  const used = uses.map((name) => ({ name, text: wordFiles.get(name)?.text ?? '' }));
  const vocabularyText = joinWords(splitWords(text).shared, used);
  return { version: versionOf(ruleText, vocabularyText), vocabularyText };
}

/** The rule files under `directory`, in order: <prefecture>/<incident>.yaml, cases files left out; and what it cannot look at. */
export const listRuleFiles = (directory: string): Promise<FolderScan> => scanFolder(directory, isRuleFile);

/** Of rule files that are named: each that has another for the same rule set in the folder, as its path says. */
export async function duplicatesAmong(
  directory: string,
  named: ReadonlySet<string>,
  texts: ReadonlyMap<string, string>,
): Promise<Problem[]> {
  const { files } = await listRuleFiles(directory);
  const candidates = files.map((found) => {
    const file = displayName(found.path, directory);
    return { ...found, file, key: keyByPath(file), loaded: null };
  });
  const problems: Problem[] = [];
  for (const [key, group] of groupByKey(directory, candidates)) {
    if (group.length === 1) continue;
    const toServe: typeof group = [];
    for (const one of group) {
      const text = await readRegularFile(one.path).catch(() => '');
      if (!seemsDraft(basename(one.path), text)) toServe.push(one);
    }
    if (toServe.length > 1) problems.push(...duplicates(key, toServe, texts));
  }
  return problems.filter(({ position }) => named.has(position.file));
}

/** Changes when what `loadLibrary` reads may have changed. */
export const fingerprintOfFolder = async (directory: string): Promise<string> =>
  fingerprintOf(await scanFolder(directory, isSeen));

/**
 * With what was loaded before, only what has changed since is read and parsed: the rest is given back, its memory warm.
 * `touched` are paths known to have changed, however the file system counts time.
 */
export const loadLibrary = (
  directory: string,
  before?: Library,
  touched?: ReadonlySet<string>,
): Promise<Library> => libraryOf(loadRuleSets, directory, before, touched);

/** As `loadLibrary`, with whatever a loader makes of rule files. */
export async function libraryOf<Loaded extends Loadable>(
  loader: Loader<Loaded>,
  directory: string,
  before?: Library<Loaded>,
  touched: ReadonlySet<string> = new Set(),
): Promise<Library<Loaded>> {
  const { scan, contents } = await readFolder(
    directory,
    { isSeen, isRead: (path) => isRead(pathFrom(directory, path)) },
    before?.contents ?? new Map(),
    touched,
  );
  const nameOf = (path: string): string => displayName(path, directory);
  const texts = new Map<string, string>();
  const problems = scan.unreachable.map(({ path, error }) => unreachableProblem(nameOf(path), error));
  for (const [path, content] of contents) {
    if ('text' in content) texts.set(nameOf(path), content.text);
    else problems.push(unreadable(nameOf(path), content.error));
  }
  const vocabulary = await vocabularyOf(directory, { scan, contents }, texts, problems);
  const files = vocabulary
    ? await readRuleFiles(loader, directory, { scan, contents }, vocabulary, before)
    : [];
  for (const { path } of scan.files) {
    const misplacing = misplacingOf(pathFrom(directory, path));
    if (misplacing) problems.push(MISPLACED[misplacing](nameOf(path)));
  }
  problems.push(...scan.notFiles.map((path) => notAFile(nameOf(path))));
  const drafts = files.filter(({ isDraft }) => isDraft);
  const toServe = files.filter(({ isDraft }) => !isDraft);
  problems.push(...toServe.flatMap((each) => each.problems));
  const filesByKey = groupByKey(directory, toServe);
  const ruleSets = new Map<string, Loaded>();
  for (const [key, group] of filesByKey) {
    if (group.length > 1) problems.push(...duplicates(key, group, texts));
    const loaded = chooseFile(directory, group)?.loaded;
    if (loaded) ruleSets.set(key, loaded);
  }
  return {
    ...{ ruleSets, filesByKey, drafts, texts, contents },
    problems: withoutRepeats(problems).sort(byPosition),
    problemsOfUnused: vocabulary ? problemsOfUnusedWords(vocabulary, files, contents) : [],
    ...{ isReadable: vocabulary !== null, fingerprint: fingerprintOf(scan) },
    unreachable: scan.unreachable.map(({ path }) => path),
    notFiles: scan.notFiles,
  };
}

const MISPLACED = {
  misnamed,
  'misnamed-cases': misnamedCases,
  'misnamed-words': misnamedWords,
  'misplaced-words': misplacedWords,
} satisfies Record<Misplacing, (file: string) => Problem>;

/** Of word files that no rule file names, a draft or a broken one neither: what is wrong in them, and that none does. */
function problemsOfUnusedWords(
  { vocabulary }: SharedWords,
  files: readonly RuleFile<Loadable>[],
  contents: ReadonlyMap<string, Content>,
): Problem[] {
  const used = new Set(
    files.flatMap(({ path, loaded }) => loaded?.ruleSet.uses ?? usesOf(textOf(contents.get(path)) ?? '')),
  );
  const unused = [...vocabulary.wordFiles.keys()].filter((name) => !used.has(name));
  return unused.flatMap((name) => problemsOfUnusedFile(vocabulary, name));
}

/** Of a word file that no rule file uses; none where there is no such file. */
export function problemsOfUnusedFile(vocabulary: Vocabulary, name: string): Problem[] {
  const file = vocabulary.wordFiles.get(name)?.source.file;
  return file === undefined ? [] : [...problemsOfWords(vocabulary, name), unusedWords(file, name)];
}

async function readRuleFiles<Loaded extends Loadable>(
  loader: Loader<Loaded>,
  directory: string,
  { scan, contents }: ReadFolder,
  shared: SharedWords,
  before: Library<Loaded> | undefined,
): Promise<RuleFile<Loaded>[]> {
  const textBefore = (path: string): string | null => textOf(before?.contents.get(path));
  const isSame = before?.isReadable && areSameWords(directory, shared, before.contents);
  const filesBefore = isSame ? [...before.drafts, ...[...before.filesByKey.values()].flat()] : [];
  const known = new Map(filesBefore.map((each) => [each.path, each]));
  const read = scan.files
    .filter(({ path }) => isRuleFile(pathFrom(directory, path)))
    .map((found) => ({
      ...found,
      file: displayName(found.path, directory),
      text: textOf(contents.get(found.path)),
    }));
  const sameAsBefore = ({ path, text }: { path: string; text: string | null }) =>
    text !== null && textBefore(path) === text ? known.get(path) : undefined;
  const changed = read.flatMap((one): FileText[] =>
    one.text === null || sameAsBefore(one)
      ? []
      : [{ path: one.path, file: one.file, ruleText: one.text, words: shared }],
  );
  const results = await loader(changed);
  const loadedAt = new Map(changed.map(({ path }, i) => [path, results[i]]));
  return read.map(({ text, ...found }) => {
    const { path, file } = found;
    const same = sameAsBefore({ path, text });
    if (same) return { ...same, ...found };
    const { loaded, problems } = loadedAt.get(path) ?? { loaded: null, problems: [] };
    const isDraftBefore = text === null ? known.get(path)?.isDraft : loaded?.ruleSet.isDraft;
    return {
      ...{ ...found, loaded, problems },
      key: loaded ? keyOf(loaded.ruleSet.prefecture, loaded.ruleSet.incident) : keyByPath(file),
      isDraft: isDraftBefore ?? seemsDraft(basename(path), text ?? ''),
    };
  });
}

/** What a sound file at this path would hold. */
const keyByPath = (file: string): string =>
  file
    .replace(/(\.draft)?\.ya?ml$/, '')
    .split('/')
    .slice(-2)
    .join('/');
