import type { LoggedDecision } from '../decisions/store.ts';
import type { NotReplayable, Replay } from './replay.ts';

/** Of one version of the program that had judged: how its decisions were replayed. */
export interface ReplayCount {
  same: number;
  changed: number;
  notReplayable: Record<NotReplayable['reason'], number>;
}

/** By the version of the program that had judged. */
export type ReplayCounts = Record<string, ReplayCount>;

const none = (): ReplayCount => ({
  same: 0,
  changed: 0,
  notReplayable: { erased: 0, 'no-version': 0, 'unreadable-version': 0, 'unreadable-facts': 0 },
});

export function addReplay(counts: ReplayCounts, { engineVersion }: LoggedDecision, replay: Replay): void {
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

export const REASONS = ['erased', 'no-version', 'unreadable-version', 'unreadable-facts'] as const;
