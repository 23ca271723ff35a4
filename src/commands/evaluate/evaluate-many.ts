import { basename } from 'node:path';
import { evaluateFile, type FileRequest, type FileResult } from '../../bulk/evaluate-file.ts';
import { openPaymentLog, type PaymentLog, paymentRunId } from '../../bulk/payment-log.ts';
import { type RunLog, runLog } from '../../bulk/run.ts';
import type { Format, RunId } from '../../bulk/task.ts';
import { openStore } from '../../decisions/open.ts';
import { type DecisionStore, StoreError } from '../../decisions/store.ts';
import { type CommitOf, commitReader } from '../../rule-files/git.ts';
import type { LoadedRuleSet } from '../../rule-files/load.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { findRuleSet } from '../rules/rule-files.ts';
import { type Context, type ExitCode, type Io, linesOf, misuse, UsageError } from '../terminal/io.ts';
import { flagOf, instantOption, isGiven } from '../terminal/options.ts';
import { progressBar } from '../terminal/progress-bar.ts';
import { fileProblemText, summaryText } from './bulk-text.ts';
import type { RequestOptions } from './request-file.ts';

export interface EvaluateManyOptions
  extends Pick<RequestOptions, 'prefecture' | 'incident' | 'asOf' | 'explain'> {
  /** Files; .csv or .ndjson. */
  input: string;
  output: string;
  payments?: string | undefined;
  review?: string | undefined;
  encoding?: string | undefined;
  threads?: number | undefined;
  /** true: decisions and payments; false: nothing; else the payments alone. */
  log?: boolean | undefined;
  resume: boolean;
  force: boolean;
  localTimes: boolean;
  /** heading=fact */
  map: string[];
  ignore: string[];
  json: boolean;
}

/** Decides a file of cases. 0, 1 where lines could not be read or the run failed, 130 where it was interrupted. */
export async function evaluateMany(context: Context, options: EvaluateManyOptions): Promise<ExitCode> {
  const { io, rulesDir, now, version } = context;
  const checked = check(options);
  const ruleSet = await findRuleSet(rulesDir, options);
  if ((options.payments || options.review) && ruleSet.ruleSet.vocabulary.worklists === null)
    throw misuse('--payments, --review', {
      en: 'vocabulary.yaml has no worklists',
      ja: '語彙に worklists がないため、支払一覧と確認一覧は作れません',
    });
  const commit = (await commitReader(rulesDir))(ruleSet);
  // One processor reads and writes: with a thread for it, too, they would all be slower.
  const threads = options.threads ?? Math.max(1, context.processors - 1);
  const request: FileRequest = { ...checked, ruleSet, commit: commit.commit, threads };
  const interruption = new AbortController();
  const interrupt = (): void => {
    io.err(`\n${STOPPING[io.lang]}`);
    interruption.abort();
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const bar = progressBar(io, now);
  const log = logOf(context, ruleSet, commit, options);
  try {
    const result = await evaluateFile(request, {
      now: now(),
      random: context.random(),
      version,
      openLog: options.log === true ? log.open : null,
      openPayments: options.payments && options.log !== false ? log.openPayments : null,
      onProgress: ({ at, tally }, size) => bar.show(at.offset, size, tally.cases),
      signal: interruption.signal,
    }).finally(bar.stop);
    return report(io, options, result);
  } catch (error) {
    if (!isTold(error)) throw error;
    io.err(io.red(`hosho: ${error instanceof StoreError ? error.text[io.lang] : error.message}`));
    io.err((log.isMissing() ? NOTHING_BEGUN : HOW_TO_GO_ON)[io.lang]);
    return 1;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    await log.close();
  }
}

const STOPPING: LocalizedText = {
  ja: '止めています。書きかけの行を書き終えるまでお待ちください',
  en: 'Stopping, as soon as the lines begun are written',
};
const INTERRUPTED: LocalizedText = { ja: '中断しました。', en: 'Interrupted. ' };
const NOTHING_BEGUN: LocalizedText = {
  ja: '記録できないため、何も判定していません。支払いも判定も記録しないなら --no-log を付けてください',
  en: 'Nothing was decided, because it cannot be logged; --no-log logs neither payments nor decisions',
};
const HOW_TO_GO_ON: LocalizedText = {
  ja: '続きは、同じコマンドに --resume を付けて始められます',
  en: 'The same command with --resume goes on from here',
};

function report(io: Io, options: EvaluateManyOptions, result: FileResult): ExitCode {
  if (result.kind === 'refused')
    throw new UsageError(linesOf(result.problems.map((problem) => fileProblemText(problem, options))));
  const { kind, tally, hasReferences, paymentLog } = result;
  io.out(
    options.json
      ? JSON.stringify(
          { finished: kind === 'done', ...tally, hasReferences, paymentRun: paymentLog?.run.id ?? null },
          null,
          2,
        )
      : summaryText(io, result, options),
  );
  if (kind === 'done') return tally.bad > 0 ? 1 : 0;
  io.err(INTERRUPTED[io.lang] + HOW_TO_GO_ON[io.lang]);
  return 130;
}

/** Whether someone can do something about it; else it is a bug. */
const isTold = (error: unknown): error is Error =>
  error instanceof StoreError || (error instanceof Error && 'code' in error);

const MOST_THREADS = 64;
const ONLY_CSV = ['map', 'ignore', 'localTimes', 'encoding'] as const;

/** Every misuse that can be seen in the options alone. */
function check(options: EvaluateManyOptions): Omit<FileRequest, 'ruleSet' | 'commit' | 'threads'> {
  const { input, output, payments, review, threads, resume, force, localTimes, explain } = options;
  const { encoding = 'utf-8' } = options;
  const from = formatOf('--input', input);
  const to = formatOf('--output', output);
  for (const name of ONLY_CSV)
    if (from !== 'csv' && isGiven(options[name]) && options[name] !== 'utf-8')
      throw misuse(flagOf(name), { en: 'is for CSV input', ja: 'CSV の入力だけに使えます' });
  if (explain && to !== 'ndjson')
    throw misuse('--explain', { en: 'write --output as .ndjson', ja: '結果は .ndjson だけに書けます' });
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS))
    throw misuse('--threads', {
      en: `write a whole number from 1 to ${MOST_THREADS}`,
      ja: `1 から ${MOST_THREADS} の整数です`,
    });
  if (resume && force)
    throw misuse('--resume, --force', { en: 'choose one', ja: 'どちらか一つを選んでください' });
  for (const [name, path] of Object.entries({ '--payments': payments, '--review': review }))
    if (path !== undefined && !/\.csv$/i.test(path))
      throw misuse(`${name} ${path}`, { en: 'name a .csv file', ja: '.csv のファイル名にしてください' });
  return {
    input: { path: input, format: from, encoding, localTimes },
    outputs: { decisions: { path: output, format: to }, payments: payments ?? null, review: review ?? null },
    asOf: options.asOf === undefined ? null : instantOption('--as-of', options.asOf),
    map: new Map(options.map.map(mapping)),
    ignore: new Set(options.ignore),
    ...{ explain, resume, force },
  };
}

function formatOf(option: string, path: string): Format {
  if (/\.csv$/i.test(path)) return 'csv';
  if (/\.(ndjson|jsonl)$/i.test(path)) return 'ndjson';
  throw misuse(`${option} ${path}`, {
    en: 'name a .csv or .ndjson file',
    ja: '.csv か .ndjson のファイル名にしてください',
  });
}

function mapping(text: string): [heading: string, fact: string] {
  const at = text.lastIndexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw misuse(`--map ${text}`, { en: 'write heading=fact', ja: '「見出し=事実」の形で書いてください' });
}

/** The log, opened when it is needed: by then the input is known to be good. */
function logOf(
  context: Context,
  ruleSet: LoadedRuleSet,
  commit: ReturnType<CommitOf>,
  { input }: EvaluateManyOptions,
) {
  const { version, ruleText, vocabularyText } = ruleSet;
  const { prefecture, incident } = ruleSet.ruleSet;
  let store: DecisionStore | null = null;
  let isMissing = false;
  async function opened(): Promise<DecisionStore> {
    isMissing = true;
    store ??= await openStore(context);
    await store.saveVersions([{ version, prefecture, incident, ruleText, vocabularyText, ...commit }]);
    isMissing = false;
    return store;
  }
  return {
    async open(run: RunId, decidedAt: number): Promise<RunLog> {
      const engineVersion = context.version;
      const ofAll = { prefecture, incident, version, decidedAt: new Date(decidedAt), engineVersion };
      return runLog(await opened(), run, ofAll);
    },
    async openPayments(run: RunId, inputHash: string): Promise<PaymentLog> {
      const of = { prefecture, incident, version, input: basename(input), inputHash };
      const startedAt = new Date(run.startedAt);
      return openPaymentLog(await opened(), { id: paymentRunId(run), startedAt, ...of }, context.now);
    },
    /** Whether it could not be opened. */
    isMissing: (): boolean => isMissing,
    close: async (): Promise<void> => store?.close(),
  };
}
