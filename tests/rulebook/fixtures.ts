import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { byPosition, type Problem } from '../../src/rulebook/problems.ts';
import { readVocabulary, type Vocabulary } from '../../src/rulebook/vocabulary.ts';

const FOLDER = 'tests/fixtures';
/** What the fixtures are called where they are read: they say prefecture: somewhere, incident: outage. */
export const RULE_FILE = 'rules/somewhere/outage.yaml';

export const fixture = (name: string): string => readFileSync(`${FOLDER}/${name}`, 'utf8');

export function vocabularyOf(text: string): Vocabulary {
  const { vocabulary, problems } = readVocabulary('rules/vocabulary.yaml', text);
  if (vocabulary === null) throw new Error(JSON.stringify(problems, null, 2));
  return vocabulary;
}

export const smallVocabulary = (): Vocabulary => vocabularyOf(fixture('vocabulary.yaml'));

/** What a test asserts of a problem: never its prose. */
export interface Expected {
  code: string;
  /** line:column */
  at: string;
  suggestion: string | null;
}

export const summary = (problems: readonly Problem[]): Expected[] =>
  problems.toSorted(byPosition).map(({ code, position: { line, column }, suggestion }) => ({
    code,
    at: `${line}:${column}`,
    suggestion,
  }));

export interface BadFile {
  name: string;
  text: string;
  expected: Expected[];
}

/** Every bad file of a folder, with the problems expected beside it. */
export function badFiles(folder: string): BadFile[] {
  return readdirSync(`${FOLDER}/${folder}`)
    .filter((name) => !name.endsWith('.expected.yaml'))
    .sort()
    .map((name) => ({
      name: name.replace('.yaml', ''),
      text: fixture(`${folder}/${name}`),
      expected: parse(fixture(`${folder}/${name.replace('.yaml', '.expected.yaml')}`)),
    }));
}
