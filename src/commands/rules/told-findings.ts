/** Findings as a person reads them: what was found, where, and a case that shows it; and how many there are. */
import { caseText } from '../../analysis/cases/cases-file.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { isError, type Problem } from '../../rulebook/problems.ts';
import type { Io } from '../terminal/io.ts';
import { placeText } from '../terminal/problem-text.ts';
import type { ReadToCheck, Told } from './check-file.ts';

interface Telling {
  io: Io;
  /** By file, to quote lines from. */
  texts: ReadonlyMap<string, string>;
  /** Without what is only worth knowing. */
  isBrief: boolean;
  /** With what follows from another finding. */
  consequences: boolean;
}

/** Of what was not decided in time, so many of a kind are told one by one. */
const UNDECIDED_OF_A_KIND = 3;

export function tell({ io, texts, isBrief, consequences }: Telling, findings: readonly Told[]): void {
  const undecided = new Map<string, number>();
  const followers = followersIn(findings);
  for (const finding of findings) {
    if (isBrief && (finding.severity === 'information' || finding.accepted !== null)) continue;
    if (finding.cause !== undefined && !consequences) continue;
    if (finding.verdict === 'undecided') {
      const told = (undecided.get(finding.code) ?? 0) + 1;
      undecided.set(finding.code, told);
      if (told > UNDECIDED_OF_A_KIND) continue;
    }
    const { file } = finding.position;
    const following = followers.get(keyOf(finding, file)) ?? 0;
    const text = findingText(io, finding, texts.get(file));
    io.out(following === 0 ? `${text}\n` : `${text}\n${followingText(io, following, consequences)}\n`);
  }
  for (const [code, count] of undecided)
    if (count > UNDECIDED_OF_A_KIND)
      io.out(`${io.bold(moreText(code, count - UNDECIDED_OF_A_KIND)[io.lang])}\n`);
}

const moreText = (code: string, count: number): LocalizedText => ({
  ja: `ほかに ${count} 件（${code}）も、時間内に決められませんでした。--seconds で長くできます。`,
  en: `${count} more (${code}) were not decided in time; --seconds allows more.`,
});

/** By what a finding is called in its file. */
const keyOf = ({ code, about }: Pick<Told, 'code' | 'about'>, file: string): string =>
  JSON.stringify([code, about, file]);

/** How many findings follow from each. */
function followersIn(findings: readonly Told[]): Map<string, number> {
  const followers = new Map<string, number>();
  for (const { cause, position } of findings) {
    if (cause === undefined) continue;
    const key = keyOf(cause, position.file);
    followers.set(key, (followers.get(key) ?? 0) + 1);
  }
  return followers;
}

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
function findingText(io: Io, finding: Told, written: string | undefined): string {
  const { code, about, severity, verdict, position, example, accepted } = finding;
  const { lang } = io;
  const { paint, ...said } = KINDS[severity];
  const kind = accepted === null ? io[paint](said[lang]) : io.dim(ACCEPTED[lang]);
  const lines = [
    ...placeText(io, position, `${kind}  ${io.dim(code + io.aside(io.series(about)))}`, written),
    `  ${finding[lang]}${verdict === 'undecided' ? UNDECIDED[lang] : ''}`,
  ];
  if (accepted !== null) lines.push(io.dim(`  ${accepted}`));
  else if (example) {
    const id = [code, ...about].join('-').replaceAll('/', '-');
    const one = { id, title: finding[lang], ...example };
    lines.push(io.dim(EXAMPLE[lang]), io.dim(caseText(one, example.timeZone)));
  }
  return lines.join('\n');
}

const GOOD: LocalizedText = { ja: '問題はありません。', en: 'Nothing is wrong.' };

/** How many of what; true where there is nothing to mend. */
export function summary(
  io: Io,
  problems: readonly Problem[],
  findings: readonly Told[],
  loaded: readonly ReadToCheck[],
): boolean {
  const open = findings.filter(({ accepted, cause }) => accepted === null && cause === undefined);
  const following = findings.filter(({ cause }) => cause !== undefined).length;
  const of = (severity: Told['severity']): number =>
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
  return isGood;
}
