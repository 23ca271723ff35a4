/** The texts of the notices that the two sides of a diff follow. */
import type { Pair } from '../../analysis/diff/diff.ts';
import type { NoticeText } from '../../analysis/notice-text/notice-text.ts';
import { noticeFileOf } from '../../rule-files/notice-file.ts';
import { UsageError } from '../terminal/io.ts';
import { namedNotice } from './notice-texts.ts';
import { exists } from './rule-files.ts';

export interface NamedNotices {
  oldNotice?: string;
  newNotice?: string;
}

/** Those that are named, or else those beside the two rule files. Of revisions the notices have to be named. */
export async function withNotices(
  pairs: readonly Pair[],
  sides: readonly [old: string, recent: string | undefined],
  { oldNotice, newNotice }: NamedNotices,
): Promise<readonly Pair[]> {
  const isNamed = oldNotice !== undefined || newNotice !== undefined;
  const [pair] = pairs;
  if (pair === undefined || pairs.length !== 1) {
    if (isNamed)
      throw new UsageError({
        en: '--old-notice and --new-notice go with one pair of rule files',
        ja: '--old-notice と --new-notice は、一組のルールのファイルを比べるときに使います',
      });
    return pairs;
  }
  const [old, recent] = sides;
  const before = await noticeOf(old, oldNotice);
  const after = await noticeOf(recent ?? pair.file, newNotice);
  if (before && after) return [{ ...pair, notices: { before, after } }];
  if (isNamed)
    throw new UsageError({
      en: 'two texts are compared: name both --old-notice and --new-notice',
      ja: '告知の文は二つを比べます。--old-notice と --new-notice の両方を指定してください',
    });
  return pairs;
}

async function noticeOf(side: string, named: string | undefined): Promise<NoticeText | null> {
  if (named !== undefined) return namedNotice(named);
  const beside = noticeFileOf(side);
  return beside !== side && (await exists(beside)) ? namedNotice(beside) : null;
}
