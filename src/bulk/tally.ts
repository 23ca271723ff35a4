import { z } from 'zod';

const counts = z.record(z.string(), z.object({ label: z.string(), cases: z.number() }));

/** What a run came to, or a part of it. Yen are whole. */
export const tallySchema = z.object({
  /** Cases, good or bad. */
  cases: z.number(),
  bad: z.number(),
  /** Lines with nothing on them. */
  blank: z.number(),
  outcomes: counts,
  categories: counts,
  remedies: counts,
  yen: z.object({ final: z.number(), open: z.number() }),
  payments: z.object({ cases: z.number(), yen: z.number() }),
  review: z.number(),
  /** On neither list. With lists, `payments`, `review` and this are all cases. */
  none: z.number(),
  /** Of those for review, the cases whose reference another line has, too. */
  repeated: z.number(),
});
export type Tally = z.infer<typeof tallySchema>;

/** By id. */
export type Counts = z.infer<typeof counts>;

export const emptyTally = (): Tally => ({
  ...{ cases: 0, bad: 0, blank: 0, outcomes: {}, categories: {}, remedies: {} },
  ...{ yen: { final: 0, open: 0 }, payments: { cases: 0, yen: 0 }, review: 0, none: 0, repeated: 0 },
});

export function count(counts: Counts, id: string, label: string, cases = 1): void {
  const known = counts[id];
  if (known) known.cases += cases;
  else counts[id] = { label, cases };
}

/** Adds `part` to `sum`. */
export function add(sum: Tally, part: Tally): void {
  for (const name of ['cases', 'bad', 'blank', 'review', 'none', 'repeated'] as const)
    sum[name] += part[name];
  for (const group of ['outcomes', 'categories', 'remedies'] as const)
    for (const [id, { label, cases }] of Object.entries(part[group])) count(sum[group], id, label, cases);
  sum.yen.final += part.yen.final;
  sum.yen.open += part.yen.open;
  sum.payments.cases += part.payments.cases;
  sum.payments.yen += part.payments.yen;
}
