import { evaluateFile, type FileRequest, type FileResult } from '../../bulk/evaluate-file.ts';
import { type RunLog, runLog } from '../../bulk/run-log.ts';
import type { Format, RunId } from '../../bulk/task.ts';
import { openStore } from '../../decisions/open.ts';
import { DataDirInUse, type DecisionStore, StoreUnavailable } from '../../decisions/store.ts';
import { type CommitOf, commitReader } from '../../rule-files/git.ts';
import type { LoadedRuleSet } from '../../rule-files/load.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { findRuleSet } from '../rules/find-rule-set.ts';
import { instantOption } from '../terminal/instant-option.ts';
import { type ExitCode, type Io, linesOf, red, UsageError } from '../terminal/io.ts';
import { progressBar } from '../terminal/progress-bar.ts';
import { fileProblemText, summaryText } from './bulk-text.ts';

export interface EvaluateManyOptions {
  prefecture: string;
  incident: string;
  /** Files; .csv or .ndjson. */
  input: string;
  output: string;
  payments?: string | undefined;
  review?: string | undefined;
  /** RFC 3339 with an offset; the start of the run where absent. */
  asOf?: string | undefined;
  encoding?: string | undefined;
  threads?: number | undefined;
  log: boolean;
  resume: boolean;
  force: boolean;
  localTimes: boolean;
  /** heading=fact */
  map: string[];
  ignore: string[];
  explain: boolean;
  json: boolean;
}

/** What only the composition root knows. */
export interface Dependencies {
  rulesDir: string;
  dataDir: string;
  databaseUrl: string | undefined;
  /** Epoch milliseconds. */
  now(): number;
  /** 16 bytes in hex. */
  random: string;
  version: string;
  processors: number;
}

/** Decides a file of cases. 0, 1 where lines could not be read or the run failed, 130 where it was interrupted. */
export async function evaluateMany(
  io: Io,
  dependencies: Dependencies,
  options: EvaluateManyOptions,
): Promise<ExitCode> {
  const checked = check(options);
  const ruleSet = await findRuleSet(dependencies.rulesDir, options);
  if ((options.payments || options.review) && ruleSet.ruleSet.vocabulary.worklists === null)
    throw new UsageError({
      en: '--payments, --review: vocabulary.yaml has no worklists',
      ja: '--payments, --review：語彙に worklists がないため、支払一覧と確認一覧は作れません',
    });
  const commit = (await commitReader(dependencies.rulesDir))(ruleSet.ruleSet.file);
  const request: FileRequest = {
    ...checked,
    ruleSet,
    commit: commit.commit,
    threads: options.threads ?? dependencies.processors,
  };
  const interruption = new AbortController();
  const interrupt = (): void => {
    io.err(`\n${STOPPING[io.lang]}`);
    interruption.abort();
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const bar = progressBar(io.lang, process.stderr, dependencies.now);
  const log = options.log ? logOf(dependencies, ruleSet, commit) : null;
  try {
    const result = await evaluateFile(request, {
      now: dependencies.now(),
      random: dependencies.random,
      version: dependencies.version,
      openLog: log?.open ?? null,
      onProgress: ({ at, tally }, size) => bar.show(at.offset, size, tally.cases),
      signal: interruption.signal,
    });
    bar.stop();
    return report(io, options, result);
  } catch (error) {
    bar.stop();
    const reason = reasonOf(error);
    if (reason === null) throw error;
    io.err(red(io, `hosho: ${reason}`));
    io.err(HOW_TO_GO_ON[io.lang]);
    return 1;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    await log?.close();
  }
}

const STOPPING: LocalizedText = {
  ja: '止めています。書きかけの行を書き終えるまでお待ちください',
  en: 'Stopping, as soon as the lines begun are written',
};
const INTERRUPTED: LocalizedText = { ja: '中断しました。', en: 'Interrupted. ' };
const HOW_TO_GO_ON: LocalizedText = {
  ja: '続きは、同じコマンドに --resume を付けて始められます',
  en: 'The same command with --resume goes on from here',
};

function report(io: Io, options: EvaluateManyOptions, result: FileResult): ExitCode {
  if (result.kind === 'refused')
    throw new UsageError(linesOf(result.problems.map((problem) => fileProblemText(problem, options))));
  const { tally, hasReferences } = result;
  if (options.json)
    io.out(JSON.stringify({ finished: result.kind === 'done', ...tally, hasReferences }, null, 2));
  else
    io.out(
      summaryText(io, tally, {
        payments: options.payments !== undefined,
        review: options.review !== undefined,
        hasReferences,
      }),
    );
  if (result.kind === 'interrupted') {
    io.err(INTERRUPTED[io.lang] + HOW_TO_GO_ON[io.lang]);
    return 130;
  }
  return tally.bad > 0 ? 1 : 0;
}

/** What someone can do something about; null for a bug. */
function reasonOf(error: unknown): string | null {
  if (error instanceof StoreUnavailable || error instanceof DataDirInUse) return error.message;
  return error instanceof Error && 'code' in error ? error.message : null;
}

const MOST_THREADS = 64;

type Checked = Omit<FileRequest, 'ruleSet' | 'commit' | 'threads'>;

/** Every misuse that can be seen in the options alone. */
function check(options: EvaluateManyOptions): Checked {
  const { input, output, payments, review, encoding, resume, force, localTimes, explain } = options;
  const from = formatOf('--input', input);
  const to = formatOf('--output', output);
  const onlyCsv: Record<string, boolean> = {
    '--map': options.map.length > 0,
    '--ignore': options.ignore.length > 0,
    '--local-times': localTimes,
    '--encoding': encoding !== undefined && encoding !== 'utf-8',
  };
  for (const [name, isGiven] of Object.entries(onlyCsv))
    if (isGiven && from !== 'csv')
      throw new UsageError({ en: `${name}: is for CSV input`, ja: `${name}：CSV の入力だけに使えます` });
  if (explain && to !== 'ndjson')
    throw new UsageError({
      en: '--explain: write --output as .ndjson',
      ja: '--explain：結果は .ndjson だけに書けます',
    });
  const { threads } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS))
    throw new UsageError({
      en: `--threads: write a whole number from 1 to ${MOST_THREADS}`,
      ja: `--threads：1 から ${MOST_THREADS} の整数です`,
    });
  if (resume && force)
    throw new UsageError({
      en: '--resume, --force: choose one',
      ja: '--resume, --force：どちらか一つを選んでください',
    });
  for (const [name, path] of Object.entries({ '--payments': payments, '--review': review }))
    if (path !== undefined && !/\.csv$/i.test(path))
      throw new UsageError({
        en: `${name} ${path}: name a .csv file`,
        ja: `${name} ${path}：.csv のファイル名にしてください`,
      });
  return {
    input: { path: input, format: from, encoding: encoding ?? 'utf-8', localTimes },
    outputs: { decisions: { path: output, format: to }, payments: payments ?? null, review: review ?? null },
    asOf: options.asOf === undefined ? null : instantOption('--as-of', options.asOf),
    map: new Map(options.map.map(mapping)),
    ignore: new Set(options.ignore),
    explain,
    resume,
    force,
  };
}

function formatOf(option: string, path: string): Format {
  if (/\.csv$/i.test(path)) return 'csv';
  if (/\.(ndjson|jsonl)$/i.test(path)) return 'ndjson';
  throw new UsageError({
    en: `${option} ${path}: name a .csv or .ndjson file`,
    ja: `${option} ${path}：.csv か .ndjson のファイル名にしてください`,
  });
}

function mapping(text: string): [heading: string, fact: string] {
  const at = text.lastIndexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new UsageError({
    en: `--map ${text}: write heading=fact`,
    ja: `--map ${text}：「見出し=事実」の形で書いてください`,
  });
}

/** The log, opened when it is needed: by then the input is known to be good. */
function logOf(
  { databaseUrl, dataDir, version: engineVersion }: Dependencies,
  ruleSet: LoadedRuleSet,
  commit: ReturnType<CommitOf>,
) {
  const { version, ruleText, vocabularyText } = ruleSet;
  const { prefecture, incident } = ruleSet.ruleSet;
  let store: DecisionStore | null = null;
  return {
    async open(run: RunId, decidedAt: number): Promise<RunLog> {
      store = await openStore({ databaseUrl, dataDir });
      await store.saveVersions([{ version, prefecture, incident, ruleText, vocabularyText, ...commit }]);
      const ofAll = { prefecture, incident, version, decidedAt: new Date(decidedAt), engineVersion };
      return runLog(store, run, ofAll);
    },
    close: async (): Promise<void> => store?.close(),
  };
}
