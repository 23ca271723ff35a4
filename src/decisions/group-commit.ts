import { StoreUnavailable } from './store.ts';

/** Postgres takes 65,535 parameters a statement; a decision has ten. */
const LARGEST = 500;

interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Commits together what arrives together. A lone item leaves at once; what arrives while a commit is under way leaves
 * when it has ended. Where a batch is refused, each of its items is committed alone, so that only those at fault fail.
 */
export function groupCommit<Item, Result>(
  commit: (items: Item[]) => Promise<Result[]>,
): (item: Item) => Promise<Result> {
  const queue: Waiting<Item, Result>[] = [];
  let isDraining = false;

  async function settle(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await commit(batch.map(({ item }) => item));
      for (const [i, { resolve, reject }] of batch.entries()) {
        const result = results[i];
        if (result === undefined) reject(new Error('a commit without its result'));
        else resolve(result);
      }
    } catch (error) {
      if (batch.length === 1 || error instanceof StoreUnavailable)
        for (const { reject } of batch) reject(error);
      else for (const one of batch) await settle([one]);
    }
  }

  async function drain(): Promise<void> {
    if (isDraining) return;
    isDraining = true;
    while (queue.length > 0) await settle(queue.splice(0, LARGEST));
    isDraining = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      void drain();
    });
}
