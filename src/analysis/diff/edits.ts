/** What was changed in a rule file, part by part, whatever it does. */
import type { Position } from '../../rulebook/basics.ts';
import {
  type Condition,
  type RuleSet,
  SECTION_NAMES,
  SECTIONS,
  type Section,
} from '../../rulebook/rule-set.ts';
import type { Path } from '../../rulebook/source.ts';
import { leavesIn, rulesOf } from '../rule-set-parts.ts';
import { type EditedPart, type Entries, type Entry, entriesOf } from './entries.ts';

/** What a changed condition does: it holds of fewer cases, of more, of others, or of the same. */
export type Effect = 'tightened' | 'loosened' | 'shifted' | 'same' | 'undecided';

export interface Edit {
  part: EditedPart;
  id: string;
  /** As the rule file words it; empty where it has no words of its own. */
  label: string;
  /** `order`: stands elsewhere among the rules of which the first that holds is taken. */
  kind: 'added' | 'removed' | 'changed' | 'order';
  /** What of it was changed, by the name of its key. */
  field: string | null;
  before: string | null;
  after: string | null;
  /** Of a changed condition. */
  effect: Effect | null;
  /** Where it is written: in the file after the change; in the one before for what was removed. */
  position: Position | null;
  /** The way there in the rule file, where there is no position. Empty for words, which stand in the vocabulary. */
  path: Path;
}

export function editsBetween(before: RuleSet, after: RuleSet): Edit[] {
  const [was, is] = [entriesOf(before), entriesOf(after)];
  const edits = [...is].flatMap(([part, entries]) => compare(part, was.get(part) ?? new Map(), entries));
  for (const section of SECTION_NAMES)
    if (SECTIONS[section] === 'first') edits.push(...reordered(section, before, after));
  return edits;
}

function compare(part: EditedPart, was: Entries, is: Entries): Edit[] {
  const edit = (id: string, { label, path, position }: Entry, change: Partial<Edit>): Edit => ({
    ...{ part, id, label, kind: 'changed', field: null, before: null, after: null, effect: null },
    ...{ path, position: path.length === 0 ? position : null },
    ...change,
  });
  const edits: Edit[] = [];
  for (const [id, entry] of was) if (!is.has(id)) edits.push(edit(id, entry, { kind: 'removed' }));
  for (const [id, entry] of is) {
    const old = was.get(id);
    if (!old) {
      edits.push(edit(id, entry, { kind: 'added' }));
      continue;
    }
    if (meaningOf(old.when) !== meaningOf(entry.when)) {
      const position = changedLeaf(old.when, entry.when);
      const path = [...entry.path, 'when'];
      edits.push(edit(id, entry, { field: 'when', effect: 'undecided', path, position }));
    }
    for (const field of new Set([...Object.keys(old.fields), ...Object.keys(entry.fields)])) {
      const [before, after] = [old.fields[field] ?? '', entry.fields[field] ?? ''];
      const path = entry.path.length === 0 ? entry.path : [...entry.path, KEYS[field] ?? field];
      if (before !== after) edits.push(edit(id, entry, { field, before, after, path }));
    }
  }
  return edits;
}

/** Fields that have another name in the file. */
const KEYS: Record<string, string> = { amount: 'yen', wording: 'when', dates: 'until' };

/** The first comparison, or name, that the condition did not have before. */
function changedLeaf(
  before: Condition | null | undefined,
  after: Condition | null | undefined,
): Position | null {
  const known = new Set(leavesIn(before).map(meaningOf));
  return leavesIn(after).find((leaf) => !known.has(meaningOf(leaf)))?.position ?? null;
}

/** Rules that overtook another which both files have. */
function reordered(section: Section, before: RuleSet, after: RuleSet): Edit[] {
  const was = rulesOf(before, section).map(({ id }) => id);
  const both = rulesOf(after, section).filter(({ id }) => was.includes(id));
  return both.flatMap((rule, i): Edit[] => {
    const overtaken = both.slice(i + 1).filter(({ id }) => was.indexOf(id) < was.indexOf(rule.id));
    if (overtaken.length === 0) return [];
    const { id, label, position } = rule;
    const after = overtaken.map((other) => other.id).join('、');
    const moved = { kind: 'order', field: null, before: null, after, effect: null } as const;
    return [{ part: section, id, label, ...moved, path: [], position }];
  });
}

/** What is compared, without where it is written and how it is worded. */
const meaningOf = (condition: Condition | null | undefined): string =>
  JSON.stringify(condition ?? null, (key, value) =>
    key === 'position' || key === 'label' || key === 'clauses' || key === 'text' ? undefined : value,
  );
