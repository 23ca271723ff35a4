/** Dates of the notice that run backwards, line numbers that are none, lists that say another number of items. */
import { parseMoment } from '../../rulebook/calendar.ts';
import type { Finding } from '../findings/finding.ts';
import { lineNumbers } from '../notice-text/line-numbers.ts';
import type { WrittenRuleSet } from '../written-rule-set.ts';
import { textFinding } from './text-finding.ts';

export const datesAndLines = (written: WrittenRuleSet): Finding[] => [
  ...backwards(written),
  ...unreadableLines(written),
  ...otherCounts(written),
  ...otherZone(written),
];

function backwards({ ruleSet: { source, timeZone }, at }: WrittenRuleSet): Finding[] {
  const start = (text: string): number => parseMoment(text, timeZone)?.start ?? Number.NaN;
  return source.revised.flatMap((text, i) => {
    const before = source.revised[i - 1] ?? source.published;
    if (!(start(text) < start(before))) return [];
    const what = i === 0 ? { ja: '公表日', en: 'published' } : { ja: '前の追記日', en: 'the date before it' };
    return textFinding(
      'contradicts-itself',
      { position: at(['source', 'revised', i]), about: ['source/revised'] },
      {
        ja: `追記日 ${text} が、${what.ja} ${before} より前です。`,
        en: `The date of revision ${text} is before ${what.en}, ${before}.`,
      },
    );
  });
}

function unreadableLines({ ruleSet: { clauses }, at }: WrittenRuleSet): Finding[] {
  return [...clauses.values()].flatMap(({ id, lines }) => {
    if (lineNumbers(lines) !== null) return [];
    const [first, last] = lines.match(/\d+/g)?.map(Number) ?? [];
    const isBackwards = first !== undefined && last !== undefined && first > last;
    const wanted = isBackwards ? `${last}-${first}` : first ? String(first) : '29';
    return textFinding(
      'contradicts-itself',
      { position: at(['clauses', id, 'lines']), about: [`clauses/${id}`] },
      {
        ja: `行番号「${lines}」は${isBackwards ? '逆順' : '読めない書き方'}です。29 か 42-44 のように書いてください（「${wanted}」でしょうか）。`,
        en: `The lines "${lines}" ${isBackwards ? 'run backwards' : 'cannot be read'}. Write them as 29 or 42-44 (is ${wanted} meant?).`,
      },
    );
  });
}

/** お伺いする4点, over a list of three. */
function otherCounts({ ruleSet: { lists }, at }: WrittenRuleSet): Finding[] {
  return [...lists.values()].flatMap(({ id, path, label, items }) => {
    const counts = [...(label ?? '').normalize('NFKC').matchAll(/(\d{1,2})\s*(?:点|つ|項目|種類)/g)].map(
      (match) => Number(match[1]),
    );
    const [count] = counts;
    if (count === undefined || counts.includes(items.length)) return [];
    const group = path[0] ?? 'lists';
    return textFinding(
      'contradicts-itself',
      { position: at([group, id, 'label']), about: [`${group}/${id}`] },
      {
        ja: `見出しは「${label}」ですが、一覧には${items.length}件あります。`,
        en: `The label says "${label}", but the list has ${items.length} items.`,
      },
    );
  });
}

const IS_JAPANESE = /[\p{scx=Hiragana}\p{scx=Katakana}]/u;

/** A notice in Japanese whose days are not those of Japan. */
function otherZone({ ruleSet: { timeZone, title }, at }: WrittenRuleSet): Finding[] {
  if (/^(Asia\/Tokyo|Japan|\+09:00)$/.test(timeZone) || !IS_JAPANESE.test(title)) return [];
  return [
    textFinding(
      'contradicts-itself',
      { position: at(['timeZone']), about: ['timeZone'] },
      {
        ja: `時間帯が「${timeZone}」です。日本の日付と時刻なら Asia/Tokyo です（9時間ずれると、期限の日が変わります）。`,
        en: `The time zone is "${timeZone}". Days and times of Japan are Asia/Tokyo: nine hours move a deadline to another day.`,
      },
    ),
  ];
}
