/** The text of a notice that is named in a call. */
import type { NoticeText } from '../../analysis/notice-text/notice-text.ts';
import { readNoticeFile } from '../../rule-files/notice-file.ts';
import { misuse } from '../terminal/io.ts';

/** It has to be there, and in UTF-8. */
export const namedNotice = (path: string): Promise<NoticeText> =>
  readNoticeFile(path).catch((error: Error) => {
    throw misuse(path, {
      en: `the notice cannot be read: ${error.message}`,
      ja: `告知の文を読めません。文字コードは UTF-8 にしてください：${error.message}`,
    });
  });
