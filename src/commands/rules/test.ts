import { writeFile } from 'node:fs/promises';
import { type CaseResult, type CasesResult, runCases } from '../../analysis/cases/decide-case.ts';
import { coverage } from '../../analysis/coverage/questions.ts';
import { mutate } from '../../analysis/mutation/mutate.ts';
import type { Solver } from '../../analysis/solver/solver.ts';
import { where } from '../../engine/answer/explain.ts';
import { isError } from '../../rulebook/problems.ts';
import type { Context, ExitCode, Io } from '../terminal/io.ts';
import { factProblemText, moreProblemsText, problemText } from '../terminal/problem-text.ts';
import { countBar } from '../terminal/progress-bar.ts';
import { type JunitSuite, junitText } from './junit.ts';
import { mutableOf, selectCases, type WithCases } from './rule-files.ts';
import { coverageJson, coverageText, holesOf, isAlive, mutantsJson, mutantsText } from './what-cases-miss.ts';
import { withSolver } from './with-solver.ts';

interface TestOptions {
  /** What the cases show of every rule and comparison. */
  coverage: boolean;
  /** Which small mistakes in the rule file no case notices. */
  mutate: boolean;
  /** Only cases with this in their id or title. */
  filter?: string;
  /** A file to write the results to as JUnit XML, for what runs the tests. */
  junit?: string;
  json: boolean;
}

/** Runs the cases of rule sets, each at its own frozen instant, and asks how much they show. */
export async function test(
  { io, rulesDir }: Context,
  files: readonly string[],
  options: TestOptions,
): Promise<ExitCode> {
  const { pairs, without, problems, texts } = await selectCases(rulesDir, files);
  const errors = problems.filter(isError);
  const tested = await withSolver(async (solver) => {
    const done: Tested[] = [];
    for (const pair of pairs) {
      const one = await testOne(io, chosen(pair, options.filter), options, solver);
      done.push(one);
      if (!options.json) showOne(io, one);
    }
    return done;
  });
  if (options.junit !== undefined) await writeFile(options.junit, junitText(tested.map(suiteOf), errors));
  if (options.json) io.out(JSON.stringify({ problems: errors, files: tested.map(jsonOf) }, null, 2));
  else {
    for (const problem of errors) io.out(`${problemText(io, problem, texts.get(problem.position.file))}\n`);
    for (const { ruleSet } of without) io.out(io.yellow(WORDS[io.lang].without(ruleSet.file)));
  }
  const nothingChosen =
    options.filter !== undefined && tested.every(({ cases }) => cases.results.length === 0);
  if (nothingChosen && !options.json) io.out(io.red(WORDS[io.lang].noneChosen(options.filter ?? '')));
  return errors.length === 0 && !nothingChosen && tested.every(isGood) ? 0 : 1;
}

/** A rule set with some of its cases, and how many are left out. */
interface Chosen extends WithCases {
  leftOut: number;
}

function chosen(pair: WithCases, filter: string | undefined): Chosen {
  if (filter === undefined) return { ...pair, leftOut: 0 };
  const cases = pair.cases.cases.filter(({ id, title }) => id.includes(filter) || title.includes(filter));
  return { ...pair, cases: { ...pair.cases, cases }, leftOut: pair.cases.cases.length - cases.length };
}

type Tested = Awaited<ReturnType<typeof testOne>>;

async function testOne(io: Io, pair: Chosen, wanted: TestOptions, solver: () => Promise<Solver>) {
  const { program, ruleSet } = pair.loaded;
  const cases = await runCases(program, pair.cases);
  const mutable = mutableOf(pair.loaded);
  const covered = wanted.coverage
    ? await coverage(ruleSet, mutable.source, pair.cases, await solver())
    : null;
  const bar = countBar(io, ruleSet.file);
  const mutation = wanted.mutate
    ? await mutate(mutable, pair.cases, solver, { progress: bar.show }).finally(bar.stop)
    : null;
  return { pair, cases, covered, mutation };
}

const failuresOf = ({ results }: CasesResult): CaseResult[] =>
  results.filter((r) => r.differences.length > 0 || r.factProblems.length > 0);

const isGood = ({ cases, covered, mutation }: Tested): boolean =>
  failuresOf(cases).length === 0 &&
  holesOf(covered ?? []).length === 0 &&
  !mutation?.mutated.some(isAlive) &&
  (mutation?.needless ?? []).length === 0;

function showOne(io: Io, { pair, cases, covered, mutation }: Tested): void {
  const { results, neverFired } = cases;
  const failures = failuresOf(cases);
  for (const failure of failures) io.out(`${failureText(io, failure)}\n`);
  const words = WORDS[io.lang];
  const summary = words.summary(
    pair.cases.file,
    results.length,
    results.length - failures.length,
    pair.cases.skipped.length,
  );
  io.out(failures.length === 0 ? io.green(summary) : io.red(summary));
  for (const { example, reason } of pair.cases.skipped)
    io.out(io.yellow(`  ${words.skipped(example.id, reason)}  ${where(example.position)}`));
  if (pair.leftOut > 0) {
    // Of some of the cases nothing follows for the rules.
    io.out(io.yellow(`  ${words.leftOut(pair.leftOut)}`));
    return;
  }
  if (neverFired.length === 0) io.out(io.dim(`  ${words.allFired(pair.loaded.ruleSet.rules.length)}`));
  else io.out(io.yellow(`  ${words.neverFired(neverFired.length)}`));
  for (const rule of neverFired)
    io.out(`    ${where(rule.position)}  ${rule.section}/${rule.id}  ${rule.label}`);
  if (covered) io.out(coverageText(io, covered));
  if (mutation) io.out(mutantsText(io, mutation));
}

function failureText(
  io: Io,
  { example, differences, factProblems, moreFactProblems, rules }: CaseResult,
): string {
  const { lang } = io;
  const words = WORDS[lang];
  return [
    `${io.red('✗')} ${io.bold(example.id)} ${example.title}  ${io.dim(where(example.position))}`,
    ...factProblems.map((problem) => `    ${factProblemText(io, problem)}`),
    ...(moreFactProblems > 0 ? [`    ${moreProblemsText(io, moreFactProblems)}`] : []),
    ...differences.flatMap(({ field, expected, actual }) => [
      `    ${field}`,
      `      ${words.expected}  ${io.green(expected[lang])}`,
      `      ${words.actual}  ${io.red(actual[lang])}`,
    ]),
    ...(differences.length > 0 && rules.length > 0 ? [`    ${words.rules}`] : []),
    ...(differences.length > 0 ? rules : []).map(
      (rule) => `      ${where(rule.position)}  ${rule.section}/${rule.id}`,
    ),
  ].join('\n');
}

const WORDS = {
  ja: {
    without: (file: string) => `${file}：事例がありません`,
    summary: (file: string, cases: number, good: number, skipped: number) =>
      `${file}：${cases}件のうち${good}件が期待どおり${skipped > 0 ? `（ほかに${skipped}件は試していません）` : ''}`,
    skipped: (id: string, reason: string) => `試していない事例 ${id}：${reason}`,
    leftOut: (cases: number) => `--filter で除いた事例 ${cases}件`,
    noneChosen: (filter: string) => `名前か題に「${filter}」を含む事例はありません`,
    allFired: (rules: number) => `${rules}の規則は、すべてどれかの事例に当てはまります`,
    neverFired: (rules: number) => `どの事例にも当てはまらない規則 ${rules}件`,
    rules: 'この回答を導いた規則',
    expected: '期待',
    actual: '実際',
  },
  en: {
    without: (file: string) => `${file}: there are no cases`,
    summary: (file: string, cases: number, good: number, skipped: number) =>
      `${file}: ${good} of ${cases} are as expected${skipped > 0 ? ` (${skipped} more skipped)` : ''}`,
    skipped: (id: string, reason: string) => `skipped ${id}: ${reason}`,
    leftOut: (cases: number) => `cases left out by --filter: ${cases}`,
    noneChosen: (filter: string) => `no case has "${filter}" in its id or title`,
    allFired: (rules: number) => `each of the ${rules} rules holds in some case`,
    neverFired: (rules: number) => `rules that hold in no case: ${rules}`,
    rules: 'The rules that made this answer',
    expected: 'expected',
    actual: 'actual  ',
  },
};

const suiteOf = ({ pair, cases }: Tested): JunitSuite => ({
  name: pair.cases.file,
  cases: [
    ...cases.results.map((result) => ({
      ...nameOf(result.example),
      failure: [
        ...result.factProblems.map(({ pointer, detail }) => `${pointer}: ${detail}`),
        ...result.differences.map(
          ({ field, expected, actual }) => `${field}: ${expected.en} expected, ${actual.en} found`,
        ),
      ].join('\n'),
      skipped: null,
    })),
    ...pair.cases.skipped.map(({ example, reason }) => ({
      ...nameOf(example),
      failure: '',
      skipped: reason,
    })),
  ],
});

const nameOf = ({ id, title, position: { line } }: CaseResult['example']) => ({
  name: `${id} ${title}`,
  line,
});

const jsonOf = ({ pair, cases, covered, mutation }: Tested) => ({
  file: pair.cases.file,
  ruleFile: pair.loaded.ruleSet.file,
  cases: cases.results.length,
  failures: failuresOf(cases).map(({ example, differences, factProblems, moreFactProblems, rules }) => ({
    id: example.id,
    at: where(example.position),
    differences,
    factProblems,
    ...(moreFactProblems > 0 && { moreFactProblems }),
    rules: rules.map(({ section, id, position }) => ({ rule: `${section}/${id}`, at: where(position) })),
  })),
  skipped: pair.cases.skipped.map(({ example, reason }) => ({
    id: example.id,
    at: where(example.position),
    reason,
  })),
  ...(pair.leftOut > 0 && { leftOut: pair.leftOut }),
  neverFired: (pair.leftOut > 0 ? [] : cases.neverFired).map(({ section, id, position }) => ({
    rule: `${section}/${id}`,
    at: where(position),
  })),
  ...(covered && { coverage: coverageJson(covered) }),
  ...(mutation && mutantsJson(mutation)),
});
