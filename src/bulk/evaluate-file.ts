/** A file of cases to lists of decisions: what is opened, checked, written and cleared away around a run. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { LoadedRuleSet } from '../rule-files/load.ts';
import { cuttingOf } from './chunks.ts';
import type { ColumnOptions } from './columns.ts';
import { decisionHeader, paymentHeader, reviewHeader } from './lines.ts';
import { type InputProblem, type OpenInput, openInput } from './open-input.ts';
import { findPaidBefore, hashOf, NOTHING_PAID, type PaymentLog } from './payment-log.ts';
import {
  differences,
  emptyTally,
  loadProgress,
  type Progress,
  progressFileOf,
  progressSchema,
  removeProgress,
  saveProgress,
  type Tally,
} from './progress.ts';
import { findRepeats } from './repeats.ts';
import { type Lists, openList, type RunLog, run } from './run.ts';
import type { Format, RunId, Task } from './task.ts';
import { openThreads } from './threads.ts';

export interface FileRequest extends ColumnOptions {
  ruleSet: LoadedRuleSet;
  commit: string | null;
  input: { path: string; format: Format; encoding: string; localTimes: boolean };
  outputs: { decisions: { path: string; format: Format }; payments: string | null; review: string | null };
  /** For cases that name no instant, as written; null: the start of the run. Epoch milliseconds. */
  asOf: number | null;
  explain: boolean;
  threads: number;
  /** Go on where an interrupted run stopped. */
  resume: boolean;
  /** Overwrite lists that are there. */
  force: boolean;
}

export interface Dependencies {
  /** Epoch milliseconds. */
  now: number;
  /** 16 bytes in hex. */
  random: string;
  /** hosho's own version. */
  version: string;
  /** Where decisions are logged, by the ids of the run; null where they are not. `decidedAt` in epoch milliseconds. */
  openLog: ((run: RunId, decidedAt: number) => Promise<RunLog>) | null;
  /** Where payments are logged; null where they are not. `inputHash` is the sha256 of the input, in hex. */
  openPayments: ((run: RunId, inputHash: string) => Promise<PaymentLog>) | null;
  onProgress(progress: Progress, size: number): void;
  signal: AbortSignal;
}

export type FileProblem =
  | InputProblem
  | { code: 'output-exists'; path: string; canResume: boolean }
  | { code: 'same-file'; path: string }
  | { code: 'no-progress'; path: string }
  | { code: 'changed'; what: string[] }
  | { code: 'output-shorter'; path: string };

export type FileResult =
  | { kind: 'refused'; problems: FileProblem[] }
  | {
      kind: 'done' | 'interrupted';
      tally: Tally;
      /** Whether rows could be compared by their references; null where nothing was to be compared. */
      hasReferences: boolean | null;
      /** null where payments were not logged. */
      paymentLog: PaymentLog | null;
    };

export async function evaluateFile(request: FileRequest, dependencies: Dependencies): Promise<FileResult> {
  const outputProblem = await checkOutputs(request);
  if (outputProblem) return { kind: 'refused', problems: [outputProblem] };
  const { vocabulary } = request.ruleSet.ruleSet;
  const opened = await openInput(request.input.path, vocabulary, { ...request, ...request.input });
  if ('problems' in opened) return { kind: 'refused', problems: opened.problems };
  const { input } = opened;
  try {
    const progress = await begin(request, dependencies, input);
    if ('code' in progress) return { kind: 'refused', problems: [progress] };
    return await decideAll(request, dependencies, input, progress);
  } finally {
    await input.file.close();
  }
}

async function checkOutputs({ input, outputs, resume, force }: FileRequest): Promise<FileProblem | null> {
  const paths = [outputs.decisions.path, outputs.payments, outputs.review].filter((path) => path !== null);
  const seen = new Set(await namesOf(input.path));
  for (const path of paths) {
    const names = await namesOf(path);
    if (names.some((name) => seen.has(name))) return { code: 'same-file', path };
    for (const name of names) seen.add(name);
  }
  if (resume || force) return null;
  const progress = await loadProgress(progressFileOf(outputs.decisions.path), progressSchema);
  for (const path of paths)
    if (await stat(path).catch(() => null))
      return { code: 'output-exists', path, canResume: progress !== null };
  return null;
}

/** A file by its path and, where it is there, by what it is under any path. */
async function namesOf(path: string): Promise<string[]> {
  const there = await stat(path).catch(() => null);
  return [resolve(path), ...(there ? [`${there.dev} ${there.ino}`] : [])];
}

/** Where to begin: at the start, or where the run before this one stopped. */
async function begin(
  request: FileRequest,
  dependencies: Dependencies,
  input: OpenInput,
): Promise<Progress | FileProblem> {
  const { ruleSet, input: from, outputs, map, ignore, resume } = request;
  /** Whatever the lines depend on. */
  const identity: Progress['identity'] = {
    hosho: dependencies.version,
    input: input.fingerprint,
    rules: ruleSet.version,
    encoding: from.encoding,
    'local-times': String(from.localTimes),
    columns: JSON.stringify(input.columns),
    map: JSON.stringify([...map]),
    ignore: JSON.stringify([...ignore]),
    output: outputs.decisions.format,
    payments: outputs.payments === null ? '' : resolve(outputs.payments),
    review: outputs.review === null ? '' : resolve(outputs.review),
    'as-of': String(request.asOf),
    explain: String(request.explain),
    log: String(dependencies.openLog !== null),
    'payment-log': String(dependencies.openPayments !== null),
  };
  if (!resume) {
    const run = { startedAt: dependencies.now, random: dependencies.random };
    const sizes = { decisions: 0, payments: 0, review: 0 };
    return { identity, run, at: input.start, sizes, tally: emptyTally() };
  }
  const path = progressFileOf(outputs.decisions.path);
  const before = await loadProgress(path, progressSchema);
  if (!before) return { code: 'no-progress', path };
  const what = differences(before.identity, identity);
  return what.length > 0 ? { code: 'changed', what } : before;
}

/** About so many bytes of input a chunk: less where much is written for little. */
const CHUNK_BYTES = 262_144;
const CHUNK_BYTES_OF_ANSWERS = 65_536;

function taskOf(
  request: FileRequest,
  { now, openLog }: Dependencies,
  { columns }: OpenInput,
  { run: id }: Progress,
): Task {
  const { ruleSet, commit, input, outputs, asOf, explain } = request;
  const { ruleText, vocabularyText } = ruleSet;
  const { format, encoding, localTimes } = input;
  return {
    rules: { file: ruleSet.ruleSet.file, ruleText, vocabularyText, commit },
    input: format === 'csv' ? { format, columns, encoding, localTimes } : { format },
    output: outputs.decisions.format,
    payments: outputs.payments !== null,
    review: outputs.review !== null,
    asOf: asOf ?? id.startedAt,
    explain,
    log: openLog ? { ...id, decidedAt: now } : null,
  };
}

async function decideAll(
  request: FileRequest,
  dependencies: Dependencies,
  input: OpenInput,
  progress: Progress,
): Promise<FileResult> {
  const { now, signal } = dependencies;
  const { file, start, size } = input;
  const path = progressFileOf(request.outputs.decisions.path);
  const log = dependencies.openLog ? await dependencies.openLog(progress.run, now) : null;
  const paymentLog = (await dependencies.openPayments?.(progress.run, await hashOf(file))) ?? null;
  // Of a run that another log has, what it has paid so far would be known nowhere.
  if (paymentLog && request.resume && !paymentLog.wasKnown)
    return { kind: 'refused', problems: [NOT_ITS_LOG] };
  // Before the lists are touched: from here on the run can be taken up.
  await saveProgress(path, progress);
  const lists = await openLists(request, progress);
  if ('code' in lists) return { kind: 'refused', problems: [lists] };
  const task = taskOf(request, dependencies, input, progress);
  const isLong = task.output === 'ndjson' || log !== null;
  const cutting = cuttingOf(request.input.format, isLong ? CHUNK_BYTES_OF_ANSWERS : CHUNK_BYTES);
  const rows = { file, start, cutting, ruleSet: request.ruleSet.ruleSet, task };
  // From the start of the file, also where a run is taken up again: what is repeated does not depend on where it stopped.
  const repeats = task.payments || task.review ? await findRepeats(rows, signal) : null;
  const paidBefore = paymentLog ? await findPaidBefore(rows, paymentLog, signal) : NOTHING_PAID;
  const threads = openThreads(new URL('./thread.js', import.meta.url), request.threads, task);
  try {
    const isDone = await run({
      ...{ file, cutting, threads, lists, log, paymentLog, repeats, paidBefore, progress, signal },
      ahead: 2 * request.threads,
      async onProgress(now) {
        await saveProgress(path, now);
        dependencies.onProgress(now, size);
      },
    });
    if (isDone) await paymentLog?.finish();
    if (isDone) await removeProgress(path);
    return {
      kind: isDone ? 'done' : 'interrupted',
      tally: progress.tally,
      hasReferences: repeats?.hasReferences ?? null,
      paymentLog,
    };
  } finally {
    await threads.close();
    for (const list of lists.values()) await list.close();
  }
}

const NOT_ITS_LOG: FileProblem = { code: 'changed', what: ['payment-log'] };

/** In the order of the request; where it has just begun, each with its header. */
async function openLists(
  { outputs, ruleSet: { ruleSet } }: FileRequest,
  { sizes }: Progress,
): Promise<Lists | FileProblem> {
  const { decisions, payments, review } = outputs;
  const wanted = [
    ['decisions', decisions.path, decisions.format === 'csv' ? decisionHeader(ruleSet) : ''],
    ['payments', payments, paymentHeader],
    ['review', review, reviewHeader],
  ] as const;
  const lists: Lists = new Map();
  for (const [name, path, header] of wanted) {
    if (path === null) continue;
    const list = await openList(path, sizes[name]);
    if (list === null) return { code: 'output-shorter', path };
    lists.set(name, list);
    if (sizes[name] > 0) continue;
    await list.appendFile(header);
    sizes[name] = Buffer.byteLength(header);
  }
  return lists;
}
