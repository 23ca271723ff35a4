import { readFile } from 'node:fs/promises';
import { type CasesFile, readCasesFile } from '../analysis/cases-file.ts';
import { type CaseResult, runCases } from '../analysis/run-cases.ts';
import { where } from '../engine/explain.ts';
import { displayName, keyOf, type LoadedRuleSet } from '../rule-files/load.ts';
import { isError } from '../rulebook/problems.ts';
import { bold, dim, type ExitCode, green, type Io, red, yellow } from './io.ts';
import { problemText } from './problem-text.ts';
import { selectFiles } from './rule-files.ts';

/** Runs the cases of rule sets, each at its own frozen instant. */
export async function test(io: Io, rulesDir: string, files: string[]): Promise<ExitCode> {
  const { loaded, casesFiles, problems, texts } = await selectFiles(rulesDir, files);
  const byKey = new Map(loaded.map((l) => [keyOf(l.ruleSet.prefecture, l.ruleSet.incident), l]));
  let failed = 0;
  const tested = new Set<LoadedRuleSet>();
  for (const path of casesFiles) {
    const file = displayName(path);
    const text = await readFile(path, 'utf8');
    texts.set(file, text);
    const read = readCasesFile(file, text);
    problems.push(...read.problems);
    const ruleSet = read.cases && byKey.get(keyOf(read.cases.prefecture, read.cases.incident));
    if (!read.cases || !ruleSet) {
      if (read.cases) problems.push(withoutRules(read.cases));
      continue;
    }
    tested.add(ruleSet);
    failed += await runFile(io, ruleSet, read.cases);
  }
  const errors = problems.filter(isError);
  for (const problem of errors) io.out(`${problemText(io, problem, texts.get(problem.position.file))}\n`);
  for (const each of loaded)
    if (!tested.has(each)) io.out(yellow(io, `${each.ruleSet.file}：事例がありません`));
  return failed + errors.length === 0 ? 0 : 1;
}

async function runFile(io: Io, { program, ruleSet }: LoadedRuleSet, cases: CasesFile): Promise<number> {
  const { results, neverFired } = await runCases(program, cases);
  const failures = results.filter((r) => r.differences.length > 0 || r.factProblems.length > 0);
  for (const failure of failures) io.out(`${failureText(io, failure)}\n`);
  const good = results.length - failures.length;
  const summary = `${cases.file}：${results.length}件のうち${good}件が期待どおり`;
  io.out(failures.length === 0 ? green(io, summary) : red(io, summary));
  if (neverFired.length === 0)
    io.out(dim(io, `  ${ruleSet.rules.length}の規則は、すべてどれかの事例に当てはまります`));
  else {
    io.out(yellow(io, `  どの事例にも当てはまらない規則 ${neverFired.length}件`));
    for (const rule of neverFired)
      io.out(`    ${where(rule.position)}  ${rule.section}/${rule.id}  ${rule.label}`);
  }
  return failures.length;
}

function failureText(io: Io, { example, differences, factProblems }: CaseResult): string {
  const lines = [
    `${red(io, '✗')} ${bold(io, example.id)} ${example.title}  ${dim(io, where(example.position))}`,
  ];
  for (const { pointer, detailJa, suggestion } of factProblems) {
    lines.push(`    facts${pointer}：${detailJa}${suggestion ? ` もしかして：${suggestion}` : ''}`);
  }
  for (const { field, expected, actual } of differences) {
    lines.push(`    ${field}`, `      期待  ${green(io, expected)}`, `      実際  ${red(io, actual)}`);
  }
  return lines.join('\n');
}

const withoutRules = ({ file, prefecture, incident }: CasesFile) => ({
  code: 'unknown-rule-set' as const,
  position: { file, line: 1, column: 1 },
  message: `${prefecture}/${incident} のルールが読めないため、事例を確かめられません。`,
  suggestion: null,
});
