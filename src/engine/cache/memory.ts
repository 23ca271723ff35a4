import { LRUCache } from 'lru-cache';

export type Memory<Result extends object | string> = ReturnType<typeof createMemory<Result>>;

/** Keeps what was worked out for a key, as many as `max`; the least recently used are forgotten. */
export function createMemory<Result extends object | string>(max: number) {
  // Given its `max`, the cache would take the room for all of them at once: much for many rule sets of few cases.
  const kept = new LRUCache<string, Result>({ maxSize: max, sizeCalculation: () => 1 });
  let [hits, misses] = [0, 0];
  return {
    max,
    get(key: string): Result | undefined {
      const found = kept.get(key);
      if (found === undefined) misses += 1;
      else hits += 1;
      return found;
    },
    set: (key: string, result: Result): void => void kept.set(key, result),
    clear: (): void => kept.clear(),
    get size(): number {
      return kept.size;
    },
    /** How often what was asked for was there, and was not. */
    get hits(): number {
      return hits;
    },
    get misses(): number {
      return misses;
    },
  };
}
