import { readFile } from 'node:fs/promises';
import { readCasesFile } from '../analysis/cases-file.ts';
import { displayName } from '../rule-files/load.ts';
import { byPosition, isError } from '../rulebook/problems.ts';
import { type ExitCode, green, type Io, red, yellow } from './io.ts';
import { problemText } from './problem-text.ts';
import { selectFiles } from './rule-files.ts';

/** Reads rule files and their cases, and shows everything that is wrong with them. */
export async function check(io: Io, rulesDir: string, files: string[]): Promise<ExitCode> {
  const { loaded, casesFiles, problems, texts } = await selectFiles(rulesDir, files);
  for (const path of casesFiles) {
    const text = await readFile(path, 'utf8');
    texts.set(displayName(path), text);
    problems.push(...readCasesFile(displayName(path), text).problems);
  }
  problems.sort(byPosition);
  for (const problem of problems) io.out(`${problemText(io, problem, texts.get(problem.position.file))}\n`);

  const errors = problems.filter(isError).length;
  const warnings = problems.length - errors;
  const sound = loaded.map(({ ruleSet }) => ruleSet.file).join('、');
  if (problems.length === 0) io.out(`${green(io, '問題はありません。')}（${sound}）`);
  else
    io.out(
      [errors ? red(io, `エラー ${errors}件`) : '', warnings ? yellow(io, `注意 ${warnings}件`) : '']
        .filter(Boolean)
        .join('、'),
    );
  return problems.length === 0 ? 0 : 1;
}
