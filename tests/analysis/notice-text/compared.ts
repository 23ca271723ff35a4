/** A rule set compared with a notice, both as texts. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Finding } from '../../../src/analysis/findings/finding.ts';
import { checkNotice } from '../../../src/analysis/notice-text/check-notice.ts';
import type { NoticeText } from '../../../src/analysis/notice-text/notice-text.ts';
import { writtenRuleSet } from '../../../src/analysis/written-rule-set.ts';
import { readRuleSet } from '../../../src/rulebook/read-rule-set.ts';
import { SEED } from '../../fixtures/beside.ts';
import { vocabularyText } from '../../notice/rule-sets.ts';
import { vocabularyOf } from '../../rulebook/fixtures.ts';

export const NOTICE_FILE = 'a.notice.txt';

export const noticeText = (text: string): NoticeText => ({
  file: NOTICE_FILE,
  text,
  hash: createHash('sha256').update(text).digest('hex'),
});

export function ruleSetIn(file: string, rules: string) {
  const { ruleSet, problems } = readRuleSet(file, rules, vocabularyOf(vocabularyText()));
  if (ruleSet === null) throw new Error(JSON.stringify(problems, null, 2));
  return ruleSet;
}

export const compared = (file: string, rules: string, notice: string): Finding[] =>
  checkNotice(writtenRuleSet(ruleSetIn(file, rules), rules), noticeText(notice));

/** Yamaguchi's notice, which is its publisher's, where it lies beside the checkout. */
export const seedNotice = (): string => {
  const [name] = readdirSync(SEED);
  return readFileSync(`${SEED}/${name}`, 'utf8');
};

/** The one place where it stands. */
export function replaced(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`not there, or not once: ${from}`);
  return text.replace(from, to);
}
