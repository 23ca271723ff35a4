import { japaneseMoment } from '../rulebook/calendar.ts';
import type { OpeningHours, RuleSet } from '../rulebook/rule-set.ts';
import { type Block, details, entriesOf } from './model.ts';

export function contactBlocks({ contact, timeZone }: RuleSet): Block[] {
  if (contact === null) return [];
  const { name, tel, hoursText, clauses, hours } = contact;
  const entry = {
    ...{ title: name, clauses, sentences: [] },
    details: details({
      TEL: [{ text: tel, href: `tel:${tel.replace(/[^\d+]/g, '')}` }],
      受付時間: [hoursText],
    }),
  };
  const rows = hours.map((each) => [
    periodText(each, timeZone),
    daysText(each),
    each.holidays === 'open' ? '受け付けます' : '休み',
    clockText(each),
  ]);
  const head = ['期間', '曜日', '祝日', '時間'];
  return [entriesOf([entry]), { kind: 'table', caption: '期間ごとの受付時間', head, rows }];
}

/** From the first day to the last; an end that is not stated is left out. */
export function periodText({ from, until }: OpeningHours, timeZone: string): string {
  const side = (interval: typeof from, suffix: string): string =>
    interval ? `${japaneseMoment(interval, timeZone)}${suffix}` : '';
  return side(from, 'から') + side(until, 'まで') || 'いつでも';
}

const WEEKDAYS = ['月', '火', '水', '木', '金', '土', '日'];

export const daysText = ({ days }: OpeningHours): string =>
  WEEKDAYS.filter((_, i) => days.includes(i + 1)).join('・');

export const clockText = ({ open, close }: OpeningHours): string => `${clock(open)}～${clock(close)}`;

const clock = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
