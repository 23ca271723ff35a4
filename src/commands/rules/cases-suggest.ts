import { caseText, expectText } from '../../analysis/cases/cases-file.ts';
import { type Suggested, suggest } from '../../analysis/mutation/suggest.ts';
import { where } from '../../engine/answer/explain.ts';
import { casesFileOf } from '../../rule-files/load.ts';
import { isError } from '../../rulebook/problems.ts';
import type { Context, ExitCode, Io } from '../terminal/io.ts';
import { problemText } from '../terminal/problem-text.ts';
import { countBar } from '../terminal/progress-bar.ts';
import { mutableOf, selectCases, type WithCases } from './rule-files.ts';
import { withSolver } from './with-solver.ts';

/** Writes cases that would close what the cases leave open, ready to paste; nothing is changed. */
export async function casesSuggest({ io, rulesDir }: Context, files: readonly string[]): Promise<ExitCode> {
  const { pairs, without, problems, texts } = await selectCases(rulesDir, files);
  const errors = problems.filter(isError);
  for (const problem of errors) io.err(`${problemText(io, problem, texts.get(problem.position.file))}\n`);
  // What unreadable cases show would be proposed again.
  const broken = new Set(errors.map(({ position }) => position.file));
  const readable = pairs.filter(({ cases }) => !broken.has(cases.file));
  // A rule set without any cases gets its first ones.
  const empty = without.map((loaded): WithCases => {
    const { file, prefecture, incident } = loaded.ruleSet;
    return { loaded, cases: { file: casesFileOf(file), prefecture, incident, cases: [], skipped: [] } };
  });
  const isComplete = await withSolver(async (solver) => {
    let complete = true;
    for (const pair of [...readable, ...empty]) {
      const bar = countBar(io, pair.loaded.ruleSet.file);
      const suggesting = suggest(mutableOf(pair.loaded), pair.cases, await solver(), { progress: bar.show });
      const found = await suggesting.finally(bar.stop);
      io.out(suggestedText(io, pair, found));
      for (const what of found.open) io.err(io.yellow(`# ${WORDS[io.lang].open}${what[io.lang]}`));
      complete &&= isNothing(found);
    }
    return complete;
  });
  return isComplete && errors.length === 0 ? 0 : 1;
}

const isNothing = ({ cases, additions, open }: Suggested): boolean =>
  cases.length + additions.length + open.length === 0;

const WORDS = {
  ja: {
    open: '事例を見つけられません：',
    nothing: (file: string) => `${file}：足すものはありません`,
    additions: '今ある事例の expect に足すもの',
    cases: (file: string) => `${file} の cases に足す事例`,
    confirm: '今のルールの答えです。正しいか確かめてから足してください',
    notices: (count: number) => `気づく書き間違い ${count}件`,
  },
  en: {
    open: 'no case was found: ',
    nothing: (file: string) => `${file}: there is nothing to add`,
    additions: 'to add to the expect of cases that are there',
    cases: (file: string) => `cases to add to ${file}`,
    confirm: 'the answers of the rules as they are; make sure that they are right',
    notices: (count: number) => `mistakes noticed then: ${count}`,
  },
};

function suggestedText(io: Io, { cases: { file }, loaded }: WithCases, found: Suggested): string {
  const words = WORDS[io.lang];
  if (isNothing(found)) return `# ${words.nothing(file)}`;
  const lines: string[] = [];
  if (found.additions.length > 0) lines.push(`# ${words.additions}${io.aside(words.confirm)}`, '');
  for (const { example, expect, notices } of found.additions)
    lines.push(
      `  # ${where(example.position)}  ${example.id}${io.aside(words.notices(notices.length))}`,
      expectText(expect),
      '',
    );
  if (found.cases.length > 0) lines.push(`# ${words.cases(file)}${io.aside(words.confirm)}`, '');
  for (const one of found.cases) lines.push(caseText(one, loaded.ruleSet.timeZone), '');
  return lines.join('\n').trimEnd();
}
