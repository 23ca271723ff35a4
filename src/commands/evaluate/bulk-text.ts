/** What a bulk run says to the person who started it. */

import type { FileProblem } from '../../bulk/evaluate-file.ts';
import type { Counts, Tally } from '../../bulk/tally.ts';
import type { Lang, LocalizedText } from '../../rulebook/lang.ts';
import { bold, type Io, red } from '../terminal/io.ts';
import { aside, number as n } from '../terminal/words.ts';

export function fileProblemText(
  problem: FileProblem,
  names: { input: string; output: string },
): LocalizedText {
  const { input, output } = names;
  switch (problem.code) {
    case 'cannot-read':
      return {
        en: `--input ${input}: cannot be read: ${problem.reason}`,
        ja: `--input ${input}：ファイルを読めません：${problem.reason}`,
      };
    case 'empty':
      return { en: `--input ${input}: is empty`, ja: `--input ${input}：何も書かれていません` };
    case 'utf-16':
      return {
        en: `--input ${input}: is UTF-16, or no text; in Excel, save it as “CSV UTF-8”`,
        ja: `--input ${input}：UTF-16 は読めません。Excel では「CSV UTF-8（コンマ区切り）」で保存してください`,
      };
    case 'not-utf-8':
      return {
        en: `--input ${input}: the header is not UTF-8; try --encoding shift_jis`,
        ja: `--input ${input}：見出しを UTF-8 として読めません。Shift_JIS なら --encoding shift_jis を付けてください`,
      };
    case 'not-this-encoding':
      return {
        en: `--input ${input}: is not in the --encoding given; leave it out for UTF-8`,
        ja: `--input ${input}：--encoding の文字コードでは読めません。UTF-8 なら --encoding を付けないでください`,
      };
    case 'bad-header':
      return {
        en: `--input ${input}: the header’s quotes are not closed, or it is too long`,
        ja: `--input ${input}：見出しの引用符が閉じていないか、長すぎます`,
      };
    case 'unknown-column':
      return {
        en: `--input ${input}: column ${problem.column} “${problem.name}” is no fact${maybeEn(problem.suggestion)}. Say which with --map "${problem.name}=${problem.suggestion ?? 'fact'}" or --ignore "${problem.name}"`,
        ja: `--input ${input}：${problem.column}列目「${problem.name}」という事実はありません${maybe(problem.suggestion)}。--map "${problem.name}=${problem.suggestion ?? '事実'}" か --ignore "${problem.name}" で指定できます`,
      };
    case 'duplicate-column':
      return {
        en: `--input ${input}: column ${problem.column} “${problem.name}” gives ${problem.suggestion} again; leave one out with --ignore`,
        ja: `--input ${input}：${problem.column}列目「${problem.name}」は、前の列と同じ ${problem.suggestion} です。一方を --ignore で外してください`,
      };
    case 'ambiguous-column':
      return {
        en: `--input ${input}: column ${problem.column} “${problem.name}” may be several facts; say which, as with --map "${problem.name}=${problem.suggestion}"`,
        ja: `--input ${input}：${problem.column}列目「${problem.name}」に当てはまる事実が複数あります。--map "${problem.name}=${problem.suggestion}" のように指定してください`,
      };
    case 'unknown-target':
      return {
        en: `--map: column “${problem.name}” is mapped to no fact${maybeEn(problem.suggestion)}`,
        ja: `--map：「${problem.name}」の対応先という事実はありません${maybe(problem.suggestion)}`,
      };
    case 'unused-option':
      return {
        en: `--map, --ignore: there is no column “${problem.name}”${maybeEn(problem.suggestion)}`,
        ja: `--map, --ignore：「${problem.name}」という列はありません${maybe(problem.suggestion)}`,
      };
    case 'more-columns':
      return {
        en: `--input ${input}: ${problem.more} more columns like these`,
        ja: `--input ${input}：ほかに ${problem.more} 列にも誤りがあります`,
      };
    case 'output-exists':
      return {
        en: `${problem.path}: exists already; ${problem.canResume ? '--resume goes on, ' : ''}--force overwrites`,
        ja: `${problem.path}：すでにあります。${problem.canResume ? '中断した続きからなら --resume、' : ''}上書きするなら --force を付けてください`,
      };
    case 'same-file':
      return {
        en: `${problem.path}: is named twice among input and outputs`,
        ja: `${problem.path}：入力と出力には別のファイルを指定してください`,
      };
    case 'no-progress':
      return {
        en: `--resume: no interrupted run to go on with, ${problem.path} is not there`,
        ja: `--resume：続きから始められる中断がありません（${problem.path} がありません）`,
      };
    case 'changed':
      return {
        en: `--resume: not as it was when the run was interrupted: ${problem.what.join(', ')}; --force begins again`,
        ja: `--resume：中断したときと違っています（${problem.what.join('、')}）。同じ入力・ルール・オプションで続けるか、--force で初めからやり直してください`,
      };
    case 'output-shorter':
      return {
        en: `--resume: ${problem.path} is shorter than it was; --force writes ${output} anew`,
        ja: `--resume：${problem.path} が中断したときより短くなっています。--force で ${output} を初めから作り直してください`,
      };
  }
}

const maybeEn = (suggestion: string | null): string =>
  suggestion === null ? '' : `. Did you mean: ${suggestion}`;

const maybe = (suggestion: string | null): string =>
  suggestion === null ? '' : `。もしかして：${suggestion}`;

export interface Wanted {
  payments: boolean;
  review: boolean;
  /** Whether rows could be compared by their references; null where there was no need. */
  hasReferences: boolean | null;
}

export function summaryText(io: Io, tally: Tally, { payments, review, hasReferences }: Wanted): string {
  const { cases, bad, blank, yen } = tally;
  const words = WORDS[io.lang];
  const lines = [
    bold(io, words.decided(n(cases - bad), n(cases))),
    ...(bad > 0 ? [red(io, words.bad(n(bad)))] : []),
    ...(blank > 0 ? [words.blank(n(blank))] : []),
    ...counts(io, words.outcomes, tally.outcomes),
    ...counts(io, words.categories, tally.categories),
    ...counts(io, words.remedies, tally.remedies),
    words.yen(n(yen.final), n(yen.open)),
    ...(payments ? [words.payments(n(tally.payments.cases), n(tally.payments.yen))] : []),
    ...(review ? [words.review(n(tally.review))] : []),
    ...(payments || review ? listed(words, tally) : []),
    ...(hasReferences === false ? [words.noReferences] : []),
  ];
  return lines.join('\n');
}

function listed(words: Words, { cases, payments, review, none, repeated }: Tally): string[] {
  return [
    ...(repeated > 0 ? [words.repeated(n(repeated))] : []),
    words.listed(n(cases), n(payments.cases), n(review), n(none)),
  ];
}

/** Counts come with their digits grouped. */
interface Words {
  decided(decided: string, cases: string): string;
  bad(lines: string): string;
  blank(lines: string): string;
  outcomes: string;
  categories: string;
  remedies: string;
  yen(final: string, open: string): string;
  payments(cases: string, yen: string): string;
  review(cases: string): string;
  repeated(cases: string): string;
  listed(cases: string, payments: string, review: string, none: string): string;
  noReferences: string;
  cases(count: string): string;
}
const WORDS: Record<Lang, Words> = {
  ja: {
    decided: (decided, cases) => `${cases}件のうち ${decided}件を判定しました`,
    bad: (lines) => `読めない行  ${lines}件（理由は結果の「誤り」にあります）`,
    blank: (lines) => `空の行  ${lines}件（飛ばしました）`,
    outcomes: '結論',
    categories: '区分',
    remedies: '補償の内容',
    yen: (final, open) => `補償額  確定 ${final}円、見込み ${open}円`,
    payments: (cases, yen) => `支払一覧  ${cases}件、${yen}円`,
    review: (cases) => `確認一覧  ${cases}件`,
    repeated: (cases) => `照会番号の重なる行  ${cases}件（支払わずに、確認一覧に回します）`,
    listed: (cases, payments, review, none) =>
      `全${cases}件 ＝ 支払 ${payments}件 ＋ 確認 ${review}件 ＋ どちらにも載せない ${none}件`,
    noReferences: '照会番号がないため、同じ件が二度あっても見分けられません',
    cases: (count) => `${count}件`,
  },
  en: {
    decided: (decided, cases) => `${decided} of ${cases} cases are decided`,
    bad: (lines) => `Lines that cannot be read  ${lines} (the output says why, under "誤り" in CSV)`,
    blank: (lines) => `Empty lines  ${lines} (skipped)`,
    outcomes: 'Outcomes',
    categories: 'Categories',
    remedies: 'Remedies',
    yen: (final, open) => `Amounts  final ${final} yen, not final ${open} yen`,
    payments: (cases, yen) => `List of payments  ${cases}, ${yen} yen`,
    review: (cases) => `List for review  ${cases}`,
    repeated: (cases) => `Lines with the reference of another  ${cases} (not paid, but for review)`,
    listed: (cases, payments, review, none) =>
      `All ${cases} = ${payments} for payment + ${review} for review + ${none} on neither list`,
    noReferences: 'There are no references, so a case that stands in the file twice cannot be told',
    cases: (count) => count,
  },
};

function counts(io: Io, title: string, of: Counts): string[] {
  const all = Object.entries(of).sort(([, a], [, b]) => b.cases - a.cases);
  return all.length === 0
    ? []
    : [
        title,
        ...all.map(
          ([id, { label, cases }]) => `  ${WORDS[io.lang].cases(n(cases))}  ${label}${aside(io, id)}`,
        ),
      ];
}
