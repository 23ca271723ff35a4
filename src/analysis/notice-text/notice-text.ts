/** The published text that a rule file follows, and a rule file that is compared with it. */
import { PLACEHOLDER } from '../../rulebook/draft.ts';
import type { Clause } from '../../rulebook/rule-set.ts';
import { type Finding, type NoticeCode, SEVERITIES } from '../findings/finding.ts';
import type { WrittenRuleSet } from '../written-rule-set.ts';
import { type Line, linesOf } from './letters.ts';
import { lineNumbers } from './line-numbers.ts';

export interface NoticeText {
  file: string;
  text: string;
  /** sha256, in hex, of its bytes. */
  hash: string;
}

/** What a rule file quotes, and the lines of the notice, as far as they are known. */
export interface Quotes extends WrittenRuleSet {
  lines: readonly Line[];
}

export interface Comparison extends Quotes {
  notice: NoticeText;
}

export const comparisonOf = (written: WrittenRuleSet, notice: NoticeText): Comparison => ({
  ...{ ...written, notice },
  lines: linesOf(notice.text),
});

/** Its lines in the notice; none where they cannot be read. */
export function linesOfClause({ lines: written }: Clause, lines: readonly Line[]): Line[] {
  const wanted = new Set(lineNumbers(written) ?? []);
  return lines.filter(({ number }) => wanted.has(number));
}

/** A template's sentence is not yet a quote. */
export const isQuoted = ({ text }: Clause): boolean => !text.includes(PLACEHOLDER);

export type Said = Pick<Finding, 'position' | 'about' | 'ja' | 'en'>;

export const found = (code: NoticeCode, said: Said): Finding => ({
  ...{ code, severity: SEVERITIES[code], verdict: 'proved', example: null, accepted: null },
  ...said,
});
