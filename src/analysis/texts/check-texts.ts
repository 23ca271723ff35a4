/** Everything that the words of a rule file show to be wrong, without a case and without the text of the notice. */
import { accept } from '../findings/accept.ts';
import { type Finding, TEXT_CODES } from '../findings/finding.ts';
import type { WrittenRuleSet } from '../written-rule-set.ts';
import { addressFindings } from './addresses.ts';
import { citedClauses } from './cited-clauses.ts';
import { datesAndLines } from './dates-and-lines.ts';
import { edgeWords } from './edge-words.ts';
import { factWords } from './fact-words.ts';
import { hoursTextFindings } from './hours-text.ts';
import { idleComparisons } from './idle-comparisons.ts';
import { hoursFindings } from './opening-hours.ts';
import { proofread } from './proofread.ts';
import { quotedDeadlines } from './quoted-deadlines.ts';
import { sameWords } from './same-words.ts';

const CHECKS: readonly ((written: WrittenRuleSet) => Finding[])[] = [
  datesAndLines,
  addressFindings,
  hoursFindings,
  hoursTextFindings,
  sameWords,
  factWords,
  citedClauses,
  quotedDeadlines,
  idleComparisons,
  edgeWords,
];

/** Accepted ones too, with the reason. */
export function checkTexts(written: WrittenRuleSet): Finding[] {
  const { ruleSet, text } = written;
  const findings = [...proofread(ruleSet.file, text), ...CHECKS.flatMap((check) => check(written))];
  return accept(findings, ruleSet.accepted, (code) => TEXT_CODES.some((one) => one === code));
}
