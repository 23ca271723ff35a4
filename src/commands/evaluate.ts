import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { valueText } from '../engine/answer/wording.ts';
import { decide } from '../engine/decide.ts';
import { readFacts } from '../engine/facts/read-facts.ts';
import { AS_OF } from '../rulebook/basics.ts';
import type { LocalizedText } from '../rulebook/lang.ts';
import { answerText } from './answer-text.ts';
import { findRuleSet } from './find-rule-set.ts';
import { instantOption } from './instant-option.ts';
import { type ExitCode, type Io, red, UsageError } from './io.ts';
import { factProblemText, moreProblemsText, problemText } from './problem-text.ts';
import { readStored, type WantedVersion } from './stored-version.ts';
import type { LogPlace } from './with-store.ts';
import { aside } from './words.ts';

export interface EvaluateOptions extends WantedVersion {
  prefecture: string;
  incident: string;
  /** A JSON file of facts (or of a whole request); "-" is standard input. */
  facts: string;
  /** RFC 3339 with an offset; the clock's time where absent. */
  asOf?: string | undefined;
  json: boolean;
  explain: boolean;
}

export interface EvaluateAround extends LogPlace {
  rulesDir: string;
  /** Epoch milliseconds. */
  now: number;
}

/**
 * Decides one case, by a rule file or by a version that the log has. Nothing is logged, no server is needed. 1 where the
 * facts do not fit the vocabulary, or the version can no longer be read.
 */
export async function evaluate(io: Io, around: EvaluateAround, options: EvaluateOptions): Promise<ExitCode> {
  const { version: wanted, knownAt } = options;
  if (wanted !== undefined && knownAt !== undefined)
    throw new UsageError('--version, --known-at: choose one（どちらか一つを選んでください）');
  const isStored = wanted !== undefined || knownAt !== undefined;
  const rules = isStored
    ? await readStored(around, options)
    : { served: await findRuleSet(around.rulesDir, options) };
  if ('problems' in rules) {
    for (const problem of rules.problems) io.err(problemText(io, problem, undefined));
    return 1;
  }
  const request = await readRequest(options.facts);
  const asOfText = options.asOf ?? request.asOf;
  const asOf = asOfText === undefined ? around.now : instantOption('--as-of', asOfText);
  const { ruleSet, program, version } = rules.served;
  const { facts, problems, moreProblems } = readFacts(ruleSet.vocabulary, request.facts, asOf);
  if (facts === null) {
    for (const problem of problems) io.err(red(io, factProblemText(io, problem)));
    if (moreProblems > 0) io.err(red(io, moreProblemsText(io, moreProblems)));
    return 1;
  }
  const decision = await decide(program, facts, { explanation: options.explain });
  const { prefecture, incident, title } = ruleSet;
  if (options.json) {
    const chosenBy = wanted !== undefined ? 'version' : knownAt !== undefined ? 'knownAt' : undefined;
    const by = { prefecture, incident, title, version, chosenBy, knownAt };
    io.out(JSON.stringify({ ruleSet: by, ...decision }, null, 2));
  } else {
    const asOfText = io.lang === 'ja' ? valueText(AS_OF, asOf, ruleSet) : decision.asOf;
    const shown = isStored ? title + aside(io, VERSION[io.lang] + version.slice(0, 12)) : title;
    io.out(answerText(io, { title: shown, asOfText }, decision));
  }
  return 0;
}

const VERSION: LocalizedText = { ja: '版 ', en: 'version ' };

async function readRequest(path: string): Promise<{ facts: unknown; asOf?: string }> {
  let content: string;
  try {
    content = path === '-' ? await text(process.stdin) : await readFile(path, 'utf8');
  } catch {
    throw new UsageError(`${path}: cannot be read（ファイルを読めません）`);
  }
  let data: unknown;
  try {
    data = JSON.parse(content);
  } catch (error) {
    throw new UsageError(
      `${path}: not JSON（JSON として読めません）: ${error instanceof Error ? error.message : ''}`,
    );
  }
  if (typeof data !== 'object' || data === null || !('facts' in data)) return { facts: data };
  return 'asOf' in data && typeof data.asOf === 'string'
    ? { facts: data.facts, asOf: data.asOf }
    : { facts: data.facts };
}
