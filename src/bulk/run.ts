import { type FileHandle, open, stat, truncate } from 'node:fs/promises';
import type { DecisionRecord, DecisionStore, EarlierPayment } from '../decisions/store.ts';
import { type Cutting, type PlacedChunk, readChunks } from './chunks.ts';
import type { Decided, LineRecord } from './decide-chunk.ts';
import { NOTHING_PAID, type PaidBefore, type PaymentLog } from './payment-log.ts';
import { add, type Progress } from './progress.ts';
import { NO_REPEATS, type Repeats } from './repeats.ts';
import { lineIds, type RunId } from './task.ts';
import type { Threads } from './threads.ts';

/** The lists that are wanted, each open at its end. */
export type Lists = Map<'decisions' | 'payments' | 'review', FileHandle>;

/** Opens a list as it was when it had `size` bytes, cutting off what is behind; null where it has fewer, or is not there. */
export async function openList(path: string, size: number): Promise<FileHandle | null> {
  if (size === 0) return open(path, 'w');
  const there = await stat(path).catch(() => null);
  if (!there || there.size < size) return null;
  await truncate(path, size);
  return open(path, 'a');
}

interface RunParts {
  file: FileHandle;
  cutting: Cutting;
  threads: Threads;
  /** Chunks read or being decided at a time; this bounds the memory. */
  ahead: number;
  lists: Lists;
  log: RunLog | null;
  /** null where payments are not logged. */
  paymentLog: PaymentLog | null;
  paidBefore: PaidBefore;
  /** null where there are no lists that a case could be on twice. */
  repeats: Repeats | null;
  /** Where to begin; it is brought up to date as the run goes on. */
  progress: Progress;
  /** After each chunk, when its lines are written. */
  onProgress(progress: Progress): Promise<void>;
  /** Ends the run after the chunk under way. */
  signal: AbortSignal;
}

/** Decides chunk by chunk and writes their lines in the order of the input. True where it came to the end. */
export async function run(parts: RunParts): Promise<boolean> {
  const { lists, log, paymentLog, progress, onProgress, signal } = parts;
  if (signal.aborted) return false;
  for await (const { chunk, decided } of inOrder(parts)) {
    await log?.commit(decided.records);
    await paymentLog?.commit(decided.paid);
    await Promise.all([...lists].map(([name, file]) => file.appendFile(decided[name])));
    for (const name of lists.keys()) progress.sizes[name] += decided[name].length;
    add(progress.tally, decided.tally);
    progress.at = chunk.next;
    await onProgress(progress);
    if (signal.aborted) return false;
  }
  return true;
}

async function* inOrder(parts: RunParts) {
  const { file, cutting, threads, ahead, progress, repeats, paidBefore } = parts;
  const underWay: { chunk: PlacedChunk; decided: Promise<Decided> }[] = [];
  const known = knownAnswers(parts);
  for await (const chunk of readChunks(file, progress.at, cutting)) {
    const repeated = repeats?.within(chunk.line, chunk.next.line) ?? NO_REPEATS;
    const paid = ofLines(paidBefore, chunk.line, chunk.next.line);
    const decided = threads.decide({
      ...{ chunk, logged: await known(chunk), repeats: repeated, paidBefore: paid },
    });
    // Reported when its turn comes; before that it is no unhandled rejection.
    decided.catch(() => undefined);
    underWay.push({ chunk, decided });
    if (underWay.length < ahead) continue;
    const first = underWay.shift();
    if (first) yield { chunk: first.chunk, decided: await first.decided };
  }
  for (const { chunk, decided } of underWay) yield { chunk, decided: await decided };
}

/**
 * A run that was interrupted may have logged the lines of one chunk without having written them. The run that takes it up may
 * cut elsewhere, but not find them further on than one chunk goes.
 */
function knownAnswers({ log, cutting, progress }: RunParts) {
  let start = progress.at;
  const end = start.offset + cutting.chunkBytes + cutting.recordBytes;
  return async ({ line, next }: PlacedChunk): Promise<ReadonlyMap<number, string>> => {
    const mayBeLogged = start.offset < end;
    start = next;
    return log && mayBeLogged ? log.answers(line, next.line) : new Map();
  };
}

/** From `first` to before `end`. */
function ofLines(paidBefore: PaidBefore, first: number, end: number): PaidBefore {
  if (paidBefore.size === 0) return NOTHING_PAID;
  const found = new Map<number, EarlierPayment>();
  for (let line = first; line < end; line++) {
    const payment = paidBefore.get(line);
    if (payment) found.set(line, payment);
  }
  return found;
}

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
