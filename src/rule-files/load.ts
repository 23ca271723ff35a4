import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { compile, type Program } from '../engine/program.ts';
import { byPosition, type Problem } from '../rulebook/problems.ts';
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
}

export const VOCABULARY_FILE = 'vocabulary.yaml';
const CASES_SUFFIX = '.cases.yaml';

export const keyOf = (prefecture: string, incident: string): string => `${prefecture}/${incident}`;

/** sha256, in hex, of the rule file's text, a NUL, and the vocabulary's text, in UTF-8. */
export function versionOf(ruleText: string, vocabularyText: string): string {
  return createHash('sha256').update(ruleText).update('\0').update(vocabularyText).digest('hex');
}

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
    .filter((name) => /\.ya?ml$/.test(name) && !name.endsWith(CASES_SUFFIX) && name !== VOCABULARY_FILE)
    .sort()
    .map((name) => join(directory, name));
}

export const casesFileOf = (ruleFile: string): string => ruleFile.replace(/\.ya?ml$/, CASES_SUFFIX);
export const isCasesFile = (file: string): boolean => file.endsWith(CASES_SUFFIX);

/** `reuse` gives back what was loaded before where the texts are the same, its memory warm. */
export async function loadLibrary(directory: string, reuse?: Library): Promise<Library> {
  const texts = new Map<string, string>();
  const problems: Problem[] = [];
  const ruleSets = new Map<string, LoadedRuleSet>();
  const read = fileReader(texts, problems);

  const vocabularyPath = join(directory, VOCABULARY_FILE);
  const vocabularyText = await read(vocabularyPath);
  if (vocabularyText === null) return { ruleSets, problems, texts };
  const shared = readVocabulary(displayName(vocabularyPath), vocabularyText);
  problems.push(...shared.problems);
  if (shared.vocabulary === null) return { ruleSets, problems, texts };

  const before = new Map([...(reuse?.ruleSets.values() ?? [])].map((l) => [l.ruleSet.file, l]));
  for (const path of await listRuleFiles(directory)) {
    const ruleText = await read(path);
    if (ruleText === null) continue;
    const file = displayName(path);
    const known = before.get(file);
    const same = known?.version === versionOf(ruleText, vocabularyText) ? known : null;
    const { loaded, problems: found } = same
      ? { loaded: same, problems: reuse?.problems.filter((p) => p.position.file === file) ?? [] }
      : load(file, ruleText, shared.vocabulary, vocabularyText);
    problems.push(...found);
    if (loaded) ruleSets.set(keyOf(loaded.ruleSet.prefecture, loaded.ruleSet.incident), loaded);
  }
  return { ruleSets, problems: problems.sort(byPosition), texts };
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
  return {
    code: 'cannot-read',
    position: { file, line: 1, column: 1 },
    message: `ファイルを読めません（${reason}）。`,
    suggestion: null,
  };
}
