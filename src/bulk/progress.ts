/** How far a run has come, in a file beside its output: what it takes to go on after it was interrupted. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { tallySchema } from './tally.ts';

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
