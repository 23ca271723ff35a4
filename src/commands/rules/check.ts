import { basename, resolve } from 'node:path';
import { caseText } from '../../analysis/cases/cases-file.ts';
import { withChoices } from '../../analysis/cases/choices.ts';
import { expectationOf, summaryOf } from '../../analysis/cases/decide-case.ts';
import type { Finding } from '../../analysis/findings/finding.ts';
import { checkTexts } from '../../analysis/texts/check-texts.ts';
import { proofread } from '../../analysis/texts/proofread.ts';
import { writtenRuleSet } from '../../analysis/written-rule-set.ts';
import { displayName, duplicatesAmong, type LoadedRuleSet } from '../../rule-files/load.ts';
import { namedIn, PLACEHOLDER, placeholderLines } from '../../rulebook/draft.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { byPosition, isError, type Problem } from '../../rulebook/problems.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { type Context, type ExitCode, type Io, misuse } from '../terminal/io.ts';
import { placeText, problemText } from '../terminal/problem-text.ts';
import { countBar } from '../terminal/progress-bar.ts';
import { compareNotices, namedNotice } from './notice-texts.ts';
import { proveMany } from './prove-many.ts';
import { areCasesOf, readCases, selectFiles } from './rule-files.ts';

/**
 * Shows what is wrong with rule files and their cases; of those that read well, what is proved or refuted of all cases at once,
 * each question in so many seconds. 1 where there is an error, or a warning that the file does not accept.
 */
export async function check(
  { io, rulesDir, processors }: Context,
  files: readonly string[],
  { seconds, notice, consequences }: { seconds: number; notice?: string; consequences?: boolean },
): Promise<ExitCode> {
  if (notice !== undefined && files.length !== 1)
    throw misuse(`--notice ${notice}`, {
      en: 'name the one rule file that follows it',
      ja: 'その告知のルールのファイルを一つだけ指定してください',
    });
  const given = notice === undefined ? null : await namedNotice(notice);
  const { loaded, casesFiles, problems, texts, paths } = await selectFiles(rulesDir, files);
  const read = await readCases(casesFiles, texts, problems);
  // All of them together are too much to read: what is only worth knowing is counted, and told of the files named.
  const isBrief = files.length === 0;
  if (!isBrief) {
    const named = new Set(files.map((file) => displayName(resolve(file), rulesDir)));
    problems.push(...(await duplicatesAmong(rulesDir, named, texts)));
  }
  const inWords = loaded.map(({ ruleSet, ruleText }) => writtenRuleSet(ruleSet, ruleText));
  const notices = await compareNotices(inWords, paths, given);
  problems.push(...notices.problems);
  problems.sort(byPosition);
  for (const problem of problems) io.out(`${problemText(io, problem, texts.get(problem.position.file))}\n`);
  const ruleSets = new Map(loaded.map((one) => [one.ruleSet.file, one.ruleSet]));
  const written = new Map([
    ...notices.texts,
    ...loaded.map((one) => [one.ruleSet.file, one.ruleText] as const),
  ]);
  const tell = (findings: readonly Finding[]): void => {
    for (const finding of findings) {
      if (isBrief && (finding.severity === 'information' || finding.accepted !== null)) continue;
      if (finding.cause !== undefined && !consequences) continue;
      const { file } = finding.position;
      const following = findings.filter((one) => isBecauseOf(one, finding)).length;
      const text = findingText(io, finding, written.get(file), ruleSets.get(file));
      io.out(following === 0 ? `${text}\n` : `${text}\n${followingText(io, following, consequences)}\n`);
    }
  };
  const ofWords = onceEach([
    ...inWords.flatMap(checkTexts),
    ...[...texts].flatMap(([file, text]) => (ruleSets.has(file) ? [] : proofread(file, text))),
  ]);
  // Before the proofs, for which one waits.
  tell([...notices.findings, ...ofWords]);
  const all = loaded.map((one) => {
    const own = read.find((file) => areCasesOf(file, one));
    const known = own ? withChoices(own, one.ruleSet.vocabulary).cases : [];
    const facts = known.map((each) => ({ facts: each.facts, asOf: each.asOf }));
    return { loaded: one, options: { limitMs: seconds * 1000, cases: facts, isBrief } };
  });
  const bar = countBar(io, CHECKING[io.lang]);
  let done = 0;
  const proved = await proveMany(all, processors, () => {
    done += 1;
    bar.show(done, all.length);
  });
  bar.stop();
  tell(proved);
  const findings = [...notices.findings, ...ofWords, ...proved];
  const isGood = summary(io, problems, findings, loaded);
  for (const text of notices.notCompared) io.out(io.yellow(text[io.lang]));
  if (isBrief && findings.some(({ severity }) => severity === 'information'))
    io.out(io.dim(INFORMATIONS[io.lang]));
  return isGood ? 0 : 1;
}

/** What is wrong in shared words is found with every rule set that has them. */
const onceEach = (findings: readonly Finding[]): Finding[] => [
  ...new Map(
    findings.map((one) => [JSON.stringify([one.code, one.position, one.ja, one.accepted]), one]),
  ).values(),
];

const isBecauseOf = ({ cause, position }: Finding, { code, about, position: { file } }: Finding): boolean =>
  cause?.code === code && position.file === file && cause.about.join() === about.join();

/** How many more there are with this cause. */
function followingText(io: Io, count: number, areShown = false): string {
  const text: LocalizedText = areShown
    ? { ja: `ほかに ${count} 件は、これが原因です。`, en: `This is also the cause of ${count} more.` }
    : {
        ja: `ほかに ${count} 件は、これが原因です（--consequences で示します）。`,
        en: `This is also the cause of ${count} more (--consequences shows them).`,
      };
  return `  ${io.bold(text[io.lang])}`;
}

const CHECKING: LocalizedText = { ja: '調べています', en: 'Checking' };
const INFORMATIONS: LocalizedText = {
  ja: '情報は、ファイルを指定すると例とともに示します（hosho check ファイル）。',
  en: 'Informations are shown with examples when files are named (hosho check FILE).',
};
const GOOD: LocalizedText = { ja: '問題はありません。', en: 'Nothing is wrong.' };

function summary(
  io: Io,
  problems: readonly Problem[],
  findings: readonly Finding[],
  loaded: readonly LoadedRuleSet[],
): boolean {
  const open = findings.filter(({ accepted, cause }) => accepted === null && cause === undefined);
  const following = findings.filter(({ cause }) => cause !== undefined).length;
  const of = (severity: Finding['severity']): number =>
    open.filter((finding) => finding.severity === severity).length;
  const errors = problems.filter(isError).length;
  const counts = [
    { count: errors + of('error'), paint: io.red, ja: 'エラー', en: 'errors' },
    { count: problems.length - errors + of('warning'), paint: io.yellow, ja: '注意', en: 'warnings' },
    { count: of('information'), paint: io.cyan, ja: '情報', en: 'information' },
    { count: following, paint: io.dim, ja: 'それが原因のもの', en: 'that follow from them' },
    {
      ...{ count: findings.length - open.length - following, paint: io.dim },
      ...{ ja: '受け入れ済み', en: 'accepted' },
    },
  ];
  const shown = counts
    .filter(({ count }) => count > 0)
    .map(({ count, paint, ja, en }) => paint(io.lang === 'ja' ? `${ja} ${count}件` : `${en}: ${count}`));
  const isGood = problems.length + of('error') + of('warning') === 0;
  const sound = loaded.map(({ ruleSet }) => ruleSet.file);
  if (isGood) io.out(io.green(GOOD[io.lang]) + io.aside(io.series(sound)));
  if (shown.length > 0) io.out(io.series(shown));
  for (const one of loaded) if (one.ruleSet.isDraft) io.out(io.yellow(draftText(io, one)));
  return isGood;
}

/** What is left to do before it can be served. */
function draftText({ lang }: Io, { ruleSet: { file }, ruleText }: LoadedRuleSet): string {
  const lines = placeholderLines(ruleText);
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

const KINDS = {
  error: { ja: 'エラー', en: 'error', paint: 'red' },
  warning: { ja: '注意', en: 'warning', paint: 'yellow' },
  information: { ja: '情報', en: 'information', paint: 'cyan' },
} as const;
const UNDECIDED: LocalizedText = {
  ja: '（時間内に決められませんでした。--seconds で長くできます）',
  en: ' (not decided in time; --seconds allows more)',
};
const EXAMPLE: LocalizedText = {
  ja: '  例（そのまま事例ファイルに加えられます）',
  en: '  Example, ready for the cases file:',
};
const ACCEPTED: LocalizedText = { ja: '受け入れ済み', en: 'accepted' };

/** What was found, where, and a case that shows it. */
function findingText(
  io: Io,
  finding: Finding,
  written: string | undefined,
  ruleSet: RuleSet | undefined,
): string {
  const { code, about, severity, verdict, position, example, accepted } = finding;
  const { lang } = io;
  const { paint, ...said } = KINDS[severity];
  const kind = accepted === null ? io[paint](said[lang]) : io.dim(ACCEPTED[lang]);
  const lines = [
    ...placeText(io, position, `${kind}  ${io.dim(code + io.aside(io.series(about)))}`, written),
    `  ${finding[lang]}${verdict === 'undecided' ? UNDECIDED[lang] : ''}`,
  ];
  const decision = example?.decisions[0];
  if (accepted !== null) lines.push(io.dim(`  ${accepted}`));
  else if (example && decision && ruleSet) {
    const id = [code, ...about].join('-').replaceAll('/', '-');
    const expect = expectationOf(summaryOf(decision, ruleSet));
    const one = { id, title: finding[lang], asOf: Date.parse(example.asOf), facts: example.facts, expect };
    lines.push(io.dim(EXAMPLE[lang]), io.dim(caseText(one, ruleSet.timeZone)));
  }
  return lines.join('\n');
}
