import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readCasesFile } from '../analysis/cases/cases-file.ts';
import { ImpactCount, type JudgedBefore } from '../analysis/diff/impact.ts';
import type { Side } from '../analysis/diff/pair.ts';
import { openInput } from '../bulk/open-input.ts';
import { readCases } from '../bulk/read-cases.ts';
import type { Format, Input } from '../bulk/task.ts';
import { allDecisions } from '../decisions/all-decisions.ts';
import { readLoggedAnswer } from '../engine/answer/answer-schema.ts';
import type { Decision } from '../engine/answer/fields.ts';
import { decide } from '../engine/decide.ts';
import { readFacts } from '../engine/facts/read-facts.ts';
import { compile, type Program } from '../engine/program.ts';
import { displayName } from '../rule-files/load.ts';
import type { LocalizedText } from '../rulebook/lang.ts';
import type { RuleSet } from '../rulebook/rule-set.ts';
import { fileProblemText } from './bulk-text.ts';
import { sideAt } from './diff-sides.ts';
import { impactText } from './impact-text.ts';
import { type ExitCode, type Io, UsageError } from './io.ts';
import { problemText } from './problem-text.ts';
import { UNREADABLE_ANSWER } from './replay-text.ts';
import { type LogPlace, withStore } from './with-store.ts';

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
  const count = new ImpactCount(compile(candidate.ruleSet));
  if (options.cases === undefined) await addLogged(count, around, candidate.ruleSet);
  else {
    const { prefecture, incident } = candidate.ruleSet;
    const own = join(around.rulesDir, prefecture, `${incident}.yaml`);
    const isOwn = resolve(own) === resolve(path);
    const before = await sideAt(around.rulesDir, options.old ?? (isOwn ? 'HEAD' : own), own);
    if (!before.ruleSet) return refused(io, before);
    const cases = casesOf(options.cases, before.ruleSet, options.encoding, around.now());
    await addCases(count, compile(before.ruleSet), cases);
  }
  const result = count.result();
  io.out(options.json ? JSON.stringify(result, null, 2) : impactText(io, displayName(path), result));
  return result.unjudged.length > 0 ? 1 : 0;
}

function refused(io: Io, { problems }: Side): ExitCode {
  for (const problem of problems) io.out(problemText(io, problem, undefined));
  return 1;
}

const ERASED: LocalizedText = { ja: '事実が消去されています', en: 'The facts were erased' };
const PARTIAL: LocalizedText = {
  ja: '事実・回答・ソルトの一部だけが残っています',
  en: 'Only some of facts, answer and salt are there',
};

const addLogged = (
  count: ImpactCount,
  around: ImpactAround,
  { prefecture, incident }: RuleSet,
): Promise<void> =>
  withStore(around, 'auditor', async (store) => {
    for await (const decision of allDecisions(store, { prefecture, incident })) {
      const { id, asOf } = decision;
      if ('missing' in decision || decision.answer === null) {
        count.skip(id, 'missing' in decision ? PARTIAL : ERASED);
        continue;
      }
      const { facts, answer } = decision;
      const given = readLoggedAnswer(answer);
      if (given === null) {
        count.skip(id, UNREADABLE_ANSWER);
        continue;
      }
      await count.add({ name: id, facts: JSON.parse(facts), asOf: asOf.getTime(), answer: given.decision });
    }
  });

/** A case with what names it; `problem` where its line cannot be read. */
type Given = Omit<JudgedBefore, 'answer'> & { problem?: { ja: string; en: string } };

async function addCases(count: ImpactCount, before: Program, cases: AsyncIterable<Given>): Promise<void> {
  for await (const { problem, ...given } of cases) {
    const answer = problem ?? (await answerOf(before, given));
    if ('outcome' in answer) await count.add({ ...given, answer });
    else count.skip(given.name, answer);
  }
}

async function answerOf(
  program: Program,
  { facts, asOf }: Given,
): Promise<Decision | { ja: string; en: string }> {
  const read = readFacts(program.ruleSet.vocabulary, facts, asOf);
  if (read.facts !== null) return decide(program, read.facts, { explanation: false });
  const [problem] = read.problems;
  return {
    ja: `今のルールで判定できません：${problem?.detailJa ?? ''}`,
    en: `The rules as they are refuse it: ${problem?.detail ?? ''}`,
  };
}

async function* casesOf(
  path: string,
  ruleSet: RuleSet,
  encoding: string,
  asOf: number,
): AsyncGenerator<Given> {
  if (/\.ya?ml$/i.test(path)) {
    const { cases, problems } = readCasesFile(displayName(path), await textOf(path));
    if (!cases)
      throw new UsageError(
        problems
          .map(({ position, message, messageEn }) => `${position.line}: ${messageEn}（${message}）`)
          .join('\n'),
      );
    for (const { id, facts, asOf: at } of cases.cases) yield { name: id, facts, asOf: at };
    return;
  }
  const format: Format = /\.csv$/i.test(path) ? 'csv' : 'ndjson';
  const options = { format, encoding, map: new Map<string, string>(), ignore: new Set<string>() };
  const opened = await openInput(path, ruleSet.vocabulary, options);
  if ('problems' in opened)
    throw new UsageError(
      opened.problems.map((problem) => fileProblemText(problem, { input: path, output: '' })).join('\n'),
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
    throw new UsageError(`${path}: no such file（ファイルがありません）`);
  });
