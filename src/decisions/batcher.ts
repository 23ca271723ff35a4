import { StoreUnavailable } from './store.ts';

/** Of what one statement takes. More is no faster, and keeps those that wait waiting. */
export const MOST_AT_ONCE = 200;

interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Handles together what arrives together. A lone item leaves at once; what arrives while others are under way leaves when
 * they have ended, in the order in which it came. Of a batch that is refused the halves are tried, and theirs, so that only
 * the items at fault fail.
 */
export function createBatcher<Item, Result>(
  handle: (items: Item[]) => Promise<Result[]>,
): (item: Item) => Promise<Result> {
  const queue: Waiting<Item, Result>[] = [];
  let isUnderWay = false;

  async function settle(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await handle(batch.map(({ item }) => item));
      for (const [i, { resolve, reject }] of batch.entries()) {
        const result = results[i];
        if (result === undefined) reject(new Error('a batch without the result of each item'));
        else resolve(result);
      }
    } catch (error) {
      if (batch.length === 1 || error instanceof StoreUnavailable) {
        for (const { reject } of batch) reject(error);
        return;
      }
      const half = batch.length >> 1;
      await settle(batch.slice(0, half));
      await settle(batch.slice(half));
    }
  }

  async function leave(): Promise<void> {
    if (isUnderWay) return;
    isUnderWay = true;
    while (queue.length > 0) await settle(queue.splice(0, MOST_AT_ONCE));
    isUnderWay = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      void leave();
    });
}
