/** Everything that the text of the notice shows to be wrong with a rule file. */
import { accept } from '../findings/accept.ts';
import { type Finding, NOTICE_CODES } from '../findings/finding.ts';
import type { WrittenRuleSet } from '../written-rule-set.ts';
import { type Comparison, comparisonOf, found, type NoticeText } from './notice-text.ts';
import { quoteFindings } from './quote-findings.ts';
import { dayFindings, publicationFindings, valueFindings } from './value-findings.ts';

/** Accepted ones too, with the reason. Those of lines that nobody quotes are at their line of the notice. */
export function checkNotice(written: WrittenRuleSet, notice: NoticeText): Finding[] {
  const comparison = comparisonOf(written, notice);
  const findings = [
    ...changed(comparison),
    ...publicationFindings(comparison),
    ...quoteFindings(comparison),
    ...dayFindings(comparison),
    ...valueFindings(comparison),
  ];
  return accept(findings, written.ruleSet.accepted, isNoticeCode);
}

/**
 * The same of the quotes alone, where the text of the notice is not there. A quote may leave out what a value says, so only
 * what contradicts it is told; and of acceptances nothing is known.
 */
export function checkQuotes(written: WrittenRuleSet): Finding[] {
  const quotes = { ...written, lines: [] };
  const findings = [...dayFindings(quotes), ...valueFindings(quotes)];
  return accept(
    findings.filter(({ code }) => code !== 'not-in-notice'),
    written.ruleSet.accepted,
    () => false,
  );
}

const isNoticeCode = (code: string): boolean => NOTICE_CODES.some((one) => one === code);

function changed({ ruleSet: { source }, notice, at }: Comparison): Finding[] {
  if (source.textHash === null || source.textHash === notice.hash) return [];
  return [
    found('notice-changed', {
      position: at(['source', 'textHash']),
      about: ['source/textHash'],
      ja: `告知の文（${notice.file}）が、このルールのもとにした文から変わっています。変わったところを直し、nothingToDecide の行番号も確かめてから、textHash を ${notice.hash} にしてください。`,
      en: `The text of the notice (${notice.file}) is not the one that was followed. Follow what has changed, look at the lines of nothingToDecide again, then set textHash to ${notice.hash}.`,
    }),
  ];
}
