/** The texts of the notices that rule files follow, and what they show to be wrong. */

import type { Finding } from '../../analysis/findings/finding.ts';
import { checkNotice, checkQuotes } from '../../analysis/notice-text/check-notice.ts';
import type { NoticeText } from '../../analysis/notice-text/notice-text.ts';
import type { WrittenRuleSet } from '../../analysis/written-rule-set.ts';
import { unreadable } from '../../rule-files/file-problems.ts';
import { displayName } from '../../rule-files/load.ts';
import { noticeFileOf, readNoticeFile } from '../../rule-files/notice-file.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Problem } from '../../rulebook/problems.ts';
import { misuse } from '../terminal/io.ts';
import { exists } from './rule-files.ts';

export interface ComparedNotices {
  findings: Finding[];
  /** A notice that cannot be read. */
  problems: Problem[];
  /** Of rule files that pin a text which is not there. */
  notCompared: LocalizedText[];
  /** By file, to quote lines from. */
  texts: Map<string, string>;
}

/** A notice that is named in the call has to be there, and in UTF-8. */
export const namedNotice = (path: string): Promise<NoticeText> =>
  readNoticeFile(path).catch((error: Error) => {
    throw misuse(path, {
      en: `the notice cannot be read: ${error.message}`,
      ja: `告知の文を読めません。文字コードは UTF-8 にしてください：${error.message}`,
    });
  });

/** Each rule set with the notice beside its file; with `named`, where that is given. `paths` are those of the rule files. */
export async function compareNotices(
  ruleSets: readonly WrittenRuleSet[],
  paths: ReadonlyMap<string, string>,
  named: NoticeText | null,
): Promise<ComparedNotices> {
  const compared: ComparedNotices = { findings: [], problems: [], notCompared: [], texts: new Map() };
  for (const written of ruleSets) {
    const { ruleSet } = written;
    const path = noticeFileOf(paths.get(ruleSet.file) ?? ruleSet.file);
    if (named === null && !(await exists(path))) {
      if (ruleSet.source.textHash !== null)
        compared.notCompared.push(notCompared(ruleSet.file, displayName(path)));
      compared.findings.push(...checkQuotes(written));
      continue;
    }
    const notice = named ?? (await noticeBeside(path, compared.problems));
    if (notice === null) continue;
    compared.texts.set(notice.file, notice.text);
    compared.findings.push(...checkNotice(written, notice));
  }
  return compared;
}

async function noticeBeside(path: string, problems: Problem[]): Promise<NoticeText | null> {
  try {
    return await readNoticeFile(path);
  } catch (error) {
    problems.push(unreadable(displayName(path), error));
    return null;
  }
}

const notCompared = (file: string, notice: string): LocalizedText => ({
  ja: `告知の文とは比べていません：${file}（${notice} がありません。--notice で指定できます）`,
  en: `Not compared with the text of the notice: ${file} (there is no ${notice}; --notice says where it is)`,
});
