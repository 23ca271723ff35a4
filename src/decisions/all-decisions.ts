import type { DecisionFilter, DecisionStore, StoredDecision } from './store.ts';

const PAGE = 500;
const CHAIN_PAGE = 1_000;

/** Every decision that fits, the oldest first, behind `after`; page by page, however many there are. */
export async function* allDecisions(
  store: Pick<DecisionStore, 'page'>,
  filter: DecisionFilter,
  after: string | null = null,
): AsyncGenerator<StoredDecision> {
  for (let last = after; ; ) {
    const page = await store.page({ ...filter, after: last, order: 'oldest', limit: PAGE });
    yield* page;
    last = page.at(-1)?.id ?? null;
    if (last === null) return;
  }
}

/** Every row of a chain, in order; page by page, however many there are. */
export async function* chainPages(
  store: Pick<DecisionStore, 'chainPage'>,
  chain: string,
): AsyncGenerator<StoredDecision[]> {
  for (let seq = 0; ; ) {
    const rows = await store.chainPage(chain, seq, CHAIN_PAGE);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    seq = last.seq;
  }
}
