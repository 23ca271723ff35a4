/** So that the first callers of a new version need not wait until json-rules-engine has been asked about its rules. */
import { AS_OF } from '../rulebook/basics.ts';
import { fillingsOf } from './fillings.ts';
import { judge } from './judge.ts';
import type { Rules } from './rules.ts';
import { UNKNOWN, type Value } from './values.ts';

const CASES = 150;

/** Judges invented cases: every fact takes one of its fillings, the same in every run. `pause` lets others work between two. */
export async function warmUp(rules: Rules, pause: () => Promise<void>): Promise<void> {
  const { facts } = rules.layout;
  const nothing = facts.map((): Value => UNKNOWN);
  const fillings = facts.map((fact): Value[] =>
    fact === AS_OF ? instantsOf(rules) : [...fillingsOf(rules, fact, nothing), UNKNOWN],
  );
  for (let i = 0; i < CASES; i++) {
    const slots = fillings.map((values, slot): Value => values[scatter(i, slot) % values.length] ?? UNKNOWN);
    await judge(rules, slots);
    await pause();
  }
}

/** A whole number that looks like chance. */
const scatter = (i: number, slot: number): number =>
  Math.imul(Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(slot + 1, 0x85ebca6b), 0xc2b2ae35) >>> 8;

/** Just before, at and after every instant that the instant judged is compared with. */
function instantsOf({ leaves }: Rules): number[] {
  return leaves.flatMap(({ leaf, comparison }) => {
    const wanted = leaf.fact === AS_OF ? comparison?.wanted([]) : undefined;
    return typeof wanted === 'object' && 'start' in wanted
      ? [wanted.start - 1, wanted.start, wanted.end]
      : [];
  });
}
