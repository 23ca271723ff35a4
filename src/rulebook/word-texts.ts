/**
 * One text for all words that a rule set is read with: that of vocabulary.yaml, then a YAML document for each word file that it
 * uses. It is what a version is the hash of and what the log keeps; without word files it is vocabulary.yaml as it stands.
 */
import { isObject } from './basics.ts';
import { idSchema } from './shape.ts';
import { parseSource } from './source.ts';

/** A word file, rules/words/<name>.yaml. */
export interface WordText {
  name: string;
  text: string;
}

/** The line breaks around it are its own, so that every text comes back as it was. */
const startOf = (name: string): string => `\n--- # words/${name}.yaml\n`;
const START = /\n--- # words\/([A-Za-z0-9][A-Za-z0-9._-]*)\.yaml\n/;

export const joinWords = (shared: string, used: readonly WordText[]): string =>
  shared + used.map(({ name, text }) => startOf(name) + text).join('');

export function splitWords(joined: string): { shared: string; used: WordText[] } {
  const [shared = '', ...rest] = joined.split(START);
  const used = rest.flatMap((name, i) => (i % 2 === 0 ? { name, text: rest[i + 1] ?? '' } : []));
  return { shared, used };
}

/** Where a text would be taken for several, which it must not; null where it would not. */
export function startIn(text: string): { line: number } | null {
  const found = START.exec(`${text}\n`);
  return found && { line: text.slice(0, found.index + 1).split('\n').length };
}

/** The word files that a rule file names, as far as it can be read. */
export function usesOf(ruleText: string): string[] {
  const named = ruleText.match(/\buses\b|\\[xuU]/g) ?? [];
  if (named.length === 0) return [];
  // Parsing takes long: where the word stands nowhere else, these lines are enough.
  const lines = named.length === 1 ? /^uses:.*\n(?:[ \t#-].*\n|\n)*/m.exec(ruleText)?.[0] : undefined;
  const { data } = parseSource('', lines ?? ruleText, { mends: false });
  const uses: unknown = isObject(data) ? data.uses : null;
  const isName = (name: unknown): name is string => idSchema.safeParse(name).success;
  return Array.isArray(uses) ? uses.filter(isName) : [];
}
