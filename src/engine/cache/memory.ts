import { LRUCache } from 'lru-cache';

/** Keeps what was worked out for a key, as many as `max`; the least recently used are forgotten. */
export interface Memory<Result extends object> {
  get(key: string): Result | undefined;
  set(key: string, result: Result): void;
  clear(): void;
  readonly size: number;
  readonly max: number;
  /** How often what was asked for was there, and was not. */
  readonly hits: number;
  readonly misses: number;
}

export function createMemory<Result extends object>(max: number): Memory<Result> {
  // Given its `max`, the cache would take the room for all of them at once: much for many rule sets of few cases.
  const kept = new LRUCache<string, Result>({ maxSize: max, sizeCalculation: () => 1 });
  let [hits, misses] = [0, 0];
  return {
    get(key) {
      const found = kept.get(key);
      if (found === undefined) misses += 1;
      else hits += 1;
      return found;
    },
    set: (key, result) => void kept.set(key, result),
    clear: () => kept.clear(),
    get size() {
      return kept.size;
    },
    max,
    get hits() {
      return hits;
    },
    get misses() {
      return misses;
    },
  };
}
