import type { Pattern } from '../engine/cache/memory.ts';

/** Of this many patterns none is forgotten; then all are, and learnt again. */
const KEPT = 20_000;
const PLACES = 65_536;

/**
 * What is known for a pattern. `PatternMemory` forgets what was used least recently, and pays for that on every look; here a
 * look comes with every line, and few runs see as many patterns as are kept.
 */
export class PatternTable<Known> {
  /** Open addressing: 0, or one more than the number of the pattern. */
  private readonly places = new Int32Array(PLACES);
  private readonly hashes = new Int32Array(KEPT);
  private readonly patterns: Pattern[] = [];
  private readonly known: Known[] = [];

  get(pattern: Pattern): Known | undefined {
    const hash = hashOf(pattern);
    let place = placeOf(hash);
    for (;;) {
      const n = (this.places[place] ?? 0) - 1;
      if (n === -1) return undefined;
      if (this.hashes[n] === hash && isSame(this.patterns[n], pattern)) return this.known[n];
      place = (place + 1) & (PLACES - 1);
    }
  }

  /** For a pattern that is not there. */
  add(pattern: Pattern, known: Known): void {
    if (this.known.length === KEPT) this.clear();
    const hash = hashOf(pattern);
    let place = placeOf(hash);
    while (this.places[place] !== 0) place = (place + 1) & (PLACES - 1);
    this.patterns.push(pattern);
    this.hashes[this.known.length] = hash;
    this.places[place] = this.known.push(known);
  }

  private clear(): void {
    this.places.fill(0);
    this.patterns.length = 0;
    this.known.length = 0;
  }
}

const placeOf = (hash: number): number => (hash ^ (hash >>> 16)) & (PLACES - 1);

function hashOf(pattern: Pattern): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < pattern.length; i++) {
    const part = pattern[i] ?? 0;
    if (typeof part === 'number') hash = Math.imul(hash ^ part, 0x01000193);
    else for (let j = 0; j < part.length; j++) hash = Math.imul(hash ^ part.charCodeAt(j), 0x01000193);
  }
  return hash | 0;
}

function isSame(a: Pattern | undefined, b: Pattern): boolean {
  if (a === undefined || a.length !== b.length) return false;
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
