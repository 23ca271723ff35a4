import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readCasesFile } from '../../analysis/cases/cases-file.ts';
import type { Side } from '../../analysis/diff/diff.ts';
import type { Impact } from '../../analysis/diff/impact.ts';
import { openInput } from '../../bulk/open-input.ts';
import { readCases } from '../../bulk/read-cases.ts';
import type { Format, Input } from '../../bulk/task.ts';
import { impactOnCases, impactOnLog, type NamedCase } from '../../operations/impact.ts';
import { displayName } from '../../rule-files/load.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { fileProblemText } from '../evaluate/bulk-text.ts';
import { type LogPlace, withStore } from '../log/with-store.ts';
import { type ExitCode, type Io, linesOf, UsageError } from '../terminal/io.ts';
import { problemText } from '../terminal/problem-text.ts';
import { sideAt } from './diff-sides.ts';
import { impactText } from './impact-text.ts';

export interface ImpactOptions {
  /** Cases to judge by the rules as they are and by the candidate; the log where absent. */
  cases?: string;
  /** What the cases are judged by before: a rule file or a revision. */
  old?: string;
  encoding: string;
  json: boolean;
}

export interface ImpactAround extends LogPlace {
  rulesDir: string;
  now(): number;
}

/** What the candidate would have answered. Nothing is written. 1 where it does not read well, or a case cannot be judged. */
export async function impact(
  io: Io,
  around: ImpactAround,
  path: string,
  options: ImpactOptions,
): Promise<ExitCode> {
  const candidate = await sideAt(around.rulesDir, path, null);
  if (!candidate.ruleSet) return refused(io, candidate);
  const judged = await judge(around, path, candidate.ruleSet, options);
  if ('problems' in judged) return refused(io, judged);
  const { result } = judged;
  io.out(options.json ? JSON.stringify(result, null, 2) : impactText(io, displayName(path), result));
  return result.unjudged.length > 0 ? 1 : 0;
}

async function judge(
  around: ImpactAround,
  path: string,
  candidate: RuleSet,
  { cases, old, encoding }: ImpactOptions,
): Promise<{ result: Impact } | Side> {
  if (cases === undefined)
    return { result: await withStore(around, 'auditor', (store) => impactOnLog(store, candidate)) };
  const own = join(around.rulesDir, candidate.prefecture, `${candidate.incident}.yaml`);
  const isOwn = resolve(own) === resolve(path);
  const before = await sideAt(around.rulesDir, old ?? (isOwn ? 'HEAD' : own), own);
  if (!before.ruleSet) return before;
  const given = casesOf(cases, before.ruleSet, encoding, around.now());
  return { result: await impactOnCases(given, before.ruleSet, candidate) };
}

function refused(io: Io, { problems }: Side): ExitCode {
  for (const problem of problems) io.out(problemText(io, problem, undefined));
  return 1;
}

async function* casesOf(
  path: string,
  ruleSet: RuleSet,
  encoding: string,
  asOf: number,
): AsyncGenerator<NamedCase> {
  if (/\.ya?ml$/i.test(path)) {
    const { cases, problems } = readCasesFile(displayName(path), await textOf(path));
    if (!cases)
      throw new UsageError(
        linesOf(
          problems.map(({ position: { line }, message, messageEn }) => ({
            en: `${line}: ${messageEn}`,
            ja: `${line}：${message}`,
          })),
        ),
      );
    for (const { id, facts, asOf: at } of cases.cases) yield { name: id, facts, asOf: at };
    return;
  }
  const format: Format = /\.csv$/i.test(path) ? 'csv' : 'ndjson';
  const options = { format, encoding, map: new Map<string, string>(), ignore: new Set<string>() };
  const opened = await openInput(path, ruleSet.vocabulary, options);
  if ('problems' in opened)
    throw new UsageError(
      linesOf(opened.problems.map((problem) => fileProblemText(problem, { input: path, output: '' }))),
    );
  const { file, start, columns } = opened.input;
  try {
    const input: Input = format === 'csv' ? { format, columns, encoding, localTimes: false } : { format };
    for await (const { line, reference, facts, asOf: at, problems } of readCases(file, start, ruleSet, {
      input,
      asOf,
    })) {
      const name = reference === null ? String(line) : `${line} ${reference}`;
      const [problem] = problems.listed;
      yield {
        name,
        facts,
        asOf: at,
        ...(problem && { problem: { ja: problem.detailJa, en: problem.detail } }),
      };
    }
  } finally {
    await file.close();
  }
}

const textOf = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch(() => {
    throw new UsageError({ en: `${path}: no such file`, ja: `${path}：ファイルがありません` });
  });
