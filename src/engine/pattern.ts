/**
 * What a decision depends on, short of the values it quotes: the truth of every comparison, which facts were assumed, and,
 * where an unknown fact is compared with a known one, how the known one divides what the unknown one could be.
 */
import { compileDivisions } from './divisions.ts';
import type { CaseFacts } from './read-facts.ts';
import type { Rules } from './rules.ts';

/** Truths of ten comparisons fit one UTF-16 code unit: 3^10 < 2^16. */
const PER_UNIT = 10;

export function compilePattern(rules: Rules): (facts: CaseFacts) => string {
  const compared = rules.leaves.flatMap(({ comparison, isMixed }) =>
    comparison ? [{ comparison, isMixed }] : [],
  );
  const truths = compared.map(({ comparison }) => comparison.truth);
  const mixed = compared.map(({ isMixed }) => isMixed);
  const divisionsOf = compileDivisions(rules);
  return ({ slots, assumedBits }) => {
    const units: number[] = [];
    let unit = 0;
    let hasOpenMixed = false;
    for (let i = 0; i < truths.length; i++) {
      const truth = truths[i]?.(slots);
      unit *= 3;
      if (truth === 'true') unit += 1;
      else if (truth === 'unknown') {
        unit += 2;
        if (mixed[i]) hasOpenMixed = true;
      }
      if (i % PER_UNIT === PER_UNIT - 1) {
        units.push(unit);
        unit = 0;
      }
    }
    units.push(unit);
    for (const bits of assumedBits) units.push(bits & 0xffff, bits >>> 16);
    const key = String.fromCharCode(...units);
    return hasOpenMixed ? key + divisionsOf(slots) : key;
  };
}
