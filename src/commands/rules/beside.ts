/** What stands beside rule files: their cases and the texts of their notices. */
import type { NoticeText } from '../../analysis/notice-text/notice-text.ts';
import { unreadable } from '../../rule-files/file-problems.ts';
import { casesFileOf, displayName, type FileText, fileReader } from '../../rule-files/load.ts';
import { noticeFileOf, readNoticeFile } from '../../rule-files/notice-file.ts';
import type { Problem } from '../../rulebook/problems.ts';
import { usesOf } from '../../rulebook/word-texts.ts';
import type { FileToCheck } from './check-file.ts';
import { exists } from './rule-files.ts';

/** Everything that `check` tells of rule files is told from these; what cannot be read goes to `problems`. */
export function readerBeside(
  named: NoticeText | null,
  problems: Problem[],
): (one: FileText) => Promise<FileToCheck> {
  const readText = fileReader(new Map(), problems);
  return async ({ path, file, ruleText, words }) => ({
    ...{ file, text: ruleText },
    words: { file: words.file, text: words.text },
    wordFiles: usesOf(ruleText).flatMap((name) => {
      const used = words.vocabulary.wordFiles.get(name);
      return used ? [{ name, file: used.source.file, text: used.text }] : [];
    }),
    cases: await casesOf(path),
    notice: named ?? (await noticeOf(noticeFileOf(path))),
  });

  async function casesOf(path: string): Promise<FileToCheck['cases']> {
    const cases = casesFileOf(path);
    const text = (await exists(cases)) ? await readText(cases) : null;
    return text === null ? null : { file: displayName(cases), text };
  }

  async function noticeOf(path: string): Promise<NoticeText | null> {
    if (!(await exists(path))) return null;
    try {
      return await readNoticeFile(path);
    } catch (error) {
      problems.push(unreadable(displayName(path), error));
      return null;
    }
  }
}
