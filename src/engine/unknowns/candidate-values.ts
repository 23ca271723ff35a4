/**
 * Values that an unknown fact could have, one for every way in which it can change a comparison.
 * Exact for facts compared with known values; where two unknown numbers or instants are compared with each other,
 * the first is tried at every bound of the rule set, where it meets the other at one, and at points spread between.
 */
import { dayInterval, localDate } from '../../rulebook/calendar.ts';
import { type Direction, directionsOf } from '../../rulebook/expressions.ts';
import type { FactDefinition } from '../../rulebook/vocabulary.ts';
import {
  countsWholeDays,
  NONE,
  type Slots,
  termsOf,
  UNKNOWN,
  type Value,
  type Wanted,
  withFact,
} from '../facts/values.ts';
import type { CompiledLeaf, Rules } from '../judge/rules.ts';

/** Stands for any text or id that the rule set does not name. */
const OTHER = '\u{10FFFD}';
const DAY = 86_400_000;
const LARGEST = { integer: 1_000_000_000_000, instant: 253_402_300_799_000 };

/** A fact that is unknown, and the comparisons that read it. */
interface Unknown {
  rules: Rules;
  definition: FactDefinition;
  slot: number;
  leaves: CompiledLeaf[];
}

/** `among`: the comparisons that matter. */
export function candidateValues(
  rules: Rules,
  fact: string,
  slots: Slots,
  among: readonly CompiledLeaf[] = rules.leaves,
): Value[] {
  const definition = rules.ruleSet.vocabulary.facts.get(fact);
  if (!definition) return [];
  const leaves = among.filter((leaf) => leaf.facts.includes(fact));
  const unknown = { rules, definition, slot: rules.layout.slotOf(fact), leaves };
  const values = valuesByType(unknown, slots);
  // Where leaving it out means that there is none, there may be none.
  return distinct(unknown, definition.absent.kind === 'none' ? [NONE, ...values] : values, slots);
}

function valuesByType(unknown: Unknown, slots: Slots): Value[] {
  const { definition } = unknown;
  switch (definition.type) {
    case 'boolean':
      return [true, false];
    case 'enum':
      return (definition.values ?? []).map((v) => v.id);
    case 'text':
      return texts(unknown);
    case 'set':
      return sets(unknown);
    case 'instant':
    case 'integer':
      return numbers(unknown, definition.type, slots);
  }
}

/** Drops values that every comparison treats like one already there. A comparison with another unknown keeps them apart. */
function distinct({ leaves, slot }: Unknown, all: Value[], slots: Slots): Value[] {
  const seen = new Map<string, Value>();
  for (const value of all) {
    const filled = withFact(slots, slot, value);
    const pattern = leaves.map(({ comparison }) => {
      const truth = comparison?.truth(filled);
      if (truth !== 'unknown') return truth;
      return `unknown ${value instanceof Set ? [...value].join() : String(value)}`;
    });
    const key = pattern.join('|');
    if (!seen.has(key)) seen.set(key, value);
  }
  return [...seen.values()];
}

/** The texts or ids that a fact is compared with. */
function named(leaves: CompiledLeaf[], fact: string): string[] {
  const compared = leaves.flatMap(({ leaf }) =>
    leaf.fact === fact && leaf.operand.kind === 'literal' ? [leaf.operand.value].flat() : [],
  );
  return [...new Set(compared.filter((value) => typeof value === 'string'))];
}

function texts({ leaves, definition: { name } }: Unknown): Value[] {
  const parts = leaves.filter(({ leaf }) => leaf.operator === 'includesText');
  const needles = subsets(named(parts, name)).map((some) => [OTHER, ...some].join(OTHER));
  return [...named(leaves, name), ...needles];
}

/** Every subset of the ids named, alone and with so many others that every count is reached. */
function sets({ leaves, definition: { name, values } }: Unknown): Value[] {
  const ids = named(leaves, name);
  const counts = leaves.flatMap(({ leaf: { operand }, comparison }) => {
    const wanted = operand.kind === 'expression' ? comparison?.wanted([]) : UNKNOWN;
    return typeof wanted === 'number' && wanted > 0 ? [wanted] : [];
  });
  const most = Math.min(Math.max(1, ...counts) + 1, 100);
  const others = values
    ? values.map((v) => v.id).filter((id) => !ids.includes(id))
    : Array.from({ length: most }, (_, i) => OTHER + i);
  const numbers = Array.from({ length: Math.min(most, others.length) + 1 }, (_, i) => i);
  return subsets(ids).flatMap((some) => numbers.map((n) => new Set([...some, ...others.slice(0, n)])));
}

/** All of them up to eight ids; beyond, the small and the nearly full ones. */
function subsets(ids: string[]): string[][] {
  return ids.length <= 8
    ? Array.from({ length: 2 ** ids.length }, (_, bits) => ids.filter((__, i) => (bits >> i) & 1))
    : [[], ids, ...ids.map((id) => [id]), ...ids.map((id) => ids.filter((other) => other !== id))];
}

function numbers(unknown: Unknown, type: keyof typeof LARGEST, slots: Slots): Value[] {
  const { rules, definition, leaves, slot } = unknown;
  const { slotOf } = rules.layout;
  const bounds = new Set<number>();
  const between: [leaf: CompiledLeaf, others: number[]][] = [];
  for (const leaf of leaves) {
    const others = leaf.facts.map(slotOf).filter((other) => other !== slot && slots[other] === UNKNOWN);
    if (others.length > 0) between.push([leaf, others]);
    else for (const bound of changesOf(unknown, leaf, slots)) bounds.add(bound);
  }
  if (between.length > 0) {
    const known = [...new Set([...bounds, ...boundsAround(rules, definition.name, slots)])];
    for (const [leaf, others] of between) {
      for (const point of known) {
        const met = slots.slice();
        for (const other of others) met[other] = point;
        for (const bound of changesOf(unknown, leaf, met)) bounds.add(bound);
      }
    }
    for (const point of spread([...known, ...bounds], type)) bounds.add(point);
  }
  const lowest = type === 'integer' ? 0 : -LARGEST.instant;
  const points = [...bounds]
    .flatMap((b) => [b - 1, b, b + 1])
    .concat(type === 'integer' ? [0] : [0, LARGEST.instant]);
  return points.filter((p) => p >= lowest && p <= LARGEST[type]).sort((a, b) => a - b);
}

/** Where a comparison with it turns. */
export function boundsOf(wanted: Wanted): number[] {
  if (typeof wanted === 'number') return [wanted];
  return typeof wanted === 'object' && 'start' in wanted ? [wanted.start, wanted.end] : [];
}

/** The points at which the comparison's truth can change as the fact grows. */
function changesOf(
  { rules: { layout, ruleSet }, definition, slot }: Unknown,
  { leaf, comparison }: CompiledLeaf,
  slots: Slots,
): number[] {
  if (comparison === null) return [];
  const right = (x: number): Wanted => comparison.wanted(withFact(slots, slot, x));
  const isCount = definition.type === 'integer';
  if (leaf.fact === definition.name) {
    const bounds = boundsOf(comparison.wanted(slots));
    return bounds.length === 0 && isCount ? changesOfItself(right) : bounds;
  }
  // The fact is inside a number that only rises or only falls with it, or counts a deadline: each bound is passed once.
  const left = slots[layout.slotOf(leaf.fact)];
  if (typeof left !== 'number') return [];
  if (isCount) {
    const isFalling = directionIn(leaf, definition.name) === 'down';
    return [left - 1, left].map((bound) => firstWhere((x) => isMoreThan(right(x), bound) !== isFalling));
  }
  if (leaf.operand.kind === 'instant') return [left, left + 1];
  const { timeZone, deadlines } = ruleSet;
  if (!countsWholeDays(leaf.operand, deadlines)) return passing(right, left);
  const midnight = (day: number): number =>
    dayInterval(localDate(left, timeZone).add({ days: day }), timeZone).start;
  // A deadline is counted from the day of the fact: its bounds move at midnight.
  return (['start', 'end'] as const).map((side) =>
    midnight(firstStepWhere((day) => isPast(right(midnight(day)), side, left), 100_000)),
  );
}

const directionIn = ({ operand }: CompiledLeaf['leaf'], fact: string): Direction | undefined =>
  operand.kind === 'expression' ? directionsOf(operand.expression).get(fact) : undefined;

/** From which instants on the start, and the end, of what is counted from them lie after `left`. */
export const passing = (right: (instant: number) => Wanted, left: number): number[] =>
  (['start', 'end'] as const).map(
    (side) => left + firstStepWhere((by) => isPast(right(left + by), side, left), 100_000 * DAY),
  );

/** Where a number is compared with a sum or share of itself: the difference changes its sign at most twice. */
function changesOfItself(right: (x: number) => Wanted): number[] {
  const sign = (x: number): number => {
    const wanted = right(x);
    return typeof wanted === 'number' ? Math.sign(x - wanted) : 0;
  };
  const first = firstWhere((x) => x > 0 && sign(x) !== sign(0));
  return [first, firstWhere((x) => x > first && sign(x) !== sign(first))];
}

const isMoreThan = (right: Wanted, bound: number): boolean => typeof right === 'number' && right > bound;
const isPast = (right: Wanted, side: 'start' | 'end', instant: number): boolean =>
  typeof right === 'object' && 'start' in right && right[side] > instant;

/** The smallest x in the range of amounts for which `holds`. */
const firstWhere = (holds: (x: number) => boolean): number => firstBetween(-1, LARGEST.integer, holds);

/** The first step, of days or milliseconds from what is compared with, for which `holds`; found in steps that double. */
function firstStepWhere(holds: (step: number) => boolean, longest: number): number {
  let [low, high] = [-1, 1];
  while (low > -longest && holds(low)) [low, high] = [low * 2, low];
  while (high < longest && !holds(high)) [low, high] = [high, high * 2];
  return firstBetween(low, high, holds);
}

/** The smallest number above `low` for which `holds`, or `high`; it holds for all larger ones too. */
function firstBetween(low: number, high: number, holds: (x: number) => boolean): number {
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Everything known that this fact, or a fact it is compared with, however indirectly, is compared with. */
function boundsAround(rules: Rules, fact: string, slots: Slots): number[] {
  const related = relatedTo(rules, fact);
  return rules.leaves.flatMap(({ leaf, comparison, facts }) => {
    if (comparison === null || !facts.some((other) => related.has(other))) return [];
    const terms = leaf.operand.kind === 'expression' ? termsOf(leaf.operand.expression) : [];
    const literals = terms.flatMap((term) => (term.kind === 'literal' ? term.value : []));
    if (leaf.fact === fact) return literals;
    const left = slots[rules.layout.slotOf(leaf.fact)];
    return [...literals, ...(typeof left === 'number' ? [left] : []), ...boundsOf(comparison.wanted(slots))];
  });
}

/** The fact and all that it is compared with, directly or through others. */
export function relatedTo({ leaves }: Rules, fact: string): ReadonlySet<string> {
  const related = new Set([fact]);
  for (const one of related) {
    for (const leaf of leaves) {
      if (leaf.isMixed && leaf.facts.includes(one)) for (const other of leaf.facts) related.add(other);
    }
  }
  return related;
}

/** Points between and beyond those known, with room on both sides. */
function spread(known: number[], type: keyof typeof LARGEST): number[] {
  const sorted = [...known].sort((a, b) => a - b);
  const unit = type === 'integer' ? 1000 : 400 * DAY;
  const middles = sorted.slice(1).map((b, i) => Math.floor((b + (sorted[i] ?? b)) / 2));
  const farthest = LARGEST[type] / 2;
  return [...sorted, ...middles, (sorted[0] ?? 0) - unit, (sorted.at(-1) ?? 0) + unit, farthest];
}
