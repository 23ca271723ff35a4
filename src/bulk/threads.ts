import { Worker } from 'node:worker_threads';
import type { Chunk } from './chunks.ts';
import type { Decided } from './decide-chunk.ts';
import { NO_REPEATS, type Repeat } from './repeats.ts';
import type { Task } from './task.ts';

/** What a thread is sent. */
export interface Order {
  chunk: Chunk;
  logged: ReadonlyMap<number, string>;
  repeats: ReadonlyMap<number, Repeat>;
}

export interface Threads {
  /** Rejects, as does every other order, when a thread has died. */
  decide(
    chunk: Chunk,
    logged: ReadonlyMap<number, string>,
    repeats?: ReadonlyMap<number, Repeat>,
  ): Promise<Decided>;
  close(): Promise<void>;
}

interface Waiting {
  order: Order;
  resolve(decided: Decided): void;
  reject(error: unknown): void;
}

interface Thread {
  worker: Worker;
  underWay: Waiting | null;
}

/** Garbage is to be collected before it piles up: all threads together are to stay under 300 MB. */
const YOUNG_MB = 8;
/** Twice what a rule file of that size comes to take; V8 begins to collect at half of it. */
const oldMegabytes = ({ rules }: Task): number => 128 + rules.ruleText.length / 1000;

/** Threads that decide a chunk each, by `script`. */
export function openThreads(script: URL, count: number, task: Task): Threads {
  const queue: Waiting[] = [];
  let failure: unknown = null;
  let isClosing = false;

  const threads = Array.from({ length: count }, (): Thread => {
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: oldMegabytes(task) };
    const worker = new Worker(script, { workerData: task, resourceLimits });
    const thread: Thread = { worker, underWay: null };
    worker.on('message', (decided: Decided) => finished(thread, decided));
    worker.on('error', fail);
    worker.on('messageerror', fail);
    worker.on('exit', (code) => {
      if (!isClosing) fail(new Error(`a thread ended with exit code ${code}`));
    });
    return thread;
  });

  function fail(error: unknown): void {
    failure ??= error;
    const waiting = [...threads.flatMap(({ underWay }) => underWay ?? []), ...queue.splice(0)];
    for (const thread of threads) thread.underWay = null;
    for (const { reject } of waiting) reject(failure);
  }

  function finished(thread: Thread, decided: Decided): void {
    const { underWay } = thread;
    thread.underWay = null;
    begin();
    underWay?.resolve(decided);
  }

  function begin(): void {
    for (const thread of threads) {
      if (thread.underWay) continue;
      const next = queue.shift();
      if (!next) return;
      thread.underWay = next;
      thread.worker.postMessage(next.order, [next.order.chunk.bytes.buffer]);
    }
  }

  return {
    decide(chunk, logged, repeats = NO_REPEATS) {
      if (failure !== null) return Promise.reject(failure);
      return new Promise((resolve, reject) => {
        queue.push({ order: { chunk, logged, repeats }, resolve, reject });
        begin();
      });
    },
    async close() {
      isClosing = true;
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}
