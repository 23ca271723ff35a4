import type { FactProblem } from '../engine/facts/read-facts.ts';
import type { BoundedList } from '../rulebook/bounded-list.ts';

/** Why a line of the input is not decided. As in an answer of the API: a pointer into the case, a code, both languages. */
export interface LineProblem {
  /** JSON Pointer (RFC 6901) within { facts, reference, asOf, cannotTell, none }; empty for the line as a whole. */
  pointer: string;
  code:
    | FactProblem['code']
    | 'bad-quotes'
    | 'too-long'
    | 'cell-count'
    | 'nameless-column'
    | 'undecodable'
    | 'not-json'
    | 'unknown-key'
    | 'repeated-key'
    | 'duplicate-fact';
  detail: string;
  detailJa: string;
  suggestion: string | null;
}

/** What is wrong with one line. */
export type LineProblems = Readonly<Pick<BoundedList<LineProblem>, 'listed' | 'more'>>;

export const ofFact = ({ list, pointer, ...problem }: FactProblem): LineProblem => ({
  pointer: `/${list ?? 'facts'}${pointer}`,
  ...problem,
});

export const lineProblem = (
  code: LineProblem['code'],
  detail: string,
  detailJa: string,
  pointer = '',
): LineProblem => ({ pointer, code, detail, detailJa, suggestion: null });

export const badQuotes = lineProblem(
  'bad-quotes',
  'the quotes of this line are not closed, or closed within a cell',
  '引用符（"）が閉じていないか、セルの途中で閉じています',
);
export const notText = (encoding: string, pointer = ''): LineProblem =>
  lineProblem(
    'undecodable',
    `not text in ${encoding}`,
    `${encoding} の文字として読めません（--encoding で文字コードを指定できます）`,
    pointer,
  );
export const tooLong = (bytes: number): LineProblem =>
  lineProblem('too-long', `longer than ${bytes} bytes`, `${bytes} バイトを超えています`);
export const nameless = (column: number): LineProblem =>
  lineProblem(
    'nameless-column',
    `column ${column} has a value, but no heading`,
    `見出しのない ${column} 列目に値があります。見出しを書くか、使わない列なら --ignore "" を付けてください`,
  );
export const badReference = lineProblem(
  'not-allowed',
  'reference must be a string of at most 200 characters of Unicode, without U+0000',
  '照会番号は 200 文字までの文字です。U+0000 や壊れた文字は使えません',
  '/reference',
);
export const badAsOf = lineProblem(
  'no-offset',
  'asOf must be an RFC 3339 datetime with an offset, in the years 1 to 9999',
  '判定時点は 2030-01-31T12:00:00+09:00 のように時差まで書いた日時です（西暦1年から9999年まで）',
  '/asOf',
);
