import { LRUCache } from 'lru-cache';

/** A case as `pattern.ts` tells it: equal part by part means the same pattern. */
export type Pattern = readonly (number | string)[];

/** What was worked out for a pattern, as many as `max`; the least recently used are forgotten. */
export class PatternMemory<Result> {
  /** Cases whose pattern was known, and not. */
  hits = 0;
  misses = 0;
  readonly max: number;
  private readonly kept: LRUCache<number, { pattern: Pattern; result: Result }>;

  constructor(max: number) {
    this.max = max;
    // Given its `max`, the cache would take the room for all of them at once.
    this.kept = new LRUCache({ maxSize: max, sizeCalculation: () => 1 });
  }

  get size(): number {
    return this.kept.size;
  }

  get(pattern: Pattern): Result | undefined {
    const found = this.kept.get(hashOf(pattern));
    // Two patterns of one hash would only take turns.
    if (found === undefined || !isSame(found.pattern, pattern)) {
      this.misses += 1;
      return undefined;
    }
    this.hits += 1;
    return found.result;
  }

  set(pattern: Pattern, result: Result): void {
    this.kept.set(hashOf(pattern), { pattern, result });
  }

  clear(): void {
    this.kept.clear();
  }
}

/** 53 bits of two multiplicative hashes: a text of the pattern would take longer to make than all its comparisons. */
function hashOf(pattern: Pattern): number {
  let [a, b] = [0x811c9dc5, 0x2c1b3c6d];
  for (let i = 0; i < pattern.length; i++) {
    const part = pattern[i];
    const n = typeof part === 'number' ? part : textHash(part ?? '');
    a = Math.imul(a ^ n, 0x01000193);
    b = Math.imul((b ^ n) + (a >>> 15), 0x297a2d39);
  }
  return (a >>> 0) * 0x200000 + (b >>> 11);
}

function textHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash, 31) + text.charCodeAt(i);
  return hash | 0;
}

function isSame(a: Pattern, b: Pattern): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
