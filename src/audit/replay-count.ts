import { z } from 'zod';
import type { DecisionColumns } from '../decisions/store.ts';
import type { NotReplayable, Replay } from './replay.ts';

const notReplayableSchema = z.strictObject({
  erased: z.int(),
  partial: z.int(),
  'no-version': z.int(),
  'unreadable-version': z.int(),
  'unreadable-facts': z.int(),
  'unreadable-answer': z.int().default(0),
  disagreement: z.int(),
} satisfies Record<NotReplayable['reason'], z.ZodType<number>>);
export const REASONS = notReplayableSchema.keyof().options;

/** Of one version of the program that had judged: how its decisions were replayed. */
const replayCountSchema = z.strictObject({
  same: z.int(),
  changed: z.int(),
  notReplayable: notReplayableSchema,
});
export type ReplayCount = z.infer<typeof replayCountSchema>;

/** By the version of the program that had judged. */
export const replayCountsSchema = z.record(z.string(), replayCountSchema);
export type ReplayCounts = z.infer<typeof replayCountsSchema>;

const none = (): ReplayCount => ({
  ...{ same: 0, changed: 0 },
  notReplayable: notReplayableSchema.parse(Object.fromEntries(REASONS.map((reason) => [reason, 0]))),
});

export function addReplay(counts: ReplayCounts, { engineVersion }: DecisionColumns, replay: Replay): void {
  const count = counts[engineVersion] ?? none();
  counts[engineVersion] = count;
  if (replay.result === 'not-replayable') count.notReplayable[replay.reason] += 1;
  else count[replay.result] += 1;
}

export function totalOf(counts: ReplayCounts): ReplayCount {
  const total = none();
  for (const { same, changed, notReplayable } of Object.values(counts)) {
    total.same += same;
    total.changed += changed;
    for (const reason of REASONS) total.notReplayable[reason] += notReplayable[reason];
  }
  return total;
}
