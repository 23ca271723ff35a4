/**
 * What a decision depends on, short of the values it quotes: how every comparison of facts turns out, which facts were
 * assumed, and, where an unknown fact is compared with a known one, where the known one lies among the bounds of the other.
 */
import type { CaseFacts } from '../facts/read-facts.ts';
import type { CompiledLeaf, Rules } from '../judge/rules.ts';
import { packTruths } from '../judge/sections.ts';
import { compileOrderOfBounds } from '../unknowns/order-of-bounds.ts';

/** Two cases with the same key get the same `DecisionTemplate`. */
export function compileDecisionKey(rules: Rules): (facts: CaseFacts) => string {
  const ofFacts = [...rules.leaves.entries()].filter(([, { comparison }]) => comparison !== null);
  const indexes = ofFacts.map(([index]) => index);
  const mixed = ofFacts.filter(([, { isMixed }]) => isMixed);
  const orderOfBounds = compileOrderOfBounds(rules);

  return ({ slots, assumedBits }) => {
    const truths = rules.leaves.map(({ comparison }) => comparison?.truth(slots) ?? 'unknown');
    let key = packTruths(truths, indexes);
    for (const bits of assumedBits) key += String.fromCharCode(bits & 0xffff, bits >>> 16);
    const open: CompiledLeaf[] = [];
    for (const [index, leaf] of mixed) if (truths[index] === 'unknown') open.push(leaf);
    return open.length === 0 ? key : key + orderOfBounds(slots, open);
  };
}
