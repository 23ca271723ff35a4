import { v7 } from 'uuid';
import type { Column } from './columns.ts';

export type Format = 'csv' | 'ndjson';

type Input =
  | {
      format: 'csv';
      columns: Column[];
      /** A label of TextDecoder. */
      encoding: string;
      /** Datetimes without an offset are taken, in the rule set's time zone. */
      localTimes: boolean;
    }
  | { format: 'ndjson' };

/** Of the ids of logged decisions: the same line gets the same id, however often a run is taken up again. */
export interface RunId {
  /** Epoch milliseconds. */
  startedAt: number;
  /** 16 bytes in hex. */
  random: string;
}

/** UUIDv7 of the decision on a line: ids of a run sort by line. */
export function lineIds({ startedAt, random }: RunId): (line: number) => string {
  const bytes = Uint8Array.from(Buffer.from(random, 'hex'));
  return (line) => v7({ msecs: startedAt, seq: line, random: bytes });
}

/** All that a thread needs to know. It crosses to another thread, so it is data and nothing else. */
export interface Task {
  rules: { file: string; ruleText: string; vocabularyText: string; commit: string | null };
  input: Input;
  output: Format;
  /** Which of the further lists are wanted. */
  payments: boolean;
  review: boolean;
  /** For cases that name no instant; epoch milliseconds. */
  asOf: number;
  explain: boolean;
  /** `decidedAt` in epoch milliseconds; null where nothing is logged. */
  log: (RunId & { decidedAt: number }) | null;
}

/** The longest record, its end of line included. */
export const RECORD_BYTES: Record<Format, number> = { csv: 65_536, ndjson: 1_048_576 };
