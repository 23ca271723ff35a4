/**
 * Values that an unknown fact could have, one for every way in which it can change a comparison.
 * Exact for facts compared with known values; where two unknown numbers or instants are compared with each other,
 * the first is tried at every bound of the rule set, where it meets the other at one, and at points spread between.
 */
import { dayInterval, localDate } from '../../rulebook/calendar.ts';
import type { Expression } from '../../rulebook/rule-set.ts';
import type { FactDefinition } from '../../rulebook/vocabulary.ts';
import { type Slots, withFact } from '../facts/slots.ts';
import { UNKNOWN, type Value, type Wanted } from '../facts/values.ts';
import type { CompiledLeaf, Rules } from '../judge/rules.ts';

/** Stands for any text or id that the rule set does not name. */
const OTHER = '\u{10FFFD}';
const DAY = 86_400_000;
const LARGEST = { integer: 1_000_000_000_000, instant: 253_402_300_799_000 };

export function candidateValues(rules: Rules, fact: string, slots: Slots): Value[] {
  const definition = rules.ruleSet.vocabulary.facts.get(fact);
  if (!definition) return [];
  const leaves = rules.leaves.filter((leaf) => leaf.facts.includes(fact));
  return distinct(rules, fact, valuesByType(rules, definition, leaves, slots), leaves, slots);
}

function valuesByType(
  rules: Rules,
  definition: FactDefinition,
  leaves: CompiledLeaf[],
  slots: Slots,
): Value[] {
  switch (definition.type) {
    case 'boolean':
      return [true, false];
    case 'enum':
      return (definition.values ?? []).map((v) => v.id);
    case 'text':
      return texts(leaves, definition.name);
    case 'set':
      return sets(leaves, definition);
    case 'instant':
    case 'integer':
      return numbers(rules, definition.name, definition.type, leaves, slots);
  }
}

/** Drops values that every comparison treats like one already there. A comparison with another unknown keeps them apart. */
function distinct(rules: Rules, fact: string, all: Value[], leaves: CompiledLeaf[], slots: Slots): Value[] {
  const slot = rules.layout.slotOf(fact);
  const seen = new Map<string, Value>();
  for (const value of all) {
    const filled = withFact(slots, slot, value);
    const pattern = leaves.map(({ comparison }) => {
      const truth = comparison?.truth(filled);
      return truth === 'unknown'
        ? `unknown ${value instanceof Set ? [...value].join() : String(value)}`
        : truth;
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

function texts(leaves: CompiledLeaf[], fact: string): Value[] {
  const parts = leaves.filter(({ leaf }) => leaf.operator === 'includesText' && leaf.fact === fact);
  const needles = subsets(named(parts, fact)).map((some) => [OTHER, ...some].join(OTHER));
  return [...named(leaves, fact), ...needles];
}

/** Every subset of the ids named, alone and with so many others that every count is reached. */
function sets(leaves: CompiledLeaf[], { name, values }: FactDefinition): Value[] {
  const ids = named(leaves, name);
  const counts = leaves.flatMap(({ leaf: { operand } }) =>
    operand.kind === 'expression' && operand.expression.kind === 'literal' ? [operand.expression.value] : [],
  );
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

function numbers(
  rules: Rules,
  fact: string,
  type: 'instant' | 'integer',
  leaves: CompiledLeaf[],
  slots: Slots,
): Value[] {
  const { slotOf } = rules.layout;
  const bounds = new Set<number>();
  const between: [leaf: CompiledLeaf, others: string[]][] = [];
  for (const leaf of leaves) {
    const others = leaf.facts.filter((other) => other !== fact && slots[slotOf(other)] === UNKNOWN);
    if (others.length > 0) between.push([leaf, others]);
    else for (const bound of changesOf(rules, fact, leaf, type, slots)) bounds.add(bound);
  }
  if (between.length > 0) {
    const known = boundsOf(rules, fact, slots, bounds);
    for (const [leaf, others] of between) {
      for (const point of known) {
        const met = slots.slice();
        for (const other of others) met[slotOf(other)] = point;
        for (const bound of changesOf(rules, fact, leaf, type, met)) bounds.add(bound);
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

/** The points at which the comparison's truth can change as `fact` grows. */
function changesOf(
  rules: Rules,
  fact: string,
  { leaf, comparison }: CompiledLeaf,
  type: 'instant' | 'integer',
  slots: Slots,
): number[] {
  if (comparison === null) return [];
  const slot = rules.layout.slotOf(fact);
  const right = (x: number): Wanted => comparison.wanted(withFact(slots, slot, x));
  if (leaf.fact === fact) {
    const wanted = comparison.wanted(slots);
    if (typeof wanted === 'number') return [wanted];
    if (typeof wanted === 'object' && 'start' in wanted) return [wanted.start, wanted.end];
    return type === 'integer' ? changesOfItself(right) : [];
  }
  // The fact is inside a sum or counts a deadline: both only grow with it, so each bound is passed once.
  const left = slots[rules.layout.slotOf(leaf.fact)];
  if (typeof left !== 'number') return [];
  if (type === 'integer') {
    return [firstWhere((x) => isMoreThan(right(x), left - 1)), firstWhere((x) => isMoreThan(right(x), left))];
  }
  if (leaf.operand.kind === 'instant') return [left, left + 1];
  const { timeZone } = rules.ruleSet;
  const midnight = (day: number): number =>
    dayInterval(localDate(left, timeZone).add({ days: day }), timeZone).start;
  // A deadline is counted from the day of the fact: its bounds move at midnight.
  return (['start', 'end'] as const).map((side) =>
    midnight(firstDayWhere((day) => isPast(right(midnight(day)), side, left))),
  );
}

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
  typeof right === 'object' && side in right && 'start' in right && right[side] > instant;

/** The smallest x in the range of amounts for which `holds`, which holds for all larger ones too. */
function firstWhere(holds: (x: number) => boolean): number {
  let [low, high] = [-1, LARGEST.integer];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The first day, counted from the day compared with, for which `holds`; found in steps that double. */
function firstDayWhere(holds: (day: number) => boolean): number {
  const LONGEST = 100_000;
  let [low, high] = [-1, 1];
  while (low > -LONGEST && holds(low)) [low, high] = [low * 2, low];
  while (high < LONGEST && !holds(high)) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Everything known that this fact, or a fact it is compared with, however indirectly, is compared with. */
function boundsOf(rules: Rules, fact: string, slots: Slots, bounds: Set<number>): number[] {
  const known = new Set(bounds);
  const related = relatedTo(rules, fact);
  for (const { leaf, comparison, facts } of rules.leaves) {
    if (comparison === null || !facts.some((other) => related.has(other))) continue;
    if (leaf.operand.kind === 'expression')
      for (const literal of literalsIn(leaf.operand.expression)) known.add(literal);
    if (leaf.fact === fact) continue;
    const left = slots[rules.layout.slotOf(leaf.fact)];
    if (typeof left === 'number') known.add(left);
    const right = comparison.wanted(slots);
    if (typeof right === 'number') known.add(right);
    if (typeof right === 'object' && 'start' in right)
      for (const bound of [right.start, right.end]) known.add(bound);
  }
  return [...known];
}

function literalsIn(expression: Expression): number[] {
  switch (expression.kind) {
    case 'literal':
      return [expression.value];
    case 'fact':
      return [];
    case 'percent':
      return literalsIn(expression.of);
    default:
      return expression.of.flatMap(literalsIn);
  }
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
function spread(known: number[], type: 'instant' | 'integer'): number[] {
  const sorted = [...known].sort((a, b) => a - b);
  const unit = type === 'integer' ? 1000 : 400 * DAY;
  const middles = sorted.slice(1).map((b, i) => Math.floor((b + (sorted[i] ?? b)) / 2));
  const farthest = LARGEST[type] / 2;
  return [...sorted, ...middles, (sorted[0] ?? 0) - unit, (sorted.at(-1) ?? 0) + unit, farthest];
}
