import { basename, join, resolve } from 'node:path';
import { proofread } from '../../analysis/texts/proofread.ts';
import { displayName, duplicatesAmong } from '../../rule-files/load.ts';
import { noticeFileOf } from '../../rule-files/notice-file.ts';
import { namedIn, PLACEHOLDER, placeholderLines } from '../../rulebook/draft.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { byPosition, type Problem } from '../../rulebook/problems.ts';
import { type Context, type ExitCode, type Io, misuse } from '../terminal/io.ts';
import { problemText } from '../terminal/problem-text.ts';
import { countBar } from '../terminal/progress-bar.ts';
import { readerBeside } from './beside.ts';
import { type FileToCheck, type Told, withoutExample } from './check-file.ts';
import { type Checked, withChecker } from './check-many.ts';
import { keptReports } from './kept-reports.ts';
import { namedNotice } from './notice-texts.ts';
import { readCases, selectBy } from './rule-files.ts';
import { summary, tell } from './told-findings.ts';

/** A file as a whole takes at most so many times as long as one question may. */
const QUESTIONS_AT_MOST = 12;

interface CheckOptions {
  /** How long one question may take. */
  seconds: number;
  notice?: string;
  consequences?: boolean;
  /** What was found of the same files before is told again. */
  cache?: boolean;
}

/**
 * Shows what is wrong with rule files and their cases; of those that read well, what is proved or refuted of all cases at once.
 * 1 where there is an error, or a warning that the file does not accept.
 */
export async function check(
  { io, rulesDir, processors, cacheDir, programHash, now }: Context,
  files: readonly string[],
  { seconds, notice, consequences = false, cache = true }: CheckOptions,
): Promise<ExitCode> {
  if (notice !== undefined && files.length !== 1)
    throw misuse(`--notice ${notice}`, {
      en: 'name the one rule file that follows it',
      ja: 'その告知のルールのファイルを一つだけ指定してください',
    });
  const named = notice === undefined ? null : await namedNotice(notice);
  // All of them together are too much to read: what is only worth knowing is counted, and told of the files named.
  const isBrief = files.length === 0;
  const options = { limitMs: seconds * 1000, totalMs: seconds * 1000 * QUESTIONS_AT_MOST, isBrief };
  const kept = cache ? keptReports(join(cacheDir, 'check'), await programHash(), options, now) : null;
  return withChecker({ processors, options, kept }, async (checker) => {
    const problems: Problem[] = [];
    const toCheck = readerBeside(named, problems);
    const checked = new Map<string, Checked>();
    const bar = countBar(io, CHECKING[io.lang]);
    const selected = await selectBy(
      async (found) => {
        const entries = await checker.read(await Promise.all(found.map(toCheck)), bar.show);
        for (const entry of entries) checked.set(entry.given.file, entry);
        return entries.map(({ read }) => read);
      },
      rulesDir,
      files,
    );
    bar.stop();
    const entries = selected.loaded.flatMap(({ ruleSet }) => checked.get(ruleSet.file) ?? []);
    const texts = new Map(selected.texts);
    problems.push(...selected.problems, ...(await problemsOfCases(selected.casesFiles, checked, texts)));
    if (!isBrief) {
      const asked = new Set(files.map((file) => displayName(resolve(file), rulesDir)));
      problems.push(...(await duplicatesAmong(rulesDir, asked, texts)));
    }
    problems.sort(byPosition);
    for (const problem of problems) io.out(`${problemText(io, problem, texts.get(problem.position.file))}\n`);
    const ofWords = onceEach([
      ...selected.loaded.flatMap(({ findings }) => findings),
      ...[...texts].flatMap(([file, text]) =>
        entries.some(({ given }) => given.file === file) ? [] : proofread(file, text).map(withoutExample),
      ),
    ]);
    for (const { notice } of entries.map(({ given }) => given))
      if (notice) texts.set(notice.file, notice.text);
    const telling = { io, texts, isBrief, consequences };
    // Before the proofs, for which one waits.
    tell(telling, ofWords);
    const proved = await checker.prove(entries, bar.show);
    bar.stop();
    tell(telling, proved);
    const findings = [...ofWords, ...proved];
    const isGood = summary(io, problems, findings, selected.loaded);
    for (const { given, read } of entries)
      if (read.loaded?.ruleSet.isDraft) io.out(io.yellow(draftText(io, given)));
    for (const { ruleSet, isWithoutNotice } of selected.loaded)
      if (isWithoutNotice) io.out(io.yellow(notCompared(ruleSet.file)[io.lang]));
    if (isBrief && findings.some(({ severity }) => severity === 'information'))
      io.out(io.dim(INFORMATIONS[io.lang]));
    const before = entries.filter(({ isKept }) => isKept).length;
    if (before > 0) io.out(io.dim(keptText(before)[io.lang]));
    return isGood ? 0 : 1;
  });
}

/** Also of a file whose rules are broken; a file whose rules cannot even be read is read here. */
async function problemsOfCases(
  paths: readonly string[],
  checked: ReadonlyMap<string, Checked>,
  texts: Map<string, string>,
): Promise<Problem[]> {
  const byFile = new Map([...checked.values()].map((one) => [one.given.cases?.file, one]));
  const problems: Problem[] = [];
  for (const path of paths) {
    const known = byFile.get(displayName(path));
    if (known?.given.cases) {
      texts.set(known.given.cases.file, known.given.cases.text);
      problems.push(...known.read.problemsOfCases);
    } else await readCases([path], texts, problems);
  }
  return problems;
}

/** What is wrong in shared words is found with every rule set that has them. */
const onceEach = (findings: readonly Told[]): Told[] => [
  ...new Map(
    findings.map((one) => [JSON.stringify([one.code, one.position, one.ja, one.accepted]), one]),
  ).values(),
];

const CHECKING: LocalizedText = { ja: '調べています', en: 'Checking' };
const INFORMATIONS: LocalizedText = {
  ja: '情報は、ファイルを指定すると例とともに示します（hosho check ファイル）。',
  en: 'Informations are shown with examples when files are named (hosho check FILE).',
};
const keptText = (count: number): LocalizedText => ({
  ja: `前に調べたときと変わらない ${count} 件のファイルは、そのときの結果です（--no-cache で調べ直します）。`,
  en: `${count} files are as they were when checked before, and so is what is told of them (--no-cache checks anew).`,
});
const notCompared = (file: string): LocalizedText => {
  const notice = noticeFileOf(file);
  return {
    ja: `告知の文とは比べていません：${file}（${notice} がありません。--notice で指定できます）`,
    en: `Not compared with the text of the notice: ${file} (there is no ${notice}; --notice says where it is)`,
  };
};

/** What is left to do before it can be served. */
function draftText({ lang }: Io, { file, text }: FileToCheck): string {
  const lines = placeholderLines(text);
  const { named, isDraft } = namedIn(basename(file));
  const rename: LocalizedText = isDraft
    ? { ja: `、ファイルの名前を ${named}.yaml に変えて`, en: ` and rename the file to ${named}.yaml` }
    : { ja: '', en: '' };
  const left: LocalizedText =
    lines.length > 0
      ? {
          ja: `${PLACEHOLDER}が${lines.length}行に残っています：${lines.join('、')}行目`,
          en: `Still to be filled in ("${PLACEHOLDER}"), by line: ${lines.join(', ')}`,
        }
      : {
          ja: `使い始めるときは、status: draft の行を消し${rename.ja || 'て'}ください。`,
          en: `To put it to use, take the line status: draft away${rename.en}.`,
        };
  const draft: LocalizedText = {
    ja: `下書き：${file}（サービスは使いません）`,
    en: `Draft, not served: ${file}`,
  };
  return `${draft[lang]}\n  ${left[lang]}`;
}
