import { caseText, expectText } from '../../analysis/cases/case-text.ts';
import { type Suggested, suggest } from '../../analysis/mutation/suggest.ts';
import { where } from '../../engine/answer/explain.ts';
import { casesFileOf } from '../../rule-files/load.ts';
import type { Lang } from '../../rulebook/lang.ts';
import { isError } from '../../rulebook/problems.ts';
import { type ExitCode, type Io, yellow } from '../terminal/io.ts';
import { problemText } from '../terminal/problem-text.ts';
import { countBar } from '../terminal/progress-bar.ts';
import { aside } from '../terminal/words.ts';
import { mutableOf, selectCases, type WithCases } from './cases-of.ts';
import { withSolver } from './with-solver.ts';

/** Writes cases that would close what the cases leave open, ready to paste; nothing is changed. */
export async function casesSuggest(io: Io, rulesDir: string, files: string[]): Promise<ExitCode> {
  const { pairs, without, problems, texts } = await selectCases(rulesDir, files);
  const errors = problems.filter(isError);
  for (const problem of errors) io.err(`${problemText(io, problem, texts.get(problem.position.file))}\n`);
  // A rule set without any cases gets its first ones.
  const empty = without.map((loaded): WithCases => {
    const { file, prefecture, incident } = loaded.ruleSet;
    return { loaded, cases: { file: casesFileOf(file), prefecture, incident, cases: [] } };
  });
  const isComplete = await withSolver(async (solver) => {
    let complete = true;
    for (const pair of [...pairs, ...empty]) {
      const mutable = mutableOf(pair.loaded);
      const bar = countBar(io.lang, process.stderr, pair.loaded.ruleSet.file);
      const found = await suggest(mutable, pair.cases, await solver(), { progress: bar.show }).finally(
        bar.stop,
      );
      io.out(suggestedText(io, pair, found));
      for (const what of found.open) io.err(yellow(io, `# ${WORDS[io.lang].open}${what[io.lang]}`));
      complete &&= found.cases.length + found.additions.length + found.open.length === 0;
    }
    return complete;
  });
  return isComplete && errors.length === 0 ? 0 : 1;
}

interface Words {
  open: string;
  nothing(file: string): string;
  additions: string;
  cases(file: string): string;
  confirm: string;
  notices(count: number): string;
}
const WORDS: Record<Lang, Words> = {
  ja: {
    open: '事例を見つけられません：',
    nothing: (file) => `${file}：足すものはありません`,
    additions: '今ある事例の expect に足すもの',
    cases: (file) => `${file} の cases に足す事例`,
    confirm: '今のルールの答えです。正しいか確かめてから足してください',
    notices: (count) => `気づく書き間違い ${count}件`,
  },
  en: {
    open: 'no case was found: ',
    nothing: (file) => `${file}: there is nothing to add`,
    additions: 'to add to the expect of cases that are there',
    cases: (file) => `cases to add to ${file}`,
    confirm: 'the answers of the rules as they are; make sure that they are right',
    notices: (count) => `mistakes noticed then: ${count}`,
  },
};

function suggestedText(
  io: Io,
  { cases: file, loaded }: WithCases,
  { cases, additions, open }: Suggested,
): string {
  const words = WORDS[io.lang];
  if (cases.length + additions.length + open.length === 0) return `# ${words.nothing(file.file)}`;
  const lines: string[] = [];
  if (additions.length > 0) {
    lines.push(`# ${words.additions}${aside(io, words.confirm)}`, '');
    for (const { example, expect, notices } of additions)
      lines.push(
        `  # ${where(example.position)}  ${example.id}${aside(io, words.notices(notices.length))}`,
        expectText(expect),
        '',
      );
  }
  if (cases.length > 0) {
    lines.push(`# ${words.cases(file.file)}${aside(io, words.confirm)}`, '');
    for (const one of cases) lines.push(caseText(one, loaded.ruleSet.timeZone), '');
  }
  return lines.join('\n').trimEnd();
}
