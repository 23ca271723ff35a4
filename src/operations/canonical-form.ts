/** Facts that fit a vocabulary are nested three deep; whatever walks through others might run out of stack. */
const DEEPEST = 100;
const HALF_CHARACTER = /\p{Cs}/u;

/**
 * Whether a value that came from JSON has a canonical text (RFC 8785): a number beyond those of a double, half a surrogate pair
 * and, here, nesting beyond 100 have none. No request with such facts was ever decided.
 */
export function hasCanonicalForm(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return false;
    const below: unknown[] = [];
    for (const one of level) {
      if (typeof one === 'number' && !Number.isFinite(one)) return false;
      if (typeof one === 'string' && HALF_CHARACTER.test(one)) return false;
      if (typeof one !== 'object' || one === null) continue;
      for (const [key, member] of Object.entries(one)) {
        if (HALF_CHARACTER.test(key)) return false;
        below.push(member);
      }
    }
    level = below;
  }
  return true;
}
