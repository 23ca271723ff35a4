import { type CaseResult, type CasesResult, runCases } from '../../analysis/cases/decide-case.ts';
import { type Covered, coverage } from '../../analysis/coverage/questions.ts';
import { type MutationReport, mutate } from '../../analysis/mutation/mutate.ts';
import type { Solver } from '../../analysis/solver/solver.ts';
import { where } from '../../engine/answer/explain.ts';
import type { Lang } from '../../rulebook/lang.ts';
import { isError } from '../../rulebook/problems.ts';
import { bold, dim, type ExitCode, green, type Io, red, yellow } from '../terminal/io.ts';
import { factProblemText, moreProblemsText, problemText } from '../terminal/problem-text.ts';
import { countBar } from '../terminal/progress-bar.ts';
import { mutableOf, selectCases, type WithCases } from './cases-of.ts';
import { coverageJson, coverageText, holesOf } from './coverage-text.ts';
import { livingOf, mutantsJson, mutantsText } from './mutants-text.ts';
import { withSolver } from './with-solver.ts';

export interface TestOptions {
  /** What the cases show of every rule and comparison. */
  coverage: boolean;
  /** Which small mistakes in the rule file no case notices. */
  mutate: boolean;
  json: boolean;
}

interface Tested {
  pair: WithCases;
  cases: CasesResult;
  coverage: Covered[] | null;
  mutation: MutationReport | null;
}

/** Runs the cases of rule sets, each at its own frozen instant, and asks how much they show. */
export async function test(
  io: Io,
  rulesDir: string,
  files: string[],
  options: TestOptions,
): Promise<ExitCode> {
  const { pairs, without, problems, texts } = await selectCases(rulesDir, files);
  const errors = problems.filter(isError);
  const tested = await withSolver(async (solver) => {
    const done: Tested[] = [];
    for (const pair of pairs) {
      const one = await testOne(io, pair, options, solver);
      done.push(one);
      if (!options.json) showOne(io, one);
    }
    return done;
  });
  if (options.json) io.out(JSON.stringify({ problems: errors, files: tested.map(jsonOf) }, null, 2));
  else {
    for (const problem of errors) io.out(`${problemText(io, problem, texts.get(problem.position.file))}\n`);
    for (const { ruleSet } of without) io.out(yellow(io, WORDS[io.lang].without(ruleSet.file)));
  }
  return errors.length === 0 && tested.every(isGood) ? 0 : 1;
}

async function testOne(
  { lang }: Io,
  pair: WithCases,
  options: TestOptions,
  solver: () => Promise<Solver>,
): Promise<Tested> {
  const { program, ruleSet } = pair.loaded;
  const cases = await runCases(program, pair.cases);
  const mutable = mutableOf(pair.loaded);
  const covered = options.coverage
    ? await coverage(ruleSet, mutable.source, pair.cases, await solver())
    : null;
  const bar = countBar(lang, process.stderr, ruleSet.file);
  try {
    const mutation = options.mutate
      ? await mutate(mutable, pair.cases, solver, { progress: bar.show })
      : null;
    return { pair, cases, coverage: covered, mutation };
  } finally {
    bar.stop();
  }
}

const failuresOf = ({ results }: CasesResult): CaseResult[] =>
  results.filter((r) => r.differences.length > 0 || r.factProblems.length > 0);

const isGood = ({ cases, coverage, mutation }: Tested): boolean =>
  failuresOf(cases).length === 0 &&
  holesOf(coverage ?? []).length === 0 &&
  livingOf(mutation?.mutated ?? []).length === 0 &&
  (mutation?.needless ?? []).length === 0;

function showOne(io: Io, { pair, cases, coverage, mutation }: Tested): void {
  const { results, neverFired } = cases;
  const failures = failuresOf(cases);
  for (const failure of failures) io.out(`${failureText(io, failure)}\n`);
  const good = results.length - failures.length;
  const words = WORDS[io.lang];
  const summary = words.summary(pair.cases.file, results.length, good);
  io.out(failures.length === 0 ? green(io, summary) : red(io, summary));
  if (neverFired.length === 0) {
    const { rules } = pair.loaded.ruleSet;
    io.out(dim(io, `  ${words.allFired(rules.length)}`));
  } else {
    io.out(yellow(io, `  ${words.neverFired(neverFired.length)}`));
    for (const rule of neverFired)
      io.out(`    ${where(rule.position)}  ${rule.section}/${rule.id}  ${rule.label}`);
  }
  if (coverage) io.out(coverageText(io, coverage));
  if (mutation) io.out(mutantsText(io, mutation));
}

function failureText(io: Io, { example, differences, factProblems, moreFactProblems }: CaseResult): string {
  const { lang } = io;
  const words = WORDS[lang];
  const lines = [
    `${red(io, '✗')} ${bold(io, example.id)} ${example.title}  ${dim(io, where(example.position))}`,
  ];
  for (const problem of factProblems) lines.push(`    ${factProblemText(io, problem)}`);
  if (moreFactProblems > 0) lines.push(`    ${moreProblemsText(io, moreFactProblems)}`);
  for (const { field, expected, actual } of differences) {
    lines.push(
      `    ${field}`,
      `      ${words.expected}  ${green(io, expected[lang])}`,
      `      ${words.actual}  ${red(io, actual[lang])}`,
    );
  }
  return lines.join('\n');
}

interface Words {
  without(file: string): string;
  summary(file: string, cases: number, good: number): string;
  allFired(rules: number): string;
  neverFired(rules: number): string;
  expected: string;
  actual: string;
}
const WORDS: Record<Lang, Words> = {
  ja: {
    without: (file) => `${file}：事例がありません`,
    summary: (file, cases, good) => `${file}：${cases}件のうち${good}件が期待どおり`,
    allFired: (rules) => `${rules}の規則は、すべてどれかの事例に当てはまります`,
    neverFired: (rules) => `どの事例にも当てはまらない規則 ${rules}件`,
    expected: '期待',
    actual: '実際',
  },
  en: {
    without: (file) => `${file}: there are no cases`,
    summary: (file, cases, good) => `${file}: ${good} of ${cases} are as expected`,
    allFired: (rules) => `each of the ${rules} rules holds in some case`,
    neverFired: (rules) => `rules that hold in no case: ${rules}`,
    expected: 'expected',
    actual: 'actual  ',
  },
};

const jsonOf = ({ pair, cases, coverage, mutation }: Tested) => ({
  file: pair.cases.file,
  ruleFile: pair.loaded.ruleSet.file,
  cases: cases.results.length,
  failures: failuresOf(cases).map(({ example, differences, factProblems, moreFactProblems }) => ({
    id: example.id,
    at: where(example.position),
    differences,
    factProblems,
    ...(moreFactProblems > 0 && { moreFactProblems }),
  })),
  neverFired: cases.neverFired.map(({ section, id, position }) => ({
    rule: `${section}/${id}`,
    at: where(position),
  })),
  ...(coverage && { coverage: coverageJson(coverage) }),
  ...(mutation && mutantsJson(mutation)),
});
