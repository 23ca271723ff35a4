import { appendFile, truncate, writeFile } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { remembered } from '../../analysis/remembered.ts';
import { replay as replayDecision } from '../../audit/replay.ts';
import {
  addReplay,
  REASONS as REPLAY_REASONS,
  type ReplayCount,
  type ReplayCounts,
  replayCountsSchema,
  totalOf,
} from '../../audit/replay-count.ts';
import { loadProgress, progressFileOf, removeProgress, saveProgress } from '../../bulk/progress.ts';
import { allDecisions } from '../../decisions/all-decisions.ts';
import type { DecisionStore, StoredDecision } from '../../decisions/store.ts';
import { storedRules } from '../../rule-files/stored-rules.ts';
import { unwritable } from '../terminal/files.ts';
import { type Context, type ExitCode, type Io, misuse, number } from '../terminal/io.ts';
import { countBar } from '../terminal/progress-bar.ts';
import { archivedRows } from './archive-file.ts';
import { type FilterOptions, filterOf, findOne } from './decisions-list.ts';
import { REASONS, replayText } from './replay-text.ts';
import { withStore } from './with-store.ts';

interface ReplayOptions extends FilterOptions {
  /** Files of archived months instead of the log. */
  archive: readonly string[];
  /** NDJSON: a line for each that is not the same. */
  output?: string;
  resume: boolean;
  json: boolean;
}

/**
 * Of the decisions named, or of all that fit. 1 where anything changed or is there in part, 3 where something that is there
 * could not be judged again, 130 where it was interrupted.
 */
export async function replay(
  { io, version: hosho, ...log }: Context,
  ids: readonly string[],
  { archive, output, resume, json, ...options }: ReplayOptions,
): Promise<ExitCode> {
  const filter = filterOf(options);
  if (resume && output === undefined)
    throw misuse('--resume', {
      en: 'name the same --output as before',
      ja: '前と同じ --output を指定してください',
    });
  if (resume && archive.length > 0)
    throw misuse('--resume', { en: 'not with --archive', ja: '--archive とは一緒に使えません' });
  const identity = JSON.stringify([hosho, filter, ids]);
  const state: State =
    resume && output !== undefined
      ? await resumed(output, identity)
      : { identity, after: null, done: 0, size: 0, counts: {} };
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  if (output !== undefined && !resume)
    await writeFile(output, '').catch((error: Error) => {
      throw unwritable(output, error);
    });
  const bar = countBar(io, io.lang === 'ja' ? '再判定' : 'Replayed');
  const isFinished = await withStore(log, 'auditor', async (store) => {
    const rules = { store: { findVersion: versionFinder(store) }, readStored: storedRules() };
    const total = archive.length > 0 || ids.length > 0 ? 0 : await store.count(filter);
    let lines = '';
    const save = async (): Promise<void> => {
      if (output === undefined) return;
      await appendFile(output, lines);
      state.size += Buffer.byteLength(lines);
      lines = '';
      await saveProgress(progressFileOf(output), state);
    };
    async function* wanted(): AsyncGenerator<StoredDecision> {
      if (archive.length > 0) yield* archivedRows(archive);
      else if (ids.length === 0) yield* allDecisions(store, filter, state.after);
      for (const id of ids) yield findOne(store, id);
    }
    for await (const decision of wanted()) {
      const result = await replayDecision(rules, decision);
      addReplay(state.counts, decision, result);
      state.after = decision.id;
      state.done += 1;
      if (result.result !== 'same' && output !== undefined) {
        const { id, prefecture, incident, version, engineVersion } = decision;
        lines += `${JSON.stringify({ id, prefecture, incident, version, engineVersion, ...result })}\n`;
      }
      const isOneOfFew =
        result.result === 'changed' && output === undefined && totalOf(state.counts).changed <= SHOWN;
      if (!json && (ids.length > 0 || isOneOfFew))
        io.out([io.bold(decision.id), ...replayText(io, result)].join('\n'));
      if (state.done % SAVED_EACH > 0) continue;
      await save();
      if (total > 0) bar.show(state.done, total);
      if (interruption.signal.aborted) return false;
    }
    await save();
    return true;
  }).finally(() => {
    bar.stop();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  });
  if (isFinished && output !== undefined) await removeProgress(progressFileOf(output));
  const { counts } = state;
  const total = totalOf(counts);
  io.out(
    json
      ? JSON.stringify({ finished: isFinished, ...total, byEngineVersion: counts }, null, 2)
      : summaryText(io, counts),
  );
  if (isFinished) return exitCodeOf(total);
  io.err(WORDS[io.lang][output === undefined ? 'interrupted' : 'goOn']);
  return 130;
}

/** What was erased is no longer there to be judged. */
function exitCodeOf({ changed, notReplayable }: ReplayCount): ExitCode {
  const { partial, erased: _, ...others } = notReplayable;
  if (changed > 0 || partial > 0) return 1;
  return Object.values(others).some((count) => count > 0) ? 3 : 0;
}

/** Of a whole log, where nothing is written: the first that changed. */
const SHOWN = 10;
/** Decisions between two times that the progress is saved. */
const SAVED_EACH = 500;

/** Versions never change, so those met last are not looked for again. */
function versionFinder({ findVersion }: DecisionStore): DecisionStore['findVersion'] {
  const known = new LRUCache<string, ReturnType<typeof findVersion>>({ max: 64 });
  return (...of) =>
    remembered<string, ReturnType<typeof findVersion>>(known, of[2], () => findVersion(...of));
}

const stateSchema = z.object({
  /** What has to be the same for a run to go on. */
  identity: z.string(),
  /** The last that was replayed. */
  after: z.string().nullable(),
  done: z.number(),
  /** Bytes of the output at that point. */
  size: z.number(),
  counts: replayCountsSchema,
});
type State = z.infer<typeof stateSchema>;

async function resumed(output: string, identity: string): Promise<State> {
  const saved = await loadProgress(progressFileOf(output), stateSchema);
  if (!saved)
    throw misuse(output, { en: 'there is nothing to resume', ja: '再開できる途中経過がありません' });
  if (saved.identity !== identity)
    throw misuse(output, {
      en: 'was begun with other options, or by another version of hosho',
      ja: '別の条件、または別の版の hosho で始めたものです',
    });
  await truncate(output, saved.size);
  return saved;
}

const WORDS = {
  ja: {
    same: '同じ same',
    changed: '変わる changed',
    not: '判定できない not-replayable',
    by: (version: string) => `判定したプログラム ${version}`,
    count: (n: string) => `${n}件`,
    interrupted: '中断しました',
    goOn: '中断しました。続きは、同じコマンドに --resume を付けて始められます',
  },
  en: {
    same: 'same',
    changed: 'changed',
    not: 'not-replayable',
    by: (version: string) => `judged by ${version}`,
    count: (n: string) => n,
    interrupted: 'Interrupted',
    goOn: 'Interrupted. The same command with --resume goes on from here',
  },
};

function summaryText(io: Io, counts: ReplayCounts): string {
  const words = WORDS[io.lang];
  const { same, changed, notReplayable } = totalOf(counts);
  const line = (name: string, n: number): string => `${name}  ${words.count(number(n))}`;
  const changes = line(words.changed, changed);
  const lines = [io.green(line(words.same, same)), changed > 0 ? io.red(changes) : changes];
  for (const reason of REPLAY_REASONS)
    if (notReplayable[reason] > 0)
      lines.push(line(`${words.not} (${reason}: ${REASONS[reason][io.lang]})`, notReplayable[reason]));
  const versions = Object.entries(counts);
  if (versions.length > 1)
    for (const [version, one] of versions)
      lines.push(
        `  ${words.by(version)}  ${words.same} ${number(one.same)}  ${words.changed} ${number(one.changed)}`,
      );
  return lines.join('\n');
}
