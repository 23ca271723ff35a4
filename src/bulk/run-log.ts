import type { DecisionRecord, DecisionStore } from '../decisions/store.ts';
import type { LineRecord } from './decide-chunk.ts';
import { lineIds, type RunId } from './task.ts';

/** Postgres takes 65,535 parameters a statement. */
const MOST_IDS = 10_000;

/** What all decisions of a run have in common in the log. */
type OfAll = Pick<DecisionRecord, 'prefecture' | 'incident' | 'version' | 'decidedAt' | 'engineVersion'>;

export type RunLog = ReturnType<typeof runLog>;

/** The log of a run: its ids follow from the run and the line, so that a line is never logged twice. */
export function runLog(store: DecisionStore, run: RunId, ofAll: OfAll) {
  const idOf = lineIds(run);
  return {
    /** Resolves after the commit, all or none. */
    async commit(records: readonly LineRecord[]): Promise<void> {
      if (records.length === 0) return;
      await store.appendAll(records.map((record) => ({ ...ofAll, ...record, asOf: new Date(record.asOf) })));
    },
    /** Answers that are in the log, by line, of the lines from `first` to before `end`. */
    async answers(first: number, end: number): Promise<ReadonlyMap<number, string>> {
      const lines = new Map<string, number>();
      for (let line = first; line < end; line++) lines.set(idOf(line), line);
      const ids = [...lines.keys()];
      const answers = new Map<number, string>();
      for (let i = 0; i < ids.length; i += MOST_IDS) {
        for (const found of await store.findAll(ids.slice(i, i + MOST_IDS))) {
          const line = lines.get(found.id);
          if ('missing' in found)
            throw new Error(`decision ${found.id}: only some of facts, answer and salt are there`);
          if (line !== undefined && found.answer !== null) answers.set(line, found.answer);
        }
      }
      return answers;
    },
  };
}
