/** A thread that dies is an error, not a wait without end. */
import { expect, it } from 'vitest';
import { openThreads, type Threads } from '../../src/bulk/threads.ts';
import { loadedYamaguchi, taskOf } from './decider.ts';

const task = taskOf(loadedYamaguchi(), {});
// A Buffer of its own: what Buffer.from makes is part of a pool, which cannot be handed over.
const chunk = () => ({ bytes: Buffer.alloc(3, '{}\n'), line: 1 });
const all = (threads: Threads, n: number): Promise<PromiseSettledResult<unknown>[]> =>
  Promise.allSettled(
    Array.from({ length: n }, () =>
      threads.decide({ chunk: chunk(), logged: new Map(), repeats: new Map() }),
    ),
  );

it.each([
  ['dies.mjs', /exit code 7/],
  ['throws.mjs', /a bug/],
  ['nowhere.mjs', /nowhere/],
])('%s fails all that was asked, and all that is asked after it', async (script, reason) => {
  const threads = openThreads(new URL(`./threads/${script}`, import.meta.url), 2, task);
  try {
    for (const result of [...(await all(threads, 5)), ...(await all(threads, 1))]) {
      expect(result.status).toBe('rejected');
      expect(String(Object(result).reason)).toMatch(reason);
    }
  } finally {
    await threads.close();
  }
});
