/** What a bulk run says to the person who started it. */

import type { FileProblem, FileResult } from '../../bulk/evaluate-file.ts';
import type { PaymentLog } from '../../bulk/payment-log.ts';
import type { Counts } from '../../bulk/progress.ts';
import { toOffsetDateTime } from '../../rulebook/calendar.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { about, type Io, number as n } from '../terminal/io.ts';

export function fileProblemText(
  problem: FileProblem,
  { input, output }: { input: string; output: string },
): LocalizedText {
  const file = `--input ${input}`;
  switch (problem.code) {
    case 'cannot-read':
      return about(file, {
        en: `cannot be read: ${problem.reason}`,
        ja: `ファイルを読めません：${problem.reason}`,
      });
    case 'empty':
      return about(file, { en: 'is empty', ja: '何も書かれていません' });
    case 'utf-16':
      return about(file, {
        en: 'is UTF-16, or no text; in Excel, save it as “CSV UTF-8”',
        ja: 'UTF-16 は読めません。Excel では「CSV UTF-8（コンマ区切り）」で保存してください',
      });
    case 'not-utf-8':
      return about(file, {
        en: 'the header is not UTF-8; try --encoding shift_jis',
        ja: '見出しを UTF-8 として読めません。Shift_JIS なら --encoding shift_jis を付けてください',
      });
    case 'not-this-encoding':
      return about(file, {
        en: 'is not in the --encoding given; leave it out for UTF-8',
        ja: '--encoding の文字コードでは読めません。UTF-8 なら --encoding を付けないでください',
      });
    case 'bad-header':
      return about(file, {
        en: 'the header’s quotes are not closed, or it is too long',
        ja: '見出しの引用符が閉じていないか、長すぎます',
      });
    case 'unknown-column':
      return about(file, {
        en: `column ${problem.column} “${problem.name}” is no fact${maybeEn(problem.suggestion)}. Say which with --map "${problem.name}=${problem.suggestion ?? 'fact'}" or --ignore "${problem.name}"`,
        ja: `${problem.column}列目「${problem.name}」という事実はありません${maybe(problem.suggestion)}。--map "${problem.name}=${problem.suggestion ?? '事実'}" か --ignore "${problem.name}" で指定できます`,
      });
    case 'duplicate-column':
      return about(file, {
        en: `column ${problem.column} “${problem.name}” gives ${problem.suggestion} again; leave one out with --ignore`,
        ja: `${problem.column}列目「${problem.name}」は、前の列と同じ ${problem.suggestion} です。一方を --ignore で外してください`,
      });
    case 'ambiguous-column':
      return about(file, {
        en: `column ${problem.column} “${problem.name}” may be several facts; say which, as with --map "${problem.name}=${problem.suggestion}"`,
        ja: `${problem.column}列目「${problem.name}」に当てはまる事実が複数あります。--map "${problem.name}=${problem.suggestion}" のように指定してください`,
      });
    case 'unknown-target':
      return about('--map', {
        en: `column “${problem.name}” is mapped to no fact${maybeEn(problem.suggestion)}`,
        ja: `「${problem.name}」の対応先という事実はありません${maybe(problem.suggestion)}`,
      });
    case 'unused-option':
      return about('--map, --ignore', {
        en: `there is no column “${problem.name}”${maybeEn(problem.suggestion)}`,
        ja: `「${problem.name}」という列はありません${maybe(problem.suggestion)}`,
      });
    case 'more-columns':
      return about(file, {
        en: `${problem.more} more columns like these`,
        ja: `ほかに ${problem.more} 列にも誤りがあります`,
      });
    case 'output-exists':
      return about(problem.path, {
        en: `exists already; ${problem.canResume ? '--resume goes on, ' : ''}--force overwrites`,
        ja: `すでにあります。${problem.canResume ? '中断した続きからなら --resume、' : ''}上書きするなら --force を付けてください`,
      });
    case 'same-file':
      return about(problem.path, {
        en: 'is named twice among input and outputs',
        ja: '入力と出力には別のファイルを指定してください',
      });
    case 'no-progress':
      return about('--resume', {
        en: `no interrupted run to go on with, ${problem.path} is not there`,
        ja: `続きから始められる中断がありません（${problem.path} がありません）`,
      });
    case 'changed':
      return about('--resume', {
        en: `not as it was when the run was interrupted: ${problem.what.join(', ')}; --force begins again`,
        ja: `中断したときと違っています（${problem.what.join('、')}）。同じ入力・ルール・オプションで続けるか、--force で初めからやり直してください`,
      });
    case 'output-shorter':
      return about('--resume', {
        en: `${problem.path} is shorter than it was; --force writes ${output} anew`,
        ja: `${problem.path} が中断したときより短くなっています。--force で ${output} を初めから作り直してください`,
      });
  }
}

const maybeEn = (suggestion: string | null): string =>
  suggestion === null ? '' : `. Did you mean: ${suggestion}`;

const maybe = (suggestion: string | null): string =>
  suggestion === null ? '' : `。もしかして：${suggestion}`;

export function summaryText(
  io: Io,
  { tally, hasReferences, paymentLog }: Exclude<FileResult, { kind: 'refused' }>,
  { payments, review }: { payments?: string | undefined; review?: string | undefined },
): string {
  const { cases, bad, blank, yen } = tally;
  const words = WORDS[io.lang];
  const lines = [
    io.bold(words.decided(n(cases - bad), n(cases))),
    ...(bad > 0 ? [io.red(words.bad(n(bad)))] : []),
    ...(blank > 0 ? [words.blank(n(blank))] : []),
    ...counts(io, words.outcomes, tally.outcomes),
    ...counts(io, words.categories, tally.categories),
    ...counts(io, words.remedies, tally.remedies),
    words.yen(n(yen.final), n(yen.open)),
  ];
  const paid = n(tally.payments.cases);
  if (payments) lines.push(words.payments(paid, n(tally.payments.yen)));
  if (review) lines.push(words.review(n(tally.review)));
  if (tally.paidBefore > 0) lines.push(io.bold(words.paidBefore(n(tally.paidBefore))));
  if ((payments || review) && tally.repeated > 0) lines.push(words.repeated(n(tally.repeated)));
  if (payments || review) lines.push(words.listed(n(cases), paid, n(tally.review), n(tally.none)));
  if (hasReferences === false) lines.push(words.noReferences);
  if (payments) lines.push(...loggedLines(io, tally.unnamed, paymentLog));
  return lines.join('\n');
}

/** What a later run will know of the payments, and what this one knew of earlier ones. */
function loggedLines(io: Io, unnamed: number, log: PaymentLog | null): string[] {
  const words = WORDS[io.lang];
  if (log === null) return [io.red(words.notLogged)];
  const same = log.sameInput.map(({ id, startedAt, finishedAt, payments }) => {
    const say = finishedAt ? words.sameInput : words.sameInputUnfinished;
    return io.red(say(id, toOffsetDateTime(startedAt.getTime(), 'Asia/Tokyo'), n(payments)));
  });
  const others = unnamed > 0 ? [words.unnamed(n(unnamed))] : [];
  return [...same, ...others, words.paymentsLogged(log.run.id)];
}

/** Counts come with their digits grouped. */
const WORDS = {
  ja: {
    decided: (decided: string, cases: string) => `${cases}件のうち ${decided}件を判定しました`,
    bad: (lines: string) => `読めない行  ${lines}件（理由は結果の「誤り」にあります）`,
    blank: (lines: string) => `空の行  ${lines}件（飛ばしました）`,
    outcomes: '結論',
    categories: '区分',
    remedies: '補償の内容',
    yen: (final: string, open: string) => `補償額  確定 ${final}円、見込み ${open}円`,
    payments: (cases: string, yen: string) => `支払一覧  ${cases}件、${yen}円`,
    review: (cases: string) => `確認一覧  ${cases}件`,
    repeated: (cases: string) => `照会番号の重なる行  ${cases}件（支払わずに、確認一覧に回します）`,
    listed: (cases: string, payments: string, review: string, none: string) =>
      `全${cases}件 ＝ 支払 ${payments}件 ＋ 確認 ${review}件 ＋ どちらにも載せない ${none}件`,
    paidBefore: (cases: string) =>
      `前の支払一覧にある照会番号の行  ${cases}件（支払わずに、確認一覧に回します）`,
    paymentsLogged: (run: string) => `支払一覧を記録しました（実行 ${run}）`,
    notLogged:
      '--no-log のため、前の支払一覧は調べていません。この支払一覧も記録されず、次の実行では支払済みとわかりません',
    unnamed: (cases: string) => `照会番号のない支払  ${cases}件（次の実行では支払済みとわかりません）`,
    sameInput: (run: string, at: string, cases: string) =>
      `まったく同じ入力の支払一覧が、前に作られています：実行 ${run}（${at}、${cases}件）`,
    sameInputUnfinished: (run: string, at: string, cases: string) =>
      `まったく同じ入力の支払一覧が、前に途中まで作られています：実行 ${run}（${at}、${cases}件）`,
    noReferences: '照会番号がないため、同じ件が二度あっても見分けられません',
    cases: (count: string) => `${count}件`,
  },
  en: {
    decided: (decided: string, cases: string) => `${decided} of ${cases} cases are decided`,
    bad: (lines: string) => `Lines that cannot be read  ${lines} (the output says why, under "誤り" in CSV)`,
    blank: (lines: string) => `Empty lines  ${lines} (skipped)`,
    outcomes: 'Outcomes',
    categories: 'Categories',
    remedies: 'Remedies',
    yen: (final: string, open: string) => `Amounts  final ${final} yen, not final ${open} yen`,
    payments: (cases: string, yen: string) => `List of payments  ${cases}, ${yen} yen`,
    review: (cases: string) => `List for review  ${cases}`,
    repeated: (cases: string) => `Lines with the reference of another  ${cases} (not paid, but for review)`,
    listed: (cases: string, payments: string, review: string, none: string) =>
      `All ${cases} = ${payments} for payment + ${review} for review + ${none} on neither list`,
    paidBefore: (cases: string) =>
      `Lines with a reference on an earlier list of payments  ${cases} (not paid, but for review)`,
    paymentsLogged: (run: string) => `The list of payments is logged (run ${run})`,
    notLogged:
      'With --no-log earlier lists of payments were not looked at; this list is not logged, and no later run will know it',
    unnamed: (cases: string) => `Payments without a reference  ${cases} (no later run will know them)`,
    sameInput: (run: string, at: string, cases: string) =>
      `A list of payments was made of the very same input before: run ${run} (${at}, ${cases})`,
    sameInputUnfinished: (run: string, at: string, cases: string) =>
      `A list of payments of the very same input was begun before: run ${run} (${at}, ${cases})`,
    noReferences: 'There are no references, so a case that stands in the file twice cannot be told',
    cases: (count: string) => count,
  },
};

function counts(io: Io, title: string, of: Counts): string[] {
  const all = Object.entries(of).sort(([, a], [, b]) => b.cases - a.cases);
  const lines = all.map(
    ([id, { label, cases }]) => `  ${WORDS[io.lang].cases(n(cases))}  ${label}${io.aside(id)}`,
  );
  return lines.length === 0 ? [] : [title, ...lines];
}
