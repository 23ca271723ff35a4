import { join, resolve } from 'node:path';
import { readCasesFile } from '../../analysis/cases/cases-file.ts';
import { withChoices } from '../../analysis/cases/choices.ts';
import type { Side } from '../../analysis/diff/diff.ts';
import type { Impact, ImpactKind } from '../../analysis/diff/impact.ts';
import { openInput } from '../../bulk/open-input.ts';
import { readCases } from '../../bulk/read-cases.ts';
import type { Format } from '../../bulk/task.ts';
import { impactOnCases, impactOnLog, type NamedCase } from '../../operations/impact.ts';
import { displayName } from '../../rule-files/load.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { fileProblemText } from '../evaluate/bulk-text.ts';
import { withStore } from '../log/with-store.ts';
import { NO_SUCH_FILE, readText } from '../terminal/files.ts';
import { about, type Context, type ExitCode, type Io, linesOf, number, UsageError } from '../terminal/io.ts';
import { problemText } from '../terminal/problem-text.ts';
import { sideAt } from './diff-sides.ts';

interface ImpactOptions {
  /** Cases to judge by the rules as they are and by the candidate; the log where absent. */
  cases?: string;
  /** What the cases are judged by before: a rule file or a revision. */
  old?: string;
  encoding: string;
  json: boolean;
}

/** What the candidate would have answered. Nothing is written. 1 where it does not read well, or a case cannot be judged. */
export async function impact(context: Context, path: string, options: ImpactOptions): Promise<ExitCode> {
  const { io, rulesDir } = context;
  const candidate = await sideAt(rulesDir, path, null);
  const judged = candidate.ruleSet ? await judge(context, path, candidate.ruleSet, options) : candidate;
  if ('problems' in judged) {
    for (const problem of judged.problems) io.out(problemText(io, problem, undefined));
    return 1;
  }
  io.out(options.json ? JSON.stringify(judged, null, 2) : impactText(io, displayName(path), judged));
  return judged.unjudged.length > 0 ? 1 : 0;
}

async function judge(
  context: Context,
  path: string,
  candidate: RuleSet,
  { cases, old, encoding }: ImpactOptions,
): Promise<Impact | Side> {
  if (cases === undefined) return withStore(context, 'auditor', (store) => impactOnLog(store, candidate));
  const own = join(context.rulesDir, candidate.prefecture, `${candidate.incident}.yaml`);
  const isOwn = resolve(own) === resolve(path);
  const before = await sideAt(context.rulesDir, old ?? (isOwn ? 'HEAD' : own), own);
  if (!before.ruleSet) return before;
  return impactOnCases(casesOf(cases, before.ruleSet, encoding, context.now()), before.ruleSet, candidate);
}

async function* casesOf(
  path: string,
  ruleSet: RuleSet,
  encoding: string,
  asOf: number,
): AsyncGenerator<NamedCase> {
  if (/\.ya?ml$/i.test(path)) {
    const { cases, problems } = readCasesFile(
      ...([displayName(path), await readText(path, NO_SUCH_FILE), ruleSet.timeZone] as const),
    );
    if (!cases)
      throw new UsageError(
        linesOf(
          problems.map(({ position, message, messageEn }) =>
            about(String(position.line), { en: messageEn, ja: message }),
          ),
        ),
      );
    const { cases: read } = withChoices(cases, ruleSet.vocabulary);
    for (const { id, facts, asOf: at } of read) yield { name: id, facts, asOf: at };
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
  const task = {
    input: format === 'csv' ? { format, columns, encoding, localTimes: false } : { format },
    asOf,
  };
  try {
    for await (const one of readCases(file, start, ruleSet, task)) {
      const { line, reference, facts, problems } = one;
      const [problem] = problems.listed;
      yield {
        name: reference === null ? String(line) : `${line} ${reference}`,
        facts,
        asOf: one.asOf,
        ...(problem && { problem: { ja: problem.detailJa, en: problem.detail } }),
      };
    }
  } finally {
    await file.close();
  }
}

function impactText(io: Io, file: string, impact: Impact): string {
  const { judged, changed, yenBefore, yenAfter, kinds, unjudged } = impact;
  const words = WORDS[io.lang];
  const lines = [
    io.bold(file),
    changed === 0 ? io.green(words.none(number(judged))) : words.changed(number(changed), number(judged)),
    words.yen(number(yenBefore), number(yenAfter), signed(yenAfter - yenBefore)),
    ...kinds.flatMap((kind) => ['', ...kindLines(io, kind)]),
  ];
  const left = unjudged.reduce((sum, { count }) => sum + count, 0);
  if (left > 0) lines.push('', io.yellow(words.unjudged(number(left))));
  for (const { reason, count, examples } of unjudged)
    lines.push(`  ${words.count(number(count))}  ${reason[io.lang]}  ${io.dim(examples.join('、'))}`);
  return lines.join('\n');
}

function kindLines(io: Io, { field, removed, added, count, yen, examples }: ImpactKind): string[] {
  const words = WORDS[io.lang];
  const amount = yen === 0 ? '' : `（${signed(yen)}${words.unit}）`;
  const shown = io.dim(`${words.examples} ${examples.join('、')}`);
  return [
    `  ${io.bold(field[io.lang])}  ${words.count(number(count))}${amount}  ${shown}`,
    ...removed.map((item) => io.red(`    - ${item}`)),
    ...added.map((item) => io.green(`    + ${item}`)),
  ];
}

const signed = (n: number): string => `${n > 0 ? '+' : ''}${number(n)}`;

/** Numbers come with their digits grouped. */
const WORDS = {
  ja: {
    none: (judged: string) => `${judged}件を判定し直しました。回答が変わるものはありません。`,
    changed: (changed: string, judged: string) =>
      `${judged}件を判定し直すと、${changed}件の回答が変わります。`,
    yen: (before: string, after: string, more: string) =>
      `補償額の合計  ${before}円 → ${after}円（${more}円）`,
    unjudged: (count: string) => `判定し直せないもの  ${count}件`,
    count: (count: string) => `${count}件`,
    examples: '例',
    unit: '円',
  },
  en: {
    none: (judged: string) => `${judged} judged again; no answer changes.`,
    changed: (changed: string, judged: string) =>
      `Of ${judged} judged again, ${changed} are answered differently.`,
    yen: (before: string, after: string, more: string) =>
      `Amounts in all: ${before} yen → ${after} yen (${more} yen)`,
    unjudged: (count: string) => `Cannot be judged again: ${count}`,
    count: (count: string) => `${count} ×`,
    examples: 'such as',
    unit: ' yen',
  },
};
