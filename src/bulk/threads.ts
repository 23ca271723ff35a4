import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import type { Decided, Order } from './decide-chunk.ts';
import type { Task } from './task.ts';

export type Threads = ReturnType<typeof openThreads>;

/** Garbage is to be collected before it piles up: all threads together are to stay under 300 MB. */
const YOUNG_MB = 8;
/** Twice what a rule file of that size comes to take; V8 begins to collect at half of it. */
const oldMegabytes = ({ rules }: Task): number => 128 + rules.ruleText.length / 1000;

/** Threads that decide a chunk each, by `script`. */
export function openThreads(script: URL, count: number, task: Task) {
  const failing = new AbortController();
  const { signal } = failing;
  const fail = (error: unknown): void => failing.abort(error);
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: oldMegabytes(task) };
  const threads = Array.from({ length: count }, () =>
    new Worker(script, { workerData: task, resourceLimits })
      .on('error', fail)
      .on('messageerror', fail)
      .on('exit', (code) => fail(new Error(`a thread ended with exit code ${code}`))),
  );
  const idle = [...threads];
  const limit = pLimit(count);

  async function send(order: Order): Promise<Decided> {
    const thread = idle.pop();
    if (!thread || signal.aborted) throw signal.reason;
    thread.postMessage(order, [order.chunk.bytes.buffer]);
    try {
      const [decided] = await once(thread, 'message', { signal });
      idle.push(thread);
      return decided;
    } catch {
      throw signal.reason;
    }
  }

  return {
    /** Rejects, as does every other order, when a thread has died. */
    decide: (order: Order): Promise<Decided> => limit(send, order),
    async close(): Promise<void> {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}
