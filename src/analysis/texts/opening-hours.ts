/** Periods of opening hours that leave days out, meet, or never begin. */
import { toOffsetDateTime } from '../../rulebook/calendar.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { type OpeningHours, WEEKDAYS } from '../../rulebook/open-days.ts';
import type { Finding } from '../findings/finding.ts';
import type { WrittenRuleSet } from '../written-rule-set.ts';
import { textFinding } from './text-finding.ts';

export function hoursFindings({ ruleSet: { contact, timeZone }, at }: WrittenRuleSet): Finding[] {
  if (contact === null) return [];
  const { hours } = contact;
  const day = (instant: number): string => toOffsetDateTime(instant, timeZone).slice(0, 10);
  const found = (i: number, key: string, { ja, en }: LocalizedText): Finding =>
    textFinding('odd-hours', { position: at(['contact', 'hours', i, key]), about: ['contact'] }, { ja, en });
  const findings = hours.flatMap((one, i) => oneFault(one).map(({ key, words }) => found(i, key, words)));
  const written = hours.map((one, i) => ({ i, ...spanOf(one) })).filter(({ from, until }) => from < until);
  const inOrder = [...written].sort((a, b) => a.from - b.from);
  for (const [n, { i, from, until }] of inOrder.entries()) {
    const before = inOrder.slice(0, n);
    const reached = Math.max(...before.map((each) => each.until));
    if (before.length > 0 && reached < from && Number.isFinite(reached)) {
      const [first, last] = [day(reached), day(from - 1)];
      findings.push(
        found(i, 'from', {
          ja: `${first === last ? `${first} ` : `${first} から ${last} まで`}の受付時間がありません。その間は、受付が終わっているものとして案内されます。`,
          en: `There are no opening hours ${first === last ? `on ${first}` : `from ${first} to ${last}`}: answers call the contact closed then.`,
        }),
      );
    }
    const other = before.find((each) => each.until > from);
    if (other === undefined || isLaterRest(hours, other.i, i)) continue;
    const [later, last] = [Math.max(i, other.i), Math.min(other.until, until)];
    const ja = [
      Number.isFinite(from) ? `${day(from)} から ` : '',
      Number.isFinite(last) ? `${day(last - 1)} まで` : '',
    ].join('');
    findings.push(
      found(later, hours[later]?.from ? 'from' : 'days', {
        ja: `${ja.trim() || 'どの日も'}、受付時間が二度書かれています。一日に使われるのは先に書いた一行だけで、後の行の曜日は使われません。`,
        en: `Opening hours are written twice${Number.isFinite(from) ? ` from ${day(from)}` : ''}${Number.isFinite(last) ? ` to ${day(last - 1)}` : ''}: only the first line is used, and the weekdays of the later one are not.`,
      }),
    );
  }
  return findings;
}

const spanOf = ({ from, until }: OpeningHours) => ({
  from: from?.start ?? Number.NEGATIVE_INFINITY,
  until: until?.end ?? Number.POSITIVE_INFINITY,
});

/** "Until March so, and else so": a later line without dates is for all the rest, if there is any. */
const isLaterRest = (hours: readonly OpeningHours[], a: number, b: number): boolean => {
  const [first, last] = [hours[Math.min(a, b)], hours[Math.max(a, b)]];
  return isUndated(last) && !isUndated(first);
};

const isUndated = (hours: OpeningHours | undefined): boolean => hours?.from === null && hours.until === null;

function oneFault(one: OpeningHours): { key: string; words: LocalizedText }[] {
  const { from, until } = spanOf(one);
  const twice = one.days.find((each, n) => one.days.indexOf(each) !== n);
  return [
    ...(one.open === one.close
      ? [
          {
            key: 'close',
            words: {
              ja: '受付開始と受付終了が同じ時刻です。窓口は一度も開きません。',
              en: 'open and close are the same: the contact is never open.',
            },
          },
        ]
      : []),
    ...(until <= from
      ? [
          {
            key: 'until',
            words: {
              ja: '受付期間の終わりが、始まりより前です。この受付時間は使われません。',
              en: 'until is before from: these hours are never in force.',
            },
          },
        ]
      : []),
    ...(twice === undefined
      ? []
      : [
          {
            key: 'days',
            words: {
              ja: `「${WEEKDAYS[twice - 1]}曜日」が二度書かれています。ほかの曜日の書き間違いではありませんか。`,
              en: `A weekday (${twice}) is written twice. Is another one meant?`,
            },
          },
        ]),
  ];
}
