import { randomBytes } from 'node:crypto';
import { v4 } from 'uuid';
import { monthOf } from './month.ts';
import { NOTHING_BEFORE, sealed } from './seal.ts';
import type { DecisionRecord, LoggedDecision, Seal } from './store.ts';

type Head = Pick<Seal, 'chain' | 'seq' | 'hash'>;

const SALT_BYTES = 16;

/** Rows linked to what this writer has written, and still to be written. */
export interface Linked {
  rows: LoggedDecision[];
  /** To be called when they are committed: the next are linked to them. */
  accept(): void;
}

/**
 * The chains of one writer. Nobody else adds to them, so that writers never wait for each other. One for each month, so that a
 * month can be taken out of the log whole.
 */
export class Chains {
  private heads = new Map<string, Head>();

  link(records: readonly DecisionRecord[]): Linked {
    const heads = new Map(this.heads);
    const salts = randomBytes(records.length * SALT_BYTES).toString('hex');
    const rows = records.map((record, i) => {
      const month = monthOf(record.decidedAt);
      const head = heads.get(month) ?? {
        chain: v4({ random: randomBytes(16) }),
        seq: 0,
        hash: NOTHING_BEFORE,
      };
      const salt = salts.slice(i * SALT_BYTES * 2, (i + 1) * SALT_BYTES * 2);
      const row = sealed(record, salt, head);
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

  /** When it is not known whether rows were committed: what comes now begins anew, and fits either way. */
  leave(): void {
    this.heads = new Map();
  }
}
