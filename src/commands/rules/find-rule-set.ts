import { join } from 'node:path';
import type { RuleSetName } from '../../operations/versions.ts';
import {
  displayName,
  fileReader,
  keyOf,
  type LoadedRuleSet,
  load,
  loadLibrary,
  VOCABULARY_FILE,
} from '../../rule-files/load.ts';
import { nearest } from '../../rulebook/problems.ts';
import { readVocabulary } from '../../rulebook/vocabulary.ts';
import { UsageError } from '../terminal/io.ts';

/** The rule set that the options name; a usage error with the nearest name where there is none. */
export async function findRuleSet(rulesDir: string, names: RuleSetName): Promise<LoadedRuleSet> {
  const key = keyOf(names.prefecture, names.incident);
  const one = await loadOne(rulesDir, names);
  if (one) return one;
  const { ruleSets } = await loadLibrary(rulesDir);
  const found = ruleSets.get(key);
  if (found) return found;
  const suggestion = nearest(key, ruleSets.keys());
  const known = [...ruleSets.keys()].join(', ');
  throw new UsageError({
    en: `no sound rule set ${key} (there are: ${known})${suggestion ? ` Did you mean: ${suggestion}` : ''}`,
    ja: `${key}：使えるルールがありません（使えるルール：${known}）${suggestion ? `もしかして：${suggestion}` : ''}`,
  });
}

/** One rule set is wanted: the others are not even read. */
async function loadOne(
  rulesDir: string,
  { prefecture, incident }: RuleSetName,
): Promise<LoadedRuleSet | null> {
  const read = fileReader(new Map(), []);
  const path = join(rulesDir, prefecture, `${incident}.yaml`);
  const vocabularyText = await read(join(rulesDir, VOCABULARY_FILE));
  const ruleText = await read(path);
  if (vocabularyText === null || ruleText === null) return null;
  const { vocabulary } = readVocabulary(VOCABULARY_FILE, vocabularyText);
  const loaded = vocabulary && load(displayName(path), ruleText, vocabulary, vocabularyText).loaded;
  const isMeant = loaded?.ruleSet.prefecture === prefecture && loaded.ruleSet.incident === incident;
  return isMeant ? loaded : null;
}
