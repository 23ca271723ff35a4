import { AS_OF } from '../rulebook/basics.ts';
import { BoundedList, quoted } from '../rulebook/bounded-list.ts';
import { nearest } from '../rulebook/problems.ts';
import type { Vocabulary } from '../rulebook/vocabulary.ts';

/** What a column of the input says of its cases: a fact by its dotted name, REFERENCE, AS_OF or NAMELESS; null where it is left alone. */
export type Column = string | null;

/** It has no heading: nothing may stand in it. */
export const NAMELESS = '';
export const REFERENCE = 'reference';
/** Columns that are no facts, by name and by heading. */
const OTHER_COLUMNS: readonly [heading: string, name: string][] = [
  ['照会番号', REFERENCE],
  ['判定時点', AS_OF],
];

export interface ColumnProblem {
  code: 'unknown-column' | 'duplicate-column' | 'ambiguous-column' | 'unknown-target' | 'unused-option';
  /** The heading, or what was written in the option. */
  name: string;
  /** From 1; null where an option is at fault. */
  column: number | null;
  suggestion: string | null;
}

export interface ColumnOptions {
  /** By heading: a fact, `reference` or `asOf`. */
  map: ReadonlyMap<string, string>;
  /** Headings of columns that are left alone. */
  ignore: ReadonlySet<string>;
}

/** Finds what each heading means: a fact by its dotted name or by its label. */
export function readColumns(
  headings: readonly string[],
  vocabulary: Vocabulary,
  { map, ignore }: ColumnOptions,
): { columns: Column[]; problems: ColumnProblem[]; moreProblems: number } {
  const problems = new BoundedList<ColumnProblem>();
  const meanings = meaningsIn(vocabulary);
  const targetOf = new Map([...map].map(([heading, target]) => [plain(heading), target]));
  const ignored = new Set([...ignore].map(plain));
  const given = headings.map(plain);
  // Else this is no header.
  const hasNames = given.some((heading) => heading !== '');
  const used = new Set<string>();

  const columns = given.map((heading, i): Column => {
    const refuse = (code: ColumnProblem['code'], suggestion: () => string | null): Column => {
      problems.add(() => ({
        code,
        name: quoted(headings[i] ?? ''),
        column: i + 1,
        suggestion: suggestion(),
      }));
      return null;
    };
    const target = targetOf.get(heading);
    if (target === undefined && ignored.has(heading)) return null;
    if (target === undefined && heading === '' && hasNames) return NAMELESS;
    const [name, another] = meanings.get(plain(target ?? heading)) ?? [];
    if (name === undefined) {
      const suggestion = (): string | null => nearest(target ?? heading, meanings.keys());
      return refuse(target === undefined ? 'unknown-column' : 'unknown-target', suggestion);
    }
    if (another !== undefined) return refuse('ambiguous-column', () => name);
    if (used.has(name)) return refuse('duplicate-column', () => name);
    used.add(name);
    return name;
  });
  for (const name of [...map.keys(), ...ignore])
    if (!given.includes(plain(name)))
      problems.add(() => ({
        code: 'unused-option',
        name,
        column: null,
        suggestion: nearest(name, headings),
      }));
  return { columns, problems: problems.listed, moreProblems: problems.more };
}

/** Full width or half, with spaces around it or not: the same heading. */
const plain = (heading: string): string => heading.normalize('NFKC').trim();

/** The names that a heading may mean: more than one only where facts share a label. */
function meaningsIn({ facts }: Vocabulary): Map<string, string[]> {
  const meanings = new Map<string, string[]>();
  for (const { name, label } of facts.values()) {
    const heading = plain(label);
    meanings.set(heading, [...(meanings.get(heading) ?? []), name]);
  }
  for (const name of facts.keys()) meanings.set(name, [name]);
  for (const [heading, name] of OTHER_COLUMNS) {
    meanings.set(heading, [name]);
    meanings.set(name, [name]);
  }
  return meanings;
}
