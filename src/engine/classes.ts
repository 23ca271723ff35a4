/**
 * How a fact's own comparisons (with what the rule file says, not with other facts) turn out, as one small number.
 * Values of which every one of these comparisons says the same are of one class; a case is told by the classes of its facts.
 */
import type { CompiledLeaf } from './rules.ts';
import type { Slots } from './slots.ts';
import { NONE, UNKNOWN, type Value, type Wanted } from './values.ts';

/** Words can be anything; what was seen of them is kept within bounds. */
const VALUES_KEPT = 10_000;

/** `leaves` compare the fact in `slot` with constants; class numbers count from 0. */
export function compileClass(slot: number, leaves: readonly CompiledLeaf[]): (slots: Slots) => number {
  const classes = new Map<string, number>();
  const judge = (value: Value): number => {
    const slots: Value[] = [];
    slots[slot] = value;
    const truths = leaves.map(({ comparison }) => comparison?.truth(slots)).join();
    const known = classes.get(truths) ?? classes.size;
    classes.set(truths, known);
    return known;
  };
  const [unknown, none, yes, no] = [judge(UNKNOWN), judge(NONE), judge(true), judge(false)];
  const ofNumber = compileNumbers(leaves, judge);
  const ofText = remembering((text: string) => text, judge);
  const ofSet = compileSets(leaves, judge);
  return (slots) => {
    const value = slots[slot];
    if (typeof value === 'number') return ofNumber(value);
    if (typeof value === 'string') return ofText(value);
    if (value === UNKNOWN || value === undefined) return unknown;
    if (value === NONE) return none;
    if (typeof value === 'boolean') return value ? yes : no;
    return value instanceof Set ? ofSet(value) : unknown;
  };
}

function remembering<V extends Value>(keyOf: (value: V) => string, judge: (value: V) => number) {
  const seen = new Map<string, number>();
  return (value: V): number => {
    const key = keyOf(value);
    const before = seen.get(key);
    if (before !== undefined) return before;
    if (seen.size >= VALUES_KEPT) seen.clear();
    const found = judge(value);
    seen.set(key, found);
    return found;
  };
}

/** Between two bounds that neighbour each other every number is of the same class. */
function compileNumbers(leaves: readonly CompiledLeaf[], judge: (value: number) => number) {
  const all = leaves.flatMap(({ comparison }) => boundsOf(comparison?.wanted([])));
  const bounds = [...new Set(all)].sort((a, b) => a - b);
  const classes = [(bounds[0] ?? 0) - 1, ...bounds].map(judge);
  return (value: number): number => {
    let [low, high] = [0, bounds.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((bounds[middle] ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    return classes[low] ?? 0;
  };
}

/** Where a comparison of whole numbers with `wanted` can turn: at the first number that is treated differently. */
function boundsOf(wanted: Wanted | undefined): number[] {
  if (typeof wanted === 'number') return [wanted, wanted + 1];
  return typeof wanted === 'object' && 'start' in wanted ? [wanted.start, wanted.end] : [];
}

/** No comparison tells apart sets of one size that have the same items of those that the rule file names. */
function compileSets(leaves: readonly CompiledLeaf[], judge: (value: ReadonlySet<string>) => number) {
  const named = new Set(
    leaves.flatMap(({ leaf: { operand } }) => (operand.kind === 'literal' ? operand.value : [])),
  );
  const items = [...named].filter((item) => typeof item === 'string');
  const judged = remembering((set: ReadonlySet<string>) => {
    let key = `${set.size} `;
    for (const item of items) key += set.has(item) ? '1' : '0';
    return key;
  }, judge);
  // The set that stands for an absent fact is the same in every case.
  let last: { set: ReadonlySet<string>; class: number } | undefined;
  return (set: ReadonlySet<string>): number => {
    if (last?.set !== set) last = { set, class: judged(set) };
    return last.class;
  };
}
