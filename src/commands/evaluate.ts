import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { decide } from '../engine/decide.ts';
import { readFacts } from '../engine/read-facts.ts';
import { valueText } from '../engine/wording.ts';
import { AS_OF } from '../rulebook/basics.ts';
import { parseInstant } from '../rulebook/calendar.ts';
import { answerText } from './answer-text.ts';
import { findRuleSet } from './find-rule-set.ts';
import { type ExitCode, type Io, red, UsageError } from './io.ts';
import { factProblemText } from './problem-text.ts';

export interface EvaluateOptions {
  prefecture: string;
  incident: string;
  /** A JSON file of facts (or of a whole request); "-" is standard input. */
  facts: string;
  /** RFC 3339 with an offset; the clock's time where absent. */
  asOf?: string | undefined;
  json: boolean;
  explain: boolean;
}

/** Decides one case. Nothing is logged, no server is needed. */
export async function evaluate(
  io: Io,
  rulesDir: string,
  now: number,
  options: EvaluateOptions,
): Promise<ExitCode> {
  const found = await findRuleSet(rulesDir, options);
  const request = await readRequest(options.facts);
  const asOfText = options.asOf ?? request.asOf;
  const asOf = asOfText === undefined ? now : parseInstant(asOfText);
  if (asOf === null) {
    throw new UsageError(
      `--as-of ${asOfText}: write a datetime with an offset, such as 2030-01-31T12:00:00+09:00（時差まで書いてください）`,
    );
  }
  const { ruleSet, program, version } = found;
  const { facts, problems } = readFacts(ruleSet.vocabulary, request.facts, asOf);
  if (facts === null) {
    for (const problem of problems) io.err(red(io, factProblemText(io, problem)));
    return 1;
  }
  const decision = await decide(program, facts, { explanation: options.explain });
  const { prefecture, incident, title } = ruleSet;
  if (options.json)
    io.out(JSON.stringify({ ruleSet: { prefecture, incident, title, version }, ...decision }, null, 2));
  else {
    const asOfText = io.lang === 'ja' ? valueText(AS_OF, asOf, ruleSet) : decision.asOf;
    io.out(answerText(io, { title, asOfText }, decision));
  }
  return 0;
}

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
