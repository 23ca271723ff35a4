/** Deciding chunks in the tests, without files and threads. */
import { readFileSync } from 'node:fs';
import { readColumns } from '../../src/bulk/columns.ts';
import { createDecider, type Decided, type Decider } from '../../src/bulk/decide-chunk.ts';
import type { Task } from '../../src/bulk/task.ts';
import { type LoadedRuleSet, load } from '../../src/rule-files/load.ts';
import { YAMAGUCHI } from '../engine/yamaguchi.ts';
import { vocabularyOf } from '../rulebook/fixtures.ts';
import { allWords } from '../support/words.ts';

export const loadedFrom = (file: string, ruleText: string, vocabularyText: string): LoadedRuleSet => {
  const { loaded, problems } = load(file, ruleText, vocabularyOf(vocabularyText), vocabularyText);
  if (!loaded) throw new Error(JSON.stringify(problems, null, 2));
  return loaded;
};

export const loadedYamaguchi = (): LoadedRuleSet =>
  loadedFrom(YAMAGUCHI, readFileSync(YAMAGUCHI, 'utf8'), allWords());

export function taskOf(loaded: LoadedRuleSet, changes: Partial<Task>): Task {
  const { ruleSet, ruleText, vocabularyText } = loaded;
  return {
    rules: { file: ruleSet.file, ruleText, vocabularyText, commit: null },
    input: { format: 'ndjson' },
    output: 'ndjson',
    payments: true,
    review: true,
    asOf: 0,
    explain: false,
    log: null,
    ...changes,
  };
}

export const csvInput = (loaded: LoadedRuleSet, headings: string[], localTimes = false): Task['input'] => {
  const { columns, problems } = readColumns(headings, loaded.ruleSet.vocabulary, {
    map: new Map(),
    ignore: new Set(),
  });
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return { format: 'csv', columns, encoding: 'utf-8', localTimes };
};

export const decider = (loaded: LoadedRuleSet, changes: Partial<Task>): Decider =>
  createDecider(loaded, taskOf(loaded, changes));

const NOTHING_LOGGED: ReadonlyMap<number, string> = new Map();

export const decideText = (
  to: Decider,
  text: string | Buffer,
  { line = 1, logged = NOTHING_LOGGED } = {},
): Promise<Decided> => to({ chunk: { bytes: Buffer.from(text), line }, logged, repeats: new Map() });
