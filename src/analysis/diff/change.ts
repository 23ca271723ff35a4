import type { AspectName } from '../../engine/answer/fields.ts';

/** One way in which the answers of two rule sets to a case can differ. */
export type Change =
  /** In no category before and in one after; and the other way round. */
  | { kind: 'newly-covered' }
  | { kind: 'no-longer-covered' }
  /** The facts contradict each other by one of the two only. */
  | { kind: 'newly-contradictory' }
  | { kind: 'no-longer-contradictory' }
  /** One word instead of another. */
  | { kind: 'changed'; field: AspectName; from: string | null; to: string | null }
  /** An id, or remedy/brand, that only the later answer has; and one that only the earlier has. */
  | { kind: 'added'; field: AspectName; what: string }
  | { kind: 'removed'; field: AspectName; what: string }
  /** A deadline that both show, on other days. */
  | { kind: 'deadline-moved'; deadline: string }
  | { kind: 'amount-raised' | 'amount-lowered' | 'amount-otherwise' };
