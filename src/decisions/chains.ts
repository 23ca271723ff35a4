import { randomBytes } from 'node:crypto';
import { v4 } from 'uuid';
import { monthOf } from './month.ts';
import { NOTHING_BEFORE, type Salted, type Sealed, seal } from './seal.ts';
import type { Seal } from './store.ts';

/** Random, but nothing is decided by it. */
const newChain = (): string => v4({ random: randomBytes(16) });

type Head = Pick<Seal, 'chain' | 'seq' | 'hash'>;

/** Rows linked to what this writer has written, and still to be written. */
export interface Linked {
  rows: Sealed[];
  /** To be called when they are committed: the next are linked to them. */
  accept(): void;
}

/**
 * The chains of one writer. Nobody else adds to them, so that writers never wait for each other. One for each month, so that a
 * month can be taken out of the log whole.
 */
export class Chains {
  private heads = new Map<string, Head>();

  link(records: readonly Salted[]): Linked {
    const heads = new Map(this.heads);
    const rows = records.map((salted) => {
      const month = monthOf(salted.record.decidedAt);
      const head = heads.get(month) ?? { chain: newChain(), seq: 0, hash: NOTHING_BEFORE };
      const row = seal(salted, head);
      heads.set(month, row);
      return row;
    });
    return {
      rows,
      accept: () => {
        this.heads = heads;
      },
    };
  }

  /** For when a commit may or may not have gone through: the next rows begin chains of their own, which are right in both cases. */
  leave(): void {
    this.heads = new Map();
  }
}
