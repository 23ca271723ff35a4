/**
 * Comparisons of an unknown fact with a known one: which fillings the unknown fact has depends on where the known one lies
 * among the other bounds of that fact. Nearer than two units matters (is there room between two bounds?), farther does not.
 */
import { AS_OF } from '../rulebook/basics.ts';
import { localDay } from '../rulebook/calendar.ts';
import type { Expression } from '../rulebook/rule-set.ts';
import { relatedTo } from './fillings.ts';
import type { CompiledLeaf, Rules } from './rules.ts';
import type { Slots } from './slots.ts';
import { factsOfExpression, NONE, resolveExpression, UNKNOWN } from './values.ts';

const ROOM = 2;

/** A text that is the same for two cases only if their unknown facts have the same fillings. */
export function compileDivisions(rules: Rules): (slots: Slots) => string {
  const { layout, ruleSet } = rules;
  const mixed = rules.leaves.filter((leaf) => leaf.isMixed);
  const constants = new Map(
    mixed.flatMap((leaf) => leaf.facts).map((fact) => [fact, constantsOf(rules, fact)]),
  );
  const isAlone = (fact: string): boolean => mixed.filter((leaf) => leaf.facts.includes(fact)).length === 1;

  const related = new Map([...constants.keys()].map((fact) => [fact, relatedTo(rules, fact)]));
  const isInstant = (fact: string): boolean => ruleSet.vocabulary.facts.get(fact)?.type === 'instant';
  const raw = (slots: Slots, fact: string): string =>
    [...(isInstant(fact) ? [AS_OF] : []), ...(related.get(fact) ?? [])]
      .map((other) => String(slots[layout.slotOf(other)]))
      .join(' ');

  const told = mixed.map((compiled) => ({
    compiled,
    slots: compiled.facts.map((fact) => ({ fact, slot: layout.slotOf(fact) })),
  }));

  return (slots) => {
    const moving = new Map<string, number[]>();
    let text = '';
    const open: { compiled: CompiledLeaf; unknown: string[] }[] = [];
    for (const { compiled, slots: places } of told) {
      if (compiled.comparison?.truth(slots) !== 'unknown') continue;
      const unknown: string[] = [];
      for (const { fact, slot } of places) if (slots[slot] === UNKNOWN) unknown.push(fact);
      open.push({ compiled, unknown });
    }
    // Two unknown facts compared with each other are tried at points that depend on all that is known beside them.
    const crowded = new Set(
      open.flatMap(({ unknown }) => (unknown.length > 1 ? [...(related.get(unknown[0] ?? '') ?? [])] : [])),
    );
    for (const { compiled, unknown } of open) {
      const { leaf } = compiled;
      const [fact = ''] = unknown;
      const isPlain = !crowded.has(fact);
      const bounds = isPlain ? boundsOn(rules, fact, compiled, slots) : null;
      const left = slots[layout.slotOf(leaf.fact)];
      if (bounds) moving.set(fact, [...(moving.get(fact) ?? []), ...bounds]);
      else if (isPlain && leaf.operand.kind === 'deadline' && isAlone(fact) && typeof left === 'number') {
        // Counted in whole days from the unknown fact.
        text += `|${fact} ${localDay(left, ruleSet.timeZone)}`;
      } else text += `|${raw(slots, fact)}`;
    }
    for (const [fact, bounds] of moving) text += `|${fact} ${places(bounds, constants.get(fact) ?? [])}`;
    return text;
  };
}

/** Where each moving bound lies among all the others. */
function places(moving: number[], constants: number[]): string {
  const near = (distance: number): number => Math.max(-ROOM, Math.min(ROOM, distance));
  return moving
    .map((bound, i) => [...constants, ...moving.slice(i + 1)].map((other) => near(bound - other)))
    .join(';');
}

/** The bounds that the rule file itself sets on a fact, and the least that a count can be. */
function constantsOf({ leaves, ruleSet }: Rules, fact: string): number[] {
  const least = ruleSet.vocabulary.facts.get(fact)?.type === 'integer' ? [0] : [];
  const compared = leaves.flatMap(({ leaf, comparison, isMixed }) => {
    if (isMixed || comparison === null || leaf.fact !== fact) return [];
    const right = comparison.wanted([]);
    if (typeof right === 'number') return [right];
    return typeof right === 'object' && 'start' in right ? [right.start, right.end] : [];
  });
  return [...least, ...compared];
}

/** Where the comparison turns as the unknown fact grows; null where that is not told so simply. */
function boundsOn(
  { layout }: Rules,
  fact: string,
  { leaf, comparison }: CompiledLeaf,
  slots: Slots,
): number[] | null {
  if (leaf.fact === fact) {
    const right = comparison?.wanted(slots);
    if (typeof right === 'number') return [right];
    return typeof right === 'object' && 'start' in right ? [right.start, right.end] : null;
  }
  const left = slots[layout.slotOf(leaf.fact)];
  const { operand } = leaf;
  if (typeof left !== 'number' || operand.kind !== 'expression' || !isPlainSum(operand.expression, fact))
    return null;
  const values = layout.valuesOf(slots);
  const rest = resolveExpression(operand.expression, { get: (of) => (of === fact ? NONE : values.get(of)) });
  return rest === UNKNOWN ? null : [left - rest];
}

const isPlainSum = (expression: Expression, fact: string): boolean =>
  expression.kind === 'sum' &&
  expression.of.every((part) => part.kind === 'fact' || part.kind === 'literal') &&
  factsOfExpression(expression).filter((of) => of === fact).length === 1;
