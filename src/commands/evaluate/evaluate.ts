import { answerObject } from '../../engine/answer/template.ts';
import { valueText } from '../../engine/answer/wording.ts';
import { EngineDisagreement } from '../../engine/decide.ts';
import { type Judging, tryRequest } from '../../operations/evaluate.ts';
import type { EvaluationRequest } from '../../operations/evaluation-request.ts';
import type { Choice } from '../../operations/versions.ts';
import { commitReader, NO_COMMIT } from '../../rule-files/git.ts';
import { storedRules } from '../../rule-files/stored-rules.ts';
import { AS_OF } from '../../rulebook/basics.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Problem } from '../../rulebook/problems.ts';
import { versionInLog } from '../log/versions.ts';
import { withStore } from '../log/with-store.ts';
import { findRuleSet } from '../rules/rule-files.ts';
import { type Context, type ExitCode, type Io, misuse, UsageError } from '../terminal/io.ts';
import { flagOf, isGiven } from '../terminal/options.ts';
import { factProblemText, fieldErrorText, moreProblemsText, problemText } from '../terminal/problem-text.ts';
import { answerText } from './answer-text.ts';
import { type EvaluateManyOptions, evaluateMany } from './evaluate-many.ts';
import { type RequestOptions, requestOf } from './request-file.ts';

/** The options of `evaluate` as they are given: of one case, of many, or a mixture of both. */
type GivenOptions = Partial<Pick<EvaluateOptions, 'facts' | 'version' | 'knownAt'>> &
  Omit<EvaluateManyOptions, 'input' | 'output'> &
  Partial<Pick<EvaluateManyOptions, 'input' | 'output'>>;

const ONLY_FOR_ONE = ['version', 'knownAt'] as const;
const ONLY_FOR_MANY = [
  ...(['output', 'payments', 'review', 'encoding', 'threads', 'log'] as const),
  ...(['resume', 'force', 'localTimes', 'map', 'ignore'] as const),
];

/** A usage error where it cannot be told which of the two is meant. */
export async function evaluateOneOrMany(context: Context, given: GivenOptions): Promise<ExitCode> {
  const { facts, input, output } = given;
  const misplaced = (input === undefined ? ONLY_FOR_MANY : ONLY_FOR_ONE).find((name) => isGiven(given[name]));
  if (input === undefined) {
    if (facts === undefined)
      throw new UsageError({
        en: '--facts or --input is needed',
        ja: '一件なら --facts、ファイルの全件なら --input が必要です',
      });
    if (misplaced)
      throw misuse(flagOf(misplaced), { en: 'is for --input, not for --facts', ja: '--input と使います' });
    return evaluate(context, { ...given, facts });
  }
  if (misplaced)
    throw misuse(flagOf(misplaced), { en: 'is for --facts, not for --input', ja: '--facts と使います' });
  if (facts !== undefined)
    throw misuse('--facts, --input', { en: 'choose one', ja: 'どちらか一つを選んでください' });
  if (output === undefined)
    throw misuse('--output', {
      en: 'say where the decisions go',
      ja: '結果を書くファイルを指定してください',
    });
  return evaluateMany(context, { ...given, input, output });
}

interface EvaluateOptions extends RequestOptions {
  /** The answer of POST /try instead of words. */
  json: boolean;
}

/**
 * Decides one case, by a rule file or by a version that the log has. Nothing is logged, no server is needed. 1 where the
 * request is none, its facts do not fit the vocabulary, or the version can no longer be read.
 */
export async function evaluate(context: Context, options: EvaluateOptions): Promise<ExitCode> {
  const { io, now } = context;
  const parsed = await requestOf(options);
  if ('errors' in parsed) return refuse(io, parsed.errors, fieldErrorText, parsed.moreErrors);
  const { request } = parsed;
  const choice = await rulesFor(context, request, options.json);
  if ('problems' in choice) {
    for (const problem of choice.problems) io.err(problemText(io, problem, undefined));
    return 1;
  }
  const judging: Judging = {
    now,
    chooseRules: () => choice,
    onDisagreement(_, { disagreements }) {
      throw new EngineDisagreement(disagreements);
    },
  };
  const tried = await tryRequest(judging, request);
  if (tried.kind === 'bad-facts') return refuse(io, tried.problems, factProblemText, tried.moreProblems);
  if (tried.kind !== 'decided') throw new Error('the rules were chosen');
  if (options.json) {
    io.out(tried.answer);
    return 0;
  }
  const { facts, template, asOf } = tried.judged;
  const { ruleSet, program, version } = tried.judged.ruleSet;
  const decision = answerObject(program, facts, template, { explanation: request.explain === 'full' });
  const asOfText = io.lang === 'ja' ? valueText(AS_OF, asOf, ruleSet) : decision.asOf;
  const named = choice.by.by === 'current' ? '' : io.aside(VERSION[io.lang] + version.slice(0, 12));
  io.out(answerText(io, { title: ruleSet.title + named, asOfText }, decision));
  return 0;
}

const VERSION: LocalizedText = { ja: '版 ', en: 'version ' };

function refuse<Fault>(
  io: Io,
  faults: readonly Fault[],
  textOf: (io: Io, fault: Fault) => string,
  more: number,
): ExitCode {
  for (const fault of faults) io.err(io.red(textOf(io, fault)));
  if (more > 0) io.err(io.red(moreProblemsText(io, more)));
  return 1;
}

type Chosen = Extract<Choice, { kind: 'chosen' }>;

/** From the log where a version is wanted, else from the rule files; their commit is looked for where it is shown. */
async function rulesFor(
  { rulesDir, ...log }: Context,
  request: EvaluationRequest,
  withCommit: boolean,
): Promise<Chosen | { problems: Problem[] }> {
  const { version, knownAt } = request;
  if (version === undefined && knownAt === undefined) {
    const loaded = await findRuleSet(rulesDir, request);
    const commitOf = withCommit ? await commitReader(rulesDir) : () => NO_COMMIT;
    const ruleSet = { ...loaded, ...commitOf(loaded) };
    return { kind: 'chosen', ruleSet, by: { by: 'current' } };
  }
  const shown = version ?? new Date(knownAt ?? 0).toISOString();
  const stored = await withStore(log, 'auditor', (store) => versionInLog(store, request, request, shown));
  const rules = storedRules()(stored);
  if ('problems' in rules) return rules;
  const by = knownAt === undefined ? { by: 'version' as const } : { by: 'knownAt' as const, knownAt };
  return { kind: 'chosen', ruleSet: rules.served, by };
}
