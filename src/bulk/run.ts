import { type FileHandle, open, stat, truncate } from 'node:fs/promises';
import { type Cutting, type PlacedChunk, readChunks } from './chunks.ts';
import type { Decided } from './decide-chunk.ts';
import type { Progress } from './progress.ts';
import { NO_REPEATS, type Repeats } from './repeats.ts';
import type { RunLog } from './run-log.ts';
import { add } from './tally.ts';
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

export interface RunParts {
  file: FileHandle;
  cutting: Cutting;
  threads: Threads;
  /** Chunks read or being decided at a time; this bounds the memory. */
  ahead: number;
  lists: Lists;
  log: RunLog | null;
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
  const { lists, log, progress, onProgress, signal } = parts;
  if (signal.aborted) return false;
  for await (const { chunk, decided } of inOrder(parts)) {
    await log?.commit(decided.records);
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
  const { file, cutting, threads, ahead, progress, repeats } = parts;
  const underWay: { chunk: PlacedChunk; decided: Promise<Decided> }[] = [];
  const known = knownAnswers(parts);
  for await (const chunk of readChunks(file, progress.at, cutting)) {
    const repeated = repeats?.within(chunk.line, chunk.next.line) ?? NO_REPEATS;
    const decided = threads.decide(chunk, await known(chunk), repeated);
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
