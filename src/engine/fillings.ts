/**
 * Values that an unknown fact could have, one for every way in which it can change a comparison.
 * Exact for facts compared with known values; where two unknown numbers or instants are compared with each other,
 * the first is tried at every bound of the rule set and at points spread between them.
 */
import type { FactDefinition } from '../rulebook/vocabulary.ts';
import { truthOf } from './operators.ts';
import type { CompiledLeaf, Program } from './program.ts';
import { NONE, resolveOperand, UNKNOWN, type Value, type Values } from './values.ts';

/** Stands for any text or id that the rule set does not name. */
const OTHER = '\u{10FFFD}';
const DAY = 86_400_000;
const LARGEST = { integer: 1_000_000_000_000, instant: 253_402_300_799_000 };

export function fillingsOf(program: Program, fact: string, values: Values): Value[] {
  const definition = program.ruleSet.vocabulary.facts.get(fact);
  if (!definition) return [];
  const leaves = program.leaves.filter((leaf) => leaf.facts.includes(fact));
  return distinct(program, fact, candidates(program, definition, leaves, values), leaves, values);
}

function candidates(
  program: Program,
  definition: FactDefinition,
  leaves: CompiledLeaf[],
  values: Values,
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
      return numbers(program, definition.name, definition.type, leaves, values);
  }
}

/** Drops values that every comparison treats like one already there. A comparison with another unknown keeps them apart. */
function distinct(
  program: Program,
  fact: string,
  all: Value[],
  leaves: CompiledLeaf[],
  values: Values,
): Value[] {
  const seen = new Map<string, Value>();
  for (const value of all) {
    const filled = new Map(values).set(fact, value);
    const pattern = leaves.map(({ leaf }) => {
      const left = filled.get(leaf.fact) ?? NONE;
      const truth = truthOf(leaf.operator, left, resolveOperand(leaf.operand, filled, program.ruleSet));
      return truth === 'unknown' ? `unknown ${String(value)}` : truth;
    });
    const key = pattern.join('|');
    if (!seen.has(key)) seen.set(key, value);
  }
  return [...seen.values()];
}

function named(leaves: CompiledLeaf[], fact: string): string[] {
  const mine = leaves.filter(({ leaf }) => leaf.fact === fact);
  return [
    ...new Set(
      mine.flatMap(({ leaf: { operand } }) => (operand.kind === 'literal' ? [operand.value].flat() : [])),
    ),
  ].map(String);
}

function texts(leaves: CompiledLeaf[], fact: string): Value[] {
  const parts = leaves.filter(({ leaf }) => leaf.operator === 'includesText' && leaf.fact === fact);
  const needles = named(parts, fact);
  const all = needles.length > 1 ? [OTHER + needles.join(OTHER)] : [];
  return [...named(leaves, fact), OTHER, ...needles.map((needle) => OTHER + needle), ...all];
}

/** Every subset of the ids named, with and without others, up to eight ids; beyond, the small and the nearly full ones. */
function sets(leaves: CompiledLeaf[], { name, values }: FactDefinition): Value[] {
  const ids = named(leaves, name).filter((id) => Number.isNaN(Number(id)));
  const others = values ? values.map((v) => v.id).filter((id) => !ids.includes(id)) : [OTHER, `${OTHER}2`];
  const subsets: string[][] =
    ids.length <= 8
      ? Array.from({ length: 2 ** ids.length }, (_, bits) => ids.filter((__, i) => (bits >> i) & 1))
      : [[], ids, ...ids.map((id) => [id]), ...ids.map((id) => ids.filter((other) => other !== id))];
  return subsets
    .flatMap((subset) => [subset, [...subset, ...others.slice(0, 1)], [...subset, ...others]])
    .map((s) => new Set(s));
}

function numbers(
  program: Program,
  fact: string,
  type: 'instant' | 'integer',
  leaves: CompiledLeaf[],
  values: Values,
): Value[] {
  const bounds = new Set<number>();
  let between = false;
  for (const leaf of leaves) {
    const others = leaf.facts.filter((other) => other !== fact);
    if (others.some((other) => values.get(other) === UNKNOWN)) between = true;
    else for (const bound of changesOf(program, fact, leaf, type, values)) bounds.add(bound);
  }
  if (between) for (const point of spread(program, fact, type, values, bounds)) bounds.add(point);
  const lowest = type === 'integer' ? 0 : -LARGEST.instant;
  const points = [...bounds]
    .flatMap((b) => [b - 1, b, b + 1])
    .concat(type === 'integer' ? [0] : [0, LARGEST.instant]);
  return points.filter((p) => p >= lowest && p <= LARGEST[type]).sort((a, b) => a - b);
}

/** The points at which the comparison's truth can change as `fact` grows. */
function changesOf(
  program: Program,
  fact: string,
  { leaf }: CompiledLeaf,
  type: 'instant' | 'integer',
  values: Values,
): number[] {
  if (leaf.fact === fact) {
    const right = resolveOperand(leaf.operand, values, program.ruleSet);
    if (typeof right === 'number') return [right];
    if (typeof right === 'object' && 'start' in right) return [right.start, right.end];
    if (leaf.operand.kind !== 'deadline' && leaf.operand.kind !== 'expression') return [];
  }
  // The fact is inside a sum or counts a deadline: both only grow with it, so each truth has one first point.
  const at = (x: number) => {
    const filled = new Map(values).set(fact, x);
    const right = resolveOperand(leaf.operand, filled, program.ruleSet);
    const left = filled.get(leaf.fact);
    if (typeof left !== 'number') return [0, 0];
    if (typeof right === 'number') return [Math.sign(left - right), Math.sign(left - right)];
    if (typeof right === 'object' && 'start' in right)
      return [Number(left >= right.start), Number(left >= right.end)];
    return [0, 0];
  };
  const range: [number, number] =
    type === 'integer' ? [0, LARGEST.integer] : [0, LARGEST.instant - 1000 * 366 * DAY];
  return [0, 1].flatMap((side) => {
    const points: number[] = [];
    let [from] = range;
    for (let rounds = 0; rounds < 2; rounds++) {
      const start = at(from)[side];
      let [low, high] = [from, range[1]];
      if (at(high)[side] === start) break;
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (at(middle)[side] === start) low = middle;
        else high = middle;
      }
      points.push(high);
      from = high;
    }
    return points;
  });
}

/** For a comparison between two unknowns: points with room on both sides of everything that is known. */
function spread(
  program: Program,
  fact: string,
  type: 'instant' | 'integer',
  values: Values,
  bounds: Set<number>,
): number[] {
  const known = new Set(bounds);
  for (const { leaf } of program.leaves) {
    const sameType = leaf.fact === 'asOf' || program.ruleSet.vocabulary.facts.get(leaf.fact)?.type === type;
    if (!sameType || leaf.source !== 'fact' || leaf.fact === fact) continue;
    const left = values.get(leaf.fact);
    if (typeof left === 'number') known.add(left);
    const right = resolveOperand(leaf.operand, values, program.ruleSet);
    if (typeof right === 'number') known.add(right);
    if (typeof right === 'object' && 'start' in right)
      for (const bound of [right.start, right.end]) known.add(bound);
  }
  const sorted = [...known].sort((a, b) => a - b);
  const unit = type === 'integer' ? 1000 : 400 * DAY;
  const middles = sorted.slice(1).map((b, i) => Math.floor((b + (sorted[i] ?? b)) / 2));
  return [...sorted, ...middles, (sorted[0] ?? 0) - unit, (sorted.at(-1) ?? 0) + unit];
}
