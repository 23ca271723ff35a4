import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { compile, type Program } from '../engine/program.ts';
import { byPosition, type Problem, problemOf } from '../rulebook/problems.ts';
import { readRuleSet } from '../rulebook/read-rule-set.ts';
import type { RuleSet } from '../rulebook/rule-set.ts';
import { readVocabulary, type Vocabulary } from '../rulebook/vocabulary.ts';

/** A rule set ready to answer, with the texts that it was read from. */
export interface LoadedRuleSet {
  ruleSet: RuleSet;
  program: Program;
  /** sha256 of the rule file and the vocabulary; see `versionOf`. */
  version: string;
  ruleText: string;
  vocabularyText: string;
}

/** Everything in a rules folder, as far as it is sound. */
export interface Library {
  /** By `keyOf`. */
  ruleSets: ReadonlyMap<string, LoadedRuleSet>;
  /** Errors and warnings of all files, in order of file and line. */
  problems: Problem[];
  /** The texts by file, to quote lines from. */
  texts: ReadonlyMap<string, string>;
  /** How each file stood just before it was read: read again only when it stands otherwise. */
  stamps: ReadonlyMap<string, string>;
}

export const VOCABULARY_FILE = 'vocabulary.yaml';
const CASES_SUFFIX = '.cases.yaml';

export const keyOf = (prefecture: string, incident: string): string => `${prefecture}/${incident}`;

/** sha256, in hex, of the rule file's text, a NUL, and the vocabulary's text, in UTF-8. */
export function versionOf(ruleText: string, vocabularyText: string): string {
  return createHash('sha256').update(ruleText).update('\0').update(vocabularyText).digest('hex');
}

const VERSION = /^[0-9a-f]{6,64}$/i;

/** A version, or the first 6 or more of its digits, in lower case; null where the text is neither. */
export const readVersion = (text: string): string | null => (VERSION.test(text) ? text.toLowerCase() : null);

export function load(file: string, ruleText: string, vocabulary: Vocabulary, vocabularyText: string) {
  const { ruleSet, problems } = readRuleSet(file, ruleText, vocabulary);
  const version = versionOf(ruleText, vocabularyText);
  const loaded: LoadedRuleSet | null = ruleSet && {
    ruleSet,
    program: compile(ruleSet),
    version,
    ruleText,
    vocabularyText,
  };
  return { loaded, problems };
}

/** The rule files under `directory`, in order: <prefecture>/<incident>.yaml, cases files left out. */
export async function listRuleFiles(directory: string): Promise<string[]> {
  const names = await readdir(directory, { recursive: true });
  return names
    .filter(isRuleFile)
    .sort()
    .map((name) => join(directory, name));
}

/** By its path from the rules folder. */
export const isRuleFile = (name: string): boolean =>
  /\.ya?ml$/.test(name) && !name.endsWith(CASES_SUFFIX) && name !== VOCABULARY_FILE;

export const casesFileOf = (ruleFile: string): string => ruleFile.replace(/\.ya?ml$/, CASES_SUFFIX);
export const isCasesFile = (file: string): boolean => file.endsWith(CASES_SUFFIX);

const NOTHING: ReadonlySet<string> = new Set();

/**
 * With what was loaded before, only what has changed since is read and parsed: the rest is given back, its memory warm.
 * `touched` are paths known to have changed, however the file system counts time.
 */
export async function loadLibrary(
  directory: string,
  before?: Library,
  touched: ReadonlySet<string> = NOTHING,
): Promise<Library> {
  const texts = new Map<string, string>();
  const stamps = new Map<string, string>();
  const problems: Problem[] = [];
  const ruleSets = new Map<string, LoadedRuleSet>();
  const library: Library = { ruleSets, problems, texts, stamps };
  const readNow = fileReader(texts, problems);
  /** Not from the disk where the file stands as it did. */
  async function read(path: string): Promise<string | null> {
    const file = displayName(path);
    const stamp = await stampOf(path);
    if (stamp !== null) stamps.set(file, stamp);
    const isSame = stamp !== null && before?.stamps.get(file) === stamp && !touched.has(path);
    const text = isSame ? before.texts.get(file) : undefined;
    if (text === undefined) return readNow(path);
    texts.set(file, text);
    return text;
  }

  const vocabularyPath = join(directory, VOCABULARY_FILE);
  const vocabularyText = await read(vocabularyPath);
  if (vocabularyText === null) return library;
  const shared = readVocabulary(displayName(vocabularyPath), vocabularyText);
  problems.push(...shared.problems);
  if (shared.vocabulary === null) return library;

  const paths = await listRuleFiles(directory);
  await Promise.all(paths.map(read));
  const sameWords = before?.texts.get(displayName(vocabularyPath)) === vocabularyText;
  const loadedBefore = new Map([...(before?.ruleSets.values() ?? [])].map((l) => [l.ruleSet.file, l]));
  for (const file of paths.map(displayName)) {
    const ruleText = texts.get(file);
    if (ruleText === undefined) continue;
    const isSame = sameWords && before.texts.get(file) === ruleText;
    // Requests that come meanwhile do not wait for all of the files.
    if (!isSame) await nextTurn();
    const { loaded, problems: found } = isSame
      ? {
          loaded: loadedBefore.get(file) ?? null,
          problems: before.problems.filter((p) => p.position.file === file),
        }
      : load(file, ruleText, shared.vocabulary, vocabularyText);
    problems.push(...found);
    if (loaded) ruleSets.set(keyOf(loaded.ruleSet.prefecture, loaded.ruleSet.incident), loaded);
  }
  problems.sort(byPosition);
  return library;
}

/** Differs where the file was written or another put in its place; null where that cannot be told. */
async function stampOf(path: string): Promise<string | null> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join();
  } catch {
    return null;
  }
}

/** Paths as people see them: from the working directory; <folder>/<prefecture>/<file> where that is elsewhere. */
export function displayName(path: string): string {
  const steps = relative(process.cwd(), path).split(sep);
  return (steps[0] === '..' || isAbsolute(steps.join(sep)) ? steps.slice(-3) : steps).join('/');
}

/** Reads files once each into `texts`; null, with a problem, for one that cannot be read. */
export function fileReader(texts: Map<string, string>, problems: Problem[]) {
  return async (path: string): Promise<string | null> => {
    const file = displayName(path);
    const known = texts.get(file);
    if (known !== undefined) return known;
    try {
      const text = await readFile(path, 'utf8');
      texts.set(file, text);
      return text;
    } catch (error) {
      problems.push(unreadable(file, error));
      return null;
    }
  };
}

function unreadable(file: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  const said = { ja: `ファイルを読めません（${reason}）。`, en: `The file cannot be read (${reason}).` };
  return problemOf('cannot-read', { file, line: 1, column: 1 }, said);
}
