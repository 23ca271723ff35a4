/** How far a run has come and what it came to, in a file beside its output: what it takes to go on after it was interrupted. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const counts = z.record(z.string(), z.object({ label: z.string(), cases: z.number() }));

/** What a run came to, or a part of it. Yen are whole. */
const tallySchema = z.object({
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
  /** Of those for review, the cases whose reference is on an earlier list of payments. */
  paidBefore: z.number(),
  /** Of the payments, those without a reference, which no later run can know again. */
  unnamed: z.number(),
});
export type Tally = z.infer<typeof tallySchema>;

/** By id. */
export type Counts = z.infer<typeof counts>;

export const progressSchema = z.object({
  /** What has to be the same for a run to go on: by what it is called. */
  identity: z.record(z.string(), z.string()),
  /** Epoch milliseconds; and 16 bytes in hex. */
  run: z.object({ startedAt: z.number(), random: z.string() }),
  /** Behind the last case whose lines are written. */
  at: z.object({ offset: z.number(), line: z.number() }),
  /** Bytes of each list at that point. */
  sizes: z.object({ decisions: z.number(), payments: z.number(), review: z.number() }),
  tally: tallySchema,
});

export type Progress = z.infer<typeof progressSchema>;

export const progressFileOf = (output: string): string => `${output}.progress.json`;

/** Whole or not at all, also where the process is killed over it. */
export async function saveProgress(path: string, progress: object): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(progress));
  await rename(`${path}.new`, path);
}

/** null where there is none, or none that can be read. */
export async function loadProgress<Schema extends z.ZodType>(path: string, schema: Schema) {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

export const removeProgress = (path: string): Promise<void> => rm(path, { force: true });

/** What is not as it was; empty where the run can go on. */
export function differences(before: Progress['identity'], now: Progress['identity']): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter((name) => before[name] !== now[name]);
}

export const emptyTally = (): Tally => ({
  ...{ cases: 0, bad: 0, blank: 0, outcomes: {}, categories: {}, remedies: {} },
  ...{ yen: { final: 0, open: 0 }, payments: { cases: 0, yen: 0 }, review: 0, none: 0, repeated: 0 },
  ...{ paidBefore: 0, unnamed: 0 },
});

export function count(counts: Counts, id: string, label: string, cases = 1): void {
  const known = counts[id];
  if (known) known.cases += cases;
  else counts[id] = { label, cases };
}

/** Adds `part` to `sum`. */
export function add(sum: Tally, part: Tally): void {
  for (const name of [
    'cases',
    'bad',
    'blank',
    'review',
    'none',
    'repeated',
    'paidBefore',
    'unnamed',
  ] as const)
    sum[name] += part[name];
  for (const group of ['outcomes', 'categories', 'remedies'] as const)
    for (const [id, { label, cases }] of Object.entries(part[group])) count(sum[group], id, label, cases);
  sum.yen.final += part.yen.final;
  sum.yen.open += part.yen.open;
  sum.payments.cases += part.payments.cases;
  sum.payments.yen += part.payments.yen;
}
