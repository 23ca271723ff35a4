/** What changed in the text of a notice, as a person reads it. */
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Line } from '../notice-text/letters.ts';
import type { NoticeChange } from '../notice-text/notice-changes.ts';

/** The sentence, and what hangs on it. */
export function noticeWords(change: NoticeChange): LocalizedText {
  const { ja, en } = sentenceWords(change);
  const hangs = hangsOn(change);
  const open: LocalizedText = change.isFollowed ? FOLLOWED : OPEN;
  return { ja: `${ja}${hangs.ja}${open.ja}`, en: `${en}${hangs.en}${open.en}` };
}

const FOLLOWED: LocalizedText = { ja: '。反映済み', en: '. Followed' };
const OPEN: LocalizedText = { ja: '。まだ反映されていません', en: '. Not followed yet' };

function sentenceWords({ before, after }: NoticeChange): LocalizedText {
  if (before && after) {
    const [was, is] = [before.text, after.text];
    return {
      ja: `変わった文（${placeJa(before)} → ${placeJa(after)}）「${was}」→「${is}」`,
      en: `Changed (line ${before.number}, now ${after.number}): "${was}", now "${is}"`,
    };
  }
  if (before)
    return {
      ja: `なくなった文（もとの${placeJa(before)}）「${before.text}」`,
      en: `Gone (line ${before.number} of the old text): "${before.text}"`,
    };
  const text = after?.text ?? '';
  return {
    ja: `新しい文（${after ? placeJa(after) : ''}）「${text}」`,
    en: `New (line ${after?.number}): "${text}"`,
  };
}

const placeJa = ({ number }: Line): string => `${number}行目`;

function hangsOn({ clauses, parts }: NoticeChange): LocalizedText {
  if (clauses.length === 0) return { ja: '　引用している条項はありません', en: ' No clause quotes it' };
  const named = { ja: `　条項：${clauses.join('、')}`, en: ` Clauses: ${clauses.join(', ')}` };
  if (parts.length === 0) return named;
  return {
    ja: `${named.ja}　関わる規則：${parts.join('、')}`,
    en: `${named.en}; parts: ${parts.join(', ')}`,
  };
}
