/** What a run came to, or a part of it. Yen are whole. */
export interface Tally {
  /** Cases, good or bad. */
  cases: number;
  bad: number;
  /** Lines with nothing on them. */
  blank: number;
  outcomes: Counts;
  categories: Counts;
  remedies: Counts;
  yen: { final: number; open: number };
  payments: { cases: number; yen: number };
  review: number;
  /** On neither list. With lists, `payments`, `review` and this are all cases. */
  none: number;
  /** Of those for review, the cases whose reference another line has, too. */
  repeated: number;
}

/** By id. */
export type Counts = Record<string, { label: string; cases: number }>;

export const emptyTally = (): Tally => ({
  cases: 0,
  bad: 0,
  blank: 0,
  outcomes: {},
  categories: {},
  remedies: {},
  yen: { final: 0, open: 0 },
  payments: { cases: 0, yen: 0 },
  review: 0,
  none: 0,
  repeated: 0,
});

export function count(counts: Counts, id: string, label: string, cases: number): void {
  const known = counts[id];
  if (known) known.cases += cases;
  else counts[id] = { label, cases };
}

/** Adds `part` to `sum`. */
export function add(sum: Tally, part: Tally): void {
  sum.cases += part.cases;
  sum.bad += part.bad;
  sum.blank += part.blank;
  for (const group of ['outcomes', 'categories', 'remedies'] as const)
    for (const [id, { label, cases }] of Object.entries(part[group])) count(sum[group], id, label, cases);
  sum.yen.final += part.yen.final;
  sum.yen.open += part.yen.open;
  sum.payments.cases += part.payments.cases;
  sum.payments.yen += part.payments.yen;
  sum.review += part.review;
  sum.none += part.none;
  sum.repeated += part.repeated;
}
