import { v7 } from 'uuid';
import type { RunId } from './task.ts';

/** UUIDv7 of the decision on a line: ids of a run sort by line. */
export function lineIds({ startedAt, random }: RunId): (line: number) => string {
  const bytes = Uint8Array.from(Buffer.from(random, 'hex'));
  return (line) => v7({ msecs: startedAt, seq: line, random: bytes });
}
