/**
 * What a decision depends on, short of the values it quotes: how every comparison of facts turns out, which facts were
 * assumed, and, where an unknown fact is compared with a known one, where the known one lies among the bounds of the other.
 */
import type { CaseFacts } from '../facts/read-facts.ts';
import type { Truth } from '../judge/operators.ts';
import type { CompiledLeaf, Rules } from '../judge/rules.ts';
import { packTruths } from '../judge/sections.ts';
import { compileOrderOfBounds } from '../unknowns/order-of-bounds.ts';

/** Two cases with the same key get the same `DecisionTemplate`. */
export function compileDecisionKey(rules: Rules): (facts: CaseFacts) => string {
  const ofFacts = rules.leaves.flatMap((compiled) =>
    compiled.comparison === null ? [] : [{ compiled, comparison: compiled.comparison }],
  );
  const orderOfBounds = compileOrderOfBounds(rules);

  return ({ slots, assumedBits }) => {
    const open: CompiledLeaf[] = [];
    const truthAt = (place: number): Truth => {
      const found = ofFacts[place];
      if (found === undefined) return 'unknown';
      const truth = found.comparison.truth(slots);
      if (truth === 'unknown' && found.compiled.isMixed) open.push(found.compiled);
      return truth;
    };
    const assumed: number[] = [];
    for (const bits of assumedBits) assumed.push(bits & 0xffff, bits >>> 16);
    const key = packTruths(ofFacts.length, truthAt, assumed);
    return open.length === 0 ? key : key + orderOfBounds(slots, open);
  };
}
