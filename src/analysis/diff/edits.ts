/** What was changed in a rule file, part by part, whatever it does. */
import type { Position } from '../../rulebook/basics.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Condition, RuleSet } from '../../rulebook/rule-set.ts';
import type { Path } from '../../rulebook/source.ts';
import { leavesIn } from '../rule-set-parts.ts';
import { entriesOf, NOT_ANSWERED, PARTS } from './edit-entries.ts';
import { calledOf, type Entries, type Entry } from './entry.ts';

/** One of `PARTS`, or the name of a section. */
type EditedPart = string;

/** What a changed condition does: it holds of fewer cases, of more, of others, or of the same. */
export type Effect = 'tightened' | 'loosened' | 'shifted' | 'same' | 'undecided';

export interface Edit {
  part: EditedPart;
  /** What the part is called. */
  partLabel: LocalizedText;
  id: string;
  /** As the rule file words it; empty where it has no words of its own. */
  label: string;
  /** `order`: stands elsewhere, before `after` or behind `before`. */
  kind: 'added' | 'removed' | 'changed' | 'order';
  /** What of it was changed, by the name of its key. */
  field: string | null;
  before: string | null;
  after: string | null;
  /** What the one is called that it was moved before or behind. */
  beside: string | null;
  /** Of a changed condition. */
  effect: Effect | null;
  /** `false`: no answer is made from it. */
  isAnswered: boolean;
  /** Where it is written: in the file after the change; in the one before for what was removed. */
  position: Position | null;
  /** The way there in the rule file, where there is no position. Empty for words, which stand in the vocabulary. */
  path: Path;
}

export function editsBetween(before: RuleSet, after: RuleSet): Edit[] {
  const [was, is] = [entriesOf(before), entriesOf(after)];
  const labels: ReadonlyMap<string, LocalizedText> = new Map([
    ...Object.entries(PARTS),
    ...[...before.sections, ...after.sections].map(({ name, label }): [string, LocalizedText] => [
      name,
      label,
    ]),
  ]);
  const parts = [...new Set([...is.keys(), ...was.keys()])];
  const edits = parts.flatMap((part) => compare(part, was.get(part) ?? NONE, is.get(part) ?? NONE));
  for (const part of parts)
    if (!UNORDERED.has(part)) edits.push(...reordered(part, was.get(part) ?? NONE, is.get(part) ?? NONE));
  return edits.map((edit) => ({
    ...edit,
    partLabel: labels.get(edit.part) ?? { ja: edit.part, en: edit.part },
    isAnswered: !NOT_ANSWERED.has(edit.part) && !NOT_ANSWERED.has(`${edit.part}.${edit.field}`),
  }));
}

type Unlabelled = Omit<Edit, 'partLabel' | 'isAnswered'>;
const NONE: Entries = new Map();

function compare(part: EditedPart, was: Entries, is: Entries): Unlabelled[] {
  const edit = (id: string, { label, path, position }: Entry, change: Partial<Unlabelled>): Unlabelled => ({
    ...{
      part,
      id,
      label,
      kind: 'changed',
      field: null,
      before: null,
      after: null,
      beside: null,
      effect: null,
    },
    ...{ path, position, ...change },
  });
  const edits: Unlabelled[] = [];
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
      const [was, is] = [old.fields[field], entry.fields[field]];
      const path = entry.path.length === 0 ? entry.path : [...entry.path, KEYS[field] ?? field];
      if ((was?.is ?? '') !== (is?.is ?? ''))
        edits.push(edit(id, entry, { field, before: was?.words ?? '', after: is?.words ?? '', path }));
    }
  }
  return edits;
}

/** Fields that have another name in the file. */
const KEYS: Record<string, string> = { amount: 'yen', quantity: 'value', wording: 'when', dates: 'until' };

/** The first comparison, or name, that the condition did not have before. */
function changedLeaf(before: Condition | null, after: Condition | null): Position | null {
  const known = new Set(leavesIn(before).map(meaningOf));
  return leavesIn(after).find((leaf) => !known.has(meaningOf(leaf)))?.position ?? null;
}

/** Where the order says nothing, to nobody. */
const UNORDERED: ReadonlySet<string> = new Set(['accepted', 'nothingLeftToDo', 'worklists', 'listHeads']);

/** What moved among all that both files have: as few as can explain the new order. */
function reordered(part: EditedPart, was: Entries, is: Entries): Unlabelled[] {
  const places = [...was.keys()];
  const both = [...is].filter(([id]) => was.has(id));
  const stayed = longestRun(both.map(([id]) => places.indexOf(id)));
  return both.flatMap(([id, { label, path, position }], i): Unlabelled[] => {
    if (stayed.has(places.indexOf(id))) return [];
    const next = both.slice(i + 1).find(([other]) => stayed.has(places.indexOf(other)));
    // Told by what it now stands before; by what it stands behind where nothing that stayed follows.
    const previous = both.slice(0, i).findLast(([other]) => stayed.has(places.indexOf(other)));
    const [before, after] = next ? [null, next[0]] : [previous?.[0] ?? null, null];
    const [other, { label: otherLabel }] = next ?? previous ?? [id, { label }];
    const beside = calledOf(other, otherLabel);
    return [
      { part, id, label, kind: 'order', field: null, before, after, beside, effect: null, path, position },
    ];
  });
}

/** A longest part of the numbers that rises; of several that whose last number came latest. */
function longestRun(numbers: readonly number[]): ReadonlySet<number> {
  const runs: number[][] = [];
  let longest: number[] = [];
  for (const number of numbers) {
    let before: number[] = [];
    for (const run of runs) if ((run.at(-1) ?? number) < number && run.length >= before.length) before = run;
    const run = [...before, number];
    runs.push(run);
    if (run.length >= longest.length) longest = run;
  }
  return new Set(longest);
}

/** What is compared, without where it is written and how it is worded. */
const meaningOf = (condition: Condition | null): string =>
  JSON.stringify(condition, (key, value) =>
    key === 'position' || key === 'label' || key === 'clauses' || key === 'text' || key === 'is'
      ? undefined
      : value,
  );
