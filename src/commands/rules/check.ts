import { resolve } from 'node:path';
import type { Finding } from '../../analysis/findings/finding.ts';
import { displayName, duplicatesAmong, keyOf, type LoadedRuleSet } from '../../rule-files/load.ts';
import type { Lang, LocalizedText } from '../../rulebook/lang.ts';
import { byPosition, isError, type Problem } from '../../rulebook/problems.ts';
import { cyan, dim, type ExitCode, green, type Io, red, yellow } from '../terminal/io.ts';
import { problemText } from '../terminal/problem-text.ts';
import { countBar } from '../terminal/progress-bar.ts';
import { aside, series } from '../terminal/words.ts';
import { readCases } from './cases-of.ts';
import { findingText } from './finding-text.ts';
import { proveMany } from './prove-many.ts';
import { selectFiles } from './rule-files.ts';

export interface CheckOptions {
  /** How long a question about all cases may take. */
  seconds: number;
  processors: number;
}

/**
 * Reads rule files and their cases, and shows everything that is wrong with them; of those that read well, everything that
 * can be proved or refuted about all cases at once. 1 where there is an error, or a warning that the file does not accept.
 */
export async function check(
  io: Io,
  rulesDir: string,
  files: string[],
  { seconds, processors }: CheckOptions,
): Promise<ExitCode> {
  const { loaded, casesFiles, problems, texts } = await selectFiles(rulesDir, files);
  const read = await readCases(casesFiles, texts, problems);
  const cases = new Map(read.map((file) => [keyOf(file.prefecture, file.incident), file]));
  const isNamed = files.length > 0;
  if (isNamed) {
    const named = new Set(files.map((file) => displayName(resolve(file), rulesDir)));
    problems.push(...(await duplicatesAmong(rulesDir, named, texts)));
  }
  problems.sort(byPosition);
  for (const problem of problems) io.out(`${problemText(io, problem, texts.get(problem.position.file))}\n`);
  // All of them together are too much to read: what is only worth knowing is counted, and told of the files named.
  const isBrief = !isNamed;
  const all = loaded.map((one) => {
    const { prefecture, incident } = one.ruleSet;
    const known = (cases.get(keyOf(prefecture, incident))?.cases ?? []).map(({ facts, asOf }) => ({
      facts,
      asOf,
    }));
    return { loaded: one, options: { limitMs: seconds * 1000, cases: known, isBrief } };
  });
  const bar = countBar(io.lang, process.stderr, CHECKING[io.lang]);
  let done = 0;
  const findings = await proveMany(all, processors, () => {
    done += 1;
    bar.show(done, all.length);
  });
  bar.stop();
  const byFile = new Map(loaded.map((one) => [one.ruleSet.file, one]));
  for (const finding of findings) {
    const of = byFile.get(finding.position.file);
    if (!of || (isBrief && (finding.severity === 'information' || finding.accepted !== null))) continue;
    io.out(`${findingText(io, finding, of)}\n`);
  }
  const isGood = summary(io, problems, findings, loaded);
  if (isBrief && findings.some(({ severity }) => severity === 'information'))
    io.out(dim(io, INFORMATIONS[io.lang]));
  return isGood ? 0 : 1;
}

const CHECKING: LocalizedText = { ja: '調べています', en: 'Checking' };
const INFORMATIONS: LocalizedText = {
  ja: '情報は、ファイルを指定すると例とともに示します（hosho check ファイル）。',
  en: 'Informations are shown with examples when files are named (hosho check FILE).',
};

type Counted = (count: number) => string;
const SUMMARY: Record<
  Lang,
  { good: string } & Record<'errors' | 'warnings' | 'information' | 'accepted', Counted>
> = {
  ja: {
    good: '問題はありません。',
    errors: (count) => `エラー ${count}件`,
    warnings: (count) => `注意 ${count}件`,
    information: (count) => `情報 ${count}件`,
    accepted: (count) => `受け入れ済み ${count}件`,
  },
  en: {
    good: 'Nothing is wrong.',
    errors: (count) => `errors: ${count}`,
    warnings: (count) => `warnings: ${count}`,
    information: (count) => `information: ${count}`,
    accepted: (count) => `accepted: ${count}`,
  },
};

function summary(
  io: Io,
  problems: readonly Problem[],
  findings: readonly Finding[],
  loaded: readonly LoadedRuleSet[],
): boolean {
  const open = findings.filter(({ accepted }) => accepted === null);
  const of = (severity: Finding['severity']): number =>
    open.filter((finding) => finding.severity === severity).length;
  const errors = problems.filter(isError).length + of('error');
  const warnings = problems.length - problems.filter(isError).length + of('warning');
  const words = SUMMARY[io.lang];
  const counts = [
    errors && red(io, words.errors(errors)),
    warnings && yellow(io, words.warnings(warnings)),
    of('information') && cyan(io, words.information(of('information'))),
    findings.length > open.length && dim(io, words.accepted(findings.length - open.length)),
  ].filter((count) => typeof count === 'string');
  const isGood = errors + warnings === 0;
  const sound = loaded.map(({ ruleSet }) => ruleSet.file);
  if (isGood) io.out(green(io, words.good) + aside(io, series(io, sound)));
  if (counts.length > 0) io.out(series(io, counts));
  return isGood;
}
