import type { FactProblem } from '../../engine/facts/read-facts.ts';
import type { FieldError } from '../../operations/refusal.ts';
import type { Position } from '../../rulebook/basics.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { isError, type Problem } from '../../rulebook/problems.ts';
import { about, type Io } from './io.ts';

/** file:line:column, the line with a mark under the place, what is wrong, and the nearest right name. */
export function problemText(io: Io, problem: Problem, text: string | undefined): string {
  const kind = isError(problem) ? io.red(ERROR[io.lang]) : io.yellow(WARNING[io.lang]);
  const message = io.lang === 'ja' ? problem.message : problem.messageEn;
  return [
    ...placeText(io, problem.position, `${kind}  ${io.dim(problem.code)}`, text),
    `  ${message}${maybe(io, problem.suggestion)}`,
    ...(problem.correctedLine === undefined
      ? []
      : [
          io.dim(`  ${CORRECTED[io.lang]}`),
          `  ${problem.position.line} | ${io.green(problem.correctedLine)}`,
        ]),
  ].join('\n');
}

const ERROR: LocalizedText = { ja: 'エラー', en: 'error' };
const WARNING: LocalizedText = { ja: '注意', en: 'warning' };
const CORRECTED: LocalizedText = { ja: '直した行：', en: 'The line as it should be:' };
const MAYBE: LocalizedText = { ja: 'もしかして：', en: 'Did you mean: ' };

/** The nearest right name after a sentence; nothing where there is none. */
const maybe = (io: Io, suggestion: string | null): string =>
  suggestion === null ? '' : ` ${MAYBE[io.lang]}${io.bold(suggestion)}`;

/** What is wrong with a request, in the words of the service. */
export const fieldErrorText = (io: Io, error: FieldError): string =>
  faultText(io, 'pointer' in error ? error.pointer : error.parameter, error);

/** What is wrong with the facts of a case. */
export const factProblemText = (io: Io, problem: FactProblem): string =>
  faultText(io, `${problem.list ?? 'facts'}${problem.pointer}`, problem);

function faultText(io: Io, place: string, fault: Omit<FactProblem, 'pointer' | 'code'> | FieldError): string {
  const { detail, detailJa = detail, suggestion = null } = fault;
  return about(place, { ja: `${detailJa}。`, en: `${detail}.` })[io.lang] + maybe(io, suggestion);
}

/** Instead of those that are not listed one by one. */
export const moreProblemsText = ({ lang }: Io, more: number): string =>
  lang === 'ja' ? `ほかに ${more} 件の誤りがあります。` : `There are ${more} more errors.`;

/** Where something is, what it is, and the line with a mark under the place. */
export function placeText(
  io: Io,
  { file, line, column }: Position,
  what: string,
  text: string | undefined,
): string[] {
  const lines = [`${io.bold(`${file}:${line}:${column}`)}  ${what}`];
  const written = text?.split(/\r?\n/)[line - 1];
  if (written !== undefined) {
    const gutter = `  ${line} | `;
    const { shown, mark } = window(written, column);
    lines.push(io.dim(gutter) + shown, ' '.repeat(gutter.length + mark) + io.red('^'));
  }
  return lines;
}

const WIDTH = 100;
const BEFORE = 40;

/** The part of a long line around the column; `mark` in terminal columns, a Japanese character taking two. */
function window(written: string, column: number): { shown: string; mark: number } {
  const start = written.length > WIDTH && column > BEFORE ? column - BEFORE : 0;
  const shown = (start > 0 ? '…' : '') + written.slice(start, start + WIDTH);
  const before = (start > 0 ? '…' : '') + written.slice(start, column - 1);
  return { shown, mark: columnsOf(before) };
}

const columnsOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + (/[\u1100-\u115f\u2e80-\uffdc]/u.test(char) ? 2 : 1), 0);
