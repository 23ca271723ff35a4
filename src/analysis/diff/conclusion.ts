/** What is certain beyond the examples, and of what: no more than was proved or compared. */
import { ANSWER_FIELDS, COMPARED, type FieldName } from '../../engine/answer/fields.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Diff } from './diff.ts';

/** Members of an answer that the proof speaks of. */
const PROVED: LocalizedText = {
  ja: [...new Set([...COMPARED.values()].map(({ label }) => label.ja)), '期限の日時', '補償額'].join('、'),
  en: [...new Set([...COMPARED.values()].map(({ label }) => label.en)), 'dates of deadlines', 'amounts'].join(
    ', ',
  ),
};
const OF_WHOM: LocalizedText = {
  ja: '事実がすべて分かっていて、どちらの版でも読め、食い違わない場合',
  en: 'cases that both versions can read, with every fact known and none contradictory',
};
const IF_GIVEN: LocalizedText = {
  ja: '（申告がないときの意味が変わった事実は、申告した場合だけ）',
  en: '(where absence means something else now, only if the fact is given)',
};
const IF_READ_ALIKE: LocalizedText = {
  ja: '（書かれた値の読み方が変わった事実は、どちらの版でも同じ値に読める場合だけ）',
  en: '(where what is written is read otherwise now, only if both read the same value)',
};
const AS_TEXT: LocalizedText = {
  ja: '表記、引用、質問、窓口と受付時間、並び順、一覧の置き場所は「変更点」に文として比べたもので、証明には含みません。',
  en: 'Wording, quotes, questions, the contact and its hours, order and worklists are compared as text ("What was changed") and are no part of the proof.',
};

export function conclusionOf(diff: Diff | null): LocalizedText {
  if (!diff || diff.incomparable.length > 0) return { ja: '', en: '' };
  const parts = [proofOf(diff), AS_TEXT, triedWords(diff)];
  return {
    ja: parts.map(({ ja }) => ja).join(''),
    en: parts
      .map(({ en }) => en)
      .join(' ')
      .trim(),
  };
}

function proofOf({ differences, absentOtherwise, readOtherwise }: Diff): LocalizedText {
  const undecided = differences.filter(({ verdict }) => verdict === 'undecided');
  if (undecided.length > 0)
    return undecided.some(({ isTimeUp }) => isTimeUp)
      ? {
          ja: '時間内に決められなかったものがあるため、ほかに変わる方がいないとは言えません。',
          en: 'Some questions were not decided in time: there may be other changes.',
        }
      : {
          ja: '決められなかったものがあるため、ほかに変わる方がいないとは言えません。',
          en: 'Not everything was decided: there may be other changes.',
        };
  const limits = [OF_WHOM];
  if (absentOtherwise.length > 0) limits.push(IF_GIVEN);
  if (readOtherwise.length > 0) limits.push(IF_READ_ALIKE);
  const given = { ja: limits.map(({ ja }) => ja).join(''), en: limits.map(({ en }) => en).join(' ') };
  const same = differences.length === 0;
  return {
    ja: `証明：${same ? 'この変更で' : 'ここに挙げたほかに、'}回答の次の点が変わる方はいません（${given.ja}、どの時点でも）：${PROVED.ja}。`,
    en: `Proved: ${same ? 'for nobody' : 'for nobody but those told of'} do these change (${given.en}, at any instant): ${PROVED.en}.`,
  };
}

export const memberLabel = (member: FieldName): LocalizedText =>
  ANSWER_FIELDS[member].says[0]?.label ?? { ja: member, en: member };

function triedWords({ tried }: Diff): LocalizedText {
  if (tried === null || tried.count === 0) return { ja: '', en: '' };
  const [count, unknown] = [tried.count, tried.unknown].map((number) => number.toLocaleString('ja-JP'));
  const labels = tried.differing.map(({ member }) => memberLabel(member));
  const listed = (lang: 'ja' | 'en', by: string): string =>
    [...new Set(labels.map((label) => label[lang]))].join(by);
  const isSame = labels.length === 0;
  return {
    ja: `このほか、${count}件（うち、事実の一部が分からないもの${unknown}件）を両方の版で判定し、回答の全体を比べました：${
      isSame ? '違いはありませんでした。' : `違った項目：${listed('ja', '、')}。`
    }ここで試さなかった場合は、証明した点のほかは分かりません。`,
    en: `Besides, ${count} cases (${unknown} of them with facts that are unknown) were decided by both and whole answers compared: ${
      isSame ? 'none differed.' : `these differed: ${listed('en', ', ')}.`
    } Of cases not tried nothing is known beyond what is proved.`,
  };
}
