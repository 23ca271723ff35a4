/**
 * What a decision depends on, short of the values it quotes: how every comparison of facts turns out, which facts were
 * assumed, and, where an unknown fact is compared with a known one, where the known one lies among the bounds of the other.
 * Nearer than two units matters (is there room between two bounds?), farther does not.
 */
import { AS_OF } from '../../rulebook/basics.ts';
import { localDay } from '../../rulebook/calendar.ts';
import type { Expression } from '../../rulebook/rule-set.ts';
import type { CaseFacts } from '../facts/read-facts.ts';
import type { Slots, Value } from '../facts/values.ts';
import {
  countsWholeDays,
  factsOf,
  factsOfExpression,
  NONE,
  resolveExpression,
  UNKNOWN,
  withFact,
} from '../facts/values.ts';
import type { Comparison, CompiledLeaf, Rules } from '../judge/rules.ts';
import { PER_CHARACTER, withTruth } from '../judge/sections.ts';
import { boundsOf, relatedTo } from '../unknowns/candidate-values.ts';

const ROOM = 2;

/** Two cases with the same key get the same `DecisionTemplate`. */
export function compileDecisionKey(rules: Rules): (facts: CaseFacts) => string {
  const compared = rules.leaves.filter((leaf): leaf is FactComparison => leaf.comparison !== null);
  const isBetween = ({ leaf }: CompiledLeaf): boolean =>
    factsOf(leaf.operand, rules.ruleSet.deadlines).length > 0;
  const parts = inTens(compared.filter((one) => !isBetween(one))).map((ten) => compilePart(rules, ten));
  const between = inTens(compared.filter(isBetween), () => '');
  const orderOfBounds = compileOrderOfBounds(rules);
  /** Written over by every case. */
  const codes: number[] = [];

  return ({ slots, assumedBits, cannotTell }) => {
    let end = 0;
    for (const part of parts) codes[end++] = part(slots);
    const open: CompiledLeaf[] = [];
    for (const ten of between) {
      let code = 0;
      for (const one of ten) {
        const truth = one.comparison.truth(slots);
        if (truth === 'unknown' && one.isMixed) open.push(one);
        code = withTruth(code, truth);
      }
      codes[end++] = code;
    }
    for (const bits of assumedBits) {
      codes[end++] = bits & 0xffff;
      codes[end++] = bits >>> 16;
    }
    codes.length = end;
    const rest = open.length === 0 ? '' : orderOfBounds(slots, open, codes);
    const key = String.fromCharCode(...codes) + rest;
    // Less is searched through then.
    return cannotTell.length === 0 ? key : `${key}!`;
  };
}

type FactComparison = CompiledLeaf & { comparison: Comparison };

/** Of at most ten each; those together that compare the same fact. */
function inTens(
  compared: readonly FactComparison[],
  keyOf = ({ leaf }: FactComparison): string => leaf.fact,
): FactComparison[][] {
  const tens = new Map<string, FactComparison[][]>();
  for (const one of compared) {
    const some = tens.get(keyOf(one)) ?? [];
    const last = some.at(-1);
    if (last && last.length < PER_CHARACTER) last.push(one);
    else some.push([one]);
    tens.set(keyOf(one), some);
  }
  return [...tens.values()].flat();
}

/**
 * How comparisons of one fact with what the rule file says turn out, as one character code. Looked up where it is told
 * beforehand: for every id, and for numbers between the bounds; judged for each text and set.
 */
function compilePart({ layout, ruleSet }: Rules, ten: readonly FactComparison[]): (slots: Slots) => number {
  const fact = ten[0]?.leaf.fact ?? '';
  const slot = layout.slotOf(fact);
  const judge = (slots: Slots): number => {
    let code = 0;
    for (const { comparison } of ten) code = withTruth(code, comparison.truth(slots));
    return code;
  };
  const codeOf = (value: Value): number => judge(withFact([], slot, value));
  const ids = ruleSet.vocabulary.facts.get(fact)?.values?.map(({ id }) => id) ?? [];
  const [unknown, yes, no] = [codeOf(UNKNOWN), codeOf(true), codeOf(false)];
  const told: Value[] = [NONE, ...ids];
  const codes = new Map(told.map((value) => [value, codeOf(value)]));
  // A comparison with a whole number turns there or one further.
  const turns = ten.flatMap(({ comparison }) =>
    boundsOf(comparison.wanted([])).flatMap((at) => [at, at + 1]),
  );
  const bounds = [...new Set(turns)].toSorted((a, b) => a - b);
  const codesFrom = [(bounds[0] ?? 0) - 1, ...bounds].map(codeOf);
  return (slots) => {
    const value = slots[slot] ?? NONE;
    if (value === UNKNOWN) return unknown;
    if (value === true) return yes;
    if (value === false) return no;
    if (typeof value !== 'number') return codes.get(value) ?? judge(slots);
    let passed = 0;
    while ((bounds[passed] ?? Number.POSITIVE_INFINITY) <= value) passed += 1;
    return codesFrom[passed] ?? 0;
  };
}

/**
 * For comparisons between facts that cannot be told of a case: codes, added to those there are, and a text, which are the same
 * for two cases only if the candidate values of their unknown facts come to the same.
 */
export function compileOrderOfBounds(
  rules: Rules,
): (slots: Slots, open: readonly CompiledLeaf[], codes: number[]) => string {
  const sidesOf = new Map(
    rules.leaves
      .filter((leaf) => leaf.isMixed)
      .map((leaf) => [leaf, leaf.facts.map((fact) => compileSide(rules, leaf, fact))]),
  );

  return (slots, open, codes) => {
    const unknown: Side[] = [];
    // Two unknown facts compared with each other are tried at points that depend on all that is known beside them.
    const crowds: ReadonlySet<string>[] = [];
    // Plain loops: every case that leaves such a fact out comes through here.
    for (const leaf of open) {
      let first: Side | undefined;
      for (const side of sidesOf.get(leaf) ?? []) {
        if (slots[side.slot] !== UNKNOWN) continue;
        if (first) crowds.push(first.related);
        else first = side;
      }
      if (first) unknown.push(first);
    }
    let text = '';
    const moving: { fact: string; slot: number; constants: readonly number[]; bounds: number[] }[] = [];
    for (const side of unknown) {
      const { fact, slot, constants } = side;
      const isPlain = crowds.length === 0 || !crowds.some((crowd) => crowd.has(fact));
      const bounds = isPlain ? side.boundsOn(slots) : null;
      const day = isPlain && bounds === null ? side.dayOn(slots) : null;
      if (bounds === null) text += day === null ? `|${side.raw(slots)}` : `|${fact} ${day}`;
      else {
        const same = moving.find((other) => other.fact === fact);
        if (same) same.bounds.push(...bounds);
        else moving.push({ fact, slot, constants, bounds: [...bounds] });
      }
    }
    for (const { slot, constants, bounds } of moving) {
      codes.push(slot, bounds.length);
      addPlaces(codes, bounds, constants);
    }
    return text;
  };
}

/** What is unknown on one side of a comparison between two facts, and how the known side then bounds it. */
type Side = ReturnType<typeof compileSide>;

function compileSide(rules: Rules, compiled: CompiledLeaf, fact: string) {
  const { layout, ruleSet } = rules;
  const { leaf } = compiled;
  const related = relatedTo(rules, fact);
  const isInstant = ruleSet.vocabulary.facts.get(fact)?.type === 'instant';
  const beside = [...(isInstant ? [AS_OF] : []), ...related].map(layout.slotOf);
  const left = layout.slotOf(leaf.fact);
  const isAlone =
    countsWholeDays(leaf.operand, ruleSet.deadlines) &&
    rules.leaves.filter((other) => other.isMixed && other.facts.includes(fact)).length === 1;
  return {
    fact,
    slot: layout.slotOf(fact),
    related,
    constants: constantsOf(rules, fact),
    boundsOn: compileBounds(rules, compiled, fact),
    /** Where whole days are counted from the fact: which day it is compared with; null otherwise. */
    dayOn(slots: Slots): number | null {
      const instant = slots[left];
      return isAlone && typeof instant === 'number' ? localDay(instant, ruleSet.timeZone) : null;
    },
    /** All that is known beside the fact. */
    raw: (slots: Slots): string => beside.map((slot) => String(slots[slot])).join(' '),
  };
}

/** Where each moving bound lies among all the others: adds it to `codes`, six distances a character (5^6 is below 2^16). */
function addPlaces(codes: number[], moving: readonly number[], constants: readonly number[]): void {
  let [code, count] = [0, 0];
  const near = (distance: number): void => {
    code = code * (2 * ROOM + 1) + Math.max(-ROOM, Math.min(ROOM, distance)) + ROOM;
    count += 1;
    if (count % 6 > 0) return;
    codes.push(code);
    code = 0;
  };
  for (const [i, bound] of moving.entries()) {
    for (const other of constants) near(bound - other);
    for (let j = i + 1; j < moving.length; j++) near(bound - (moving[j] ?? bound));
  }
  codes.push(code);
}

/** The bounds that the rule file itself sets on a fact, and the least that a count can be. */
function constantsOf({ leaves, ruleSet }: Rules, fact: string): number[] {
  const least = ruleSet.vocabulary.facts.get(fact)?.type === 'integer' ? [0] : [];
  const compared = leaves.flatMap(({ leaf, comparison, isMixed }) =>
    isMixed || comparison === null || leaf.fact !== fact ? [] : boundsOf(comparison.wanted([])),
  );
  return [...least, ...compared];
}

/** Where the comparison turns as the fact grows; null where that is not told so simply. */
function compileBounds(
  { layout }: Rules,
  { leaf, comparison }: CompiledLeaf,
  fact: string,
): (slots: Slots) => readonly number[] | null {
  if (leaf.fact === fact)
    return (slots) => {
      const bounds = boundsOf(comparison?.wanted(slots) ?? NONE);
      return bounds.length > 0 ? bounds : null;
    };
  const { operand } = leaf;
  if (operand.kind !== 'expression' || !isPlainSum(operand.expression, fact)) return () => null;
  const slot = layout.slotOf(leaf.fact);
  return (slots) => {
    const left = slots[slot];
    if (typeof left !== 'number') return null;
    const values = layout.valuesOf(slots);
    const rest = resolveExpression(operand.expression, {
      get: (of) => (of === fact ? NONE : values.get(of)),
    });
    return rest === UNKNOWN ? null : [left - rest];
  };
}

const isPlainSum = (expression: Expression, fact: string): boolean =>
  expression.kind === 'sum' &&
  expression.of.every((part) => part.kind === 'fact' || part.kind === 'literal') &&
  factsOfExpression(expression).filter((of) => of === fact).length === 1;
