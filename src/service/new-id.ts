import { getRandomValues } from 'node:crypto';
import { v7 } from 'uuid';

const BYTES_PER_ID = 16;
/** Taken from the system for many ids at once: it asks as much for 16 bytes as for 4,096. */
const pool = new Uint8Array(256 * BYTES_PER_ID);
let used = pool.length;

function rng(): Uint8Array {
  if (used === pool.length) {
    getRandomValues(pool);
    used = 0;
  }
  used += BYTES_PER_ID;
  return pool.subarray(used - BYTES_PER_ID, used);
}

/** A UUIDv7. */
export const newId = (): string => v7({ rng });
