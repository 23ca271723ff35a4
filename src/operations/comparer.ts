/** Compares versions in a thread: the solver takes seconds, for which nobody who asks for a decision is to wait. */
import { LRUCache } from 'lru-cache';
import { Tinypool } from 'tinypool';
import type { RuleSetVersion } from '../decisions/store.ts';
import type { Compared, CompareTask } from './compare-task.ts';

export type Comparer = ReturnType<typeof openComparer>;

/** With the one under way. */
const MOST_WAITING = 5;
/** How long one question about all cases may take. */
const LIMIT_MS = 5_000;
const IDLE_MS = 60_000;
/** In characters. */
const MOST_KEPT = 16_000_000;
const SMALL = 1_000;
/** A machine with more time may decide what was left open. */
const UNDECIDED_KEPT_MS = 600_000;

/** The thread starts when it is first needed, and ends when it was not for a while. */
export function openComparer() {
  const filename = new URL('./compare-task.js', import.meta.url).href;
  const pool = new Tinypool({
    ...{ filename, runtime: 'worker_threads', minThreads: 0, maxThreads: 1, idleTimeout: IDLE_MS },
  });
  // Versions never change, and neither does what is said of two of them.
  const kept = new LRUCache<string, Compared>({ maxSize: MOST_KEPT, sizeCalculation: sizeOf });
  const underWay = new Map<string, Promise<Compared>>();

  async function run(key: string, task: CompareTask): Promise<Compared> {
    try {
      const compared: Compared = await pool.run(task);
      const isOpen = compared.kind === 'compared' && !compared.isProved;
      kept.set(key, compared, isOpen ? { ttl: UNDECIDED_KEPT_MS } : {});
      return compared;
    } finally {
      underWay.delete(key);
    }
  }

  return {
    /** `busy` where too many wait already. */
    async compare(before: RuleSetVersion, after: RuleSetVersion): Promise<Compared | { kind: 'busy' }> {
      const key = `${before.version} ${after.version}`;
      const known = kept.get(key) ?? underWay.get(key);
      if (known) return known;
      if (underWay.size >= MOST_WAITING) return { kind: 'busy' };
      const { prefecture, incident } = after;
      const file = `rules/${prefecture}/${incident}.yaml`;
      const running = run(key, { file, before, after, limitMs: LIMIT_MS });
      underWay.set(key, running);
      return running;
    },
    /** What is being compared is given up. */
    close: (): Promise<void> => pool.destroy(),
  };
}

const sizeOf = (compared: Compared): number =>
  compared.kind === 'compared' ? compared.json.length + compared.markdown.length : SMALL;
