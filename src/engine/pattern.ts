/**
 * What a decision depends on, short of the values it quotes: of which class each fact is, how comparisons of facts with
 * other facts turn out, which facts were assumed, and, where an unknown fact is compared with a known one, how the known
 * one divides what the unknown one could be.
 */
import { compileClass } from './classes.ts';
import { compileDivisions } from './divisions.ts';
import type { Pattern } from './memory.ts';
import type { CaseFacts } from './read-facts.ts';
import type { CompiledLeaf, Rules } from './rules.ts';
import { factsOf } from './values.ts';

/** Truths of ten comparisons in one number: 3^10 is a small one. */
const PER_PART = 10;
const NONE_OPEN: readonly CompiledLeaf[] = [];

export function compilePattern(rules: Rules): (facts: CaseFacts) => Pattern {
  const { layout, ruleSet } = rules;
  const own = new Map<number, CompiledLeaf[]>();
  const between: CompiledLeaf[] = [];
  for (const compiled of rules.leaves) {
    const { leaf, comparison } = compiled;
    if (comparison === null) continue;
    const slot = layout.slotOf(leaf.fact);
    if (factsOf(leaf.operand, ruleSet.deadlines).length > 0) between.push(compiled);
    else own.set(slot, [...(own.get(slot) ?? []), compiled]);
  }
  const classes = [...own].map(([slot, leaves]) => compileClass(slot, leaves));
  const truths = between.map(({ comparison }) => comparison?.truth);
  const divisionsOf = compileDivisions(rules);

  return ({ slots, assumedBits }) => {
    const parts: (number | string)[] = [];
    for (const classOf of classes) parts.push(classOf(slots));
    let part = 0;
    let open = NONE_OPEN;
    for (let i = 0; i < truths.length; i++) {
      const truth = truths[i]?.(slots);
      part *= 3;
      if (truth === 'true') part += 1;
      else if (truth === 'unknown') {
        part += 2;
        const compiled = between[i];
        if (compiled?.isMixed) open = [...open, compiled];
      }
      if (i % PER_PART === PER_PART - 1) {
        parts.push(part);
        part = 0;
      }
    }
    parts.push(part);
    for (const bits of assumedBits) parts.push(bits);
    if (open.length > 0) parts.push(divisionsOf(slots, open));
    return parts;
  };
}
