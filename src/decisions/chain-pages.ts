import type { DecisionStore, StoredDecision } from './store.ts';

const PAGE = 1_000;

/** Every row of a chain, in order; page by page, however many there are. */
export async function* chainPages(
  store: Pick<DecisionStore, 'chainPage'>,
  chain: string,
): AsyncGenerator<StoredDecision[]> {
  for (let seq = 0; ; ) {
    const rows = await store.chainPage(chain, seq, PAGE);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    seq = last.seq;
  }
}
