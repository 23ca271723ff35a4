import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again until the answer is not undefined; after a minute it never will be. */
export async function until<Result>(
  ask: () => Promise<Result | undefined> | Result | undefined,
): Promise<Result> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const result = await ask();
    if (result !== undefined) return result;
    if (Date.now() > deadline) throw new Error('waited for a minute in vain');
    await sleep(20);
  }
}
