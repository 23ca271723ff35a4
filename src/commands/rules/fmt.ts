import { readFile, realpath, rename, writeFile } from 'node:fs/promises';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { isError, type Problem } from '../../rulebook/problems.ts';
import { readRuleSet } from '../../rulebook/read-rule-set.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { shortened } from '../../rulebook/shorten.ts';
import type { Context, ExitCode } from '../terminal/io.ts';
import { problemText } from '../terminal/problem-text.ts';
import { selectFiles, wordsOf } from './rule-files.ts';

/**
 * Writes the conditions of rule files in their short form; comments and all else stay as they are. A file is written only where it
 * then reads as exactly the same rules. With `check` nothing is written, and the exit code is 1 where something would be.
 */
export async function fmt(
  { io, rulesDir }: Context,
  files: readonly string[],
  { check }: { check: boolean },
): Promise<ExitCode> {
  const { loaded, problems, texts, paths } = await selectFiles(rulesDir, files);
  const errors = problems.filter(isError);
  for (const problem of errors) io.out(`${problemText(io, problem, texts.get(problem.position.file))}\n`);
  let count = 0;
  for (const one of loaded) {
    const { ruleSet, ruleText } = one;
    const text = shortened(ruleText, ruleSet.vocabulary);
    if (text === ruleText) continue;
    count += 1;
    refuseUnlessSame(ruleSet, readRuleSet(ruleSet.file, text, wordsOf(one)));
    if (!check) await replace(paths.get(ruleSet.file) ?? ruleSet.file, ruleText, text);
    io.out(`${ruleSet.file}${io.aside(LINES[io.lang](linesOf(ruleText), linesOf(text)))}`);
  }
  io.out(count === 0 ? ALL_SHORT[io.lang] : DONE[io.lang](count, loaded.length, check));
  return errors.length > 0 || (check && count > 0) ? 1 : 0;
}

const linesOf = (text: string): number => text.trimEnd().split('\n').length;
const LINES: Record<keyof LocalizedText, (before: number, after: number) => string> = {
  ja: (before, after) => `${before}行 → ${after}行`,
  en: (before, after) => `${before} → ${after} lines`,
};
const ALL_SHORT: LocalizedText = {
  ja: '条件はすべて短い形です。',
  en: 'All conditions are in the short form.',
};
const DONE: Record<keyof LocalizedText, (count: number, all: number, isCheck: boolean) => string> = {
  ja: (count, all, isCheck) =>
    `${all}件のうち${count}件${isCheck ? 'は短い形に書き換えられます' : 'を短い形に書き換えました'}。規則の意味は変わりません。`,
  en: (count, all, isCheck) =>
    `${count} of ${all} files ${isCheck ? 'can be' : 'were'} written in the short form; the rules mean the same.`,
};

/** A fault of this program, never of the file: then nothing is written. */
function refuseUnlessSame(
  before: RuleSet,
  after: { ruleSet: RuleSet | null; problems: readonly Problem[] },
): void {
  if (after.ruleSet !== null && meaningOf(after.ruleSet) === meaningOf(before)) return;
  throw new Error(
    `${before.file} would not read the same: ${JSON.stringify(after.problems[0] ?? 'another meaning')}`,
  );
}

/** All that was read, but for where it is written. */
const meaningOf = (ruleSet: RuleSet): string =>
  JSON.stringify(ruleSet, (key, value) => {
    if (key === 'position') return undefined;
    return value instanceof Map || value instanceof Set ? [...value] : value;
  });

/** At once, and not over what somebody else has written meanwhile. */
async function replace(path: string, before: string, text: string): Promise<void> {
  // Of a link the file that it leads to.
  const file = await realpath(path);
  if ((await readFile(file, 'utf8')) !== before) throw new Error(`${file} has changed meanwhile`);
  const fresh = `${file}.new`;
  await writeFile(fresh, text);
  await rename(fresh, file);
}
