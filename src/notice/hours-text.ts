import { japaneseMoment } from '../rulebook/calendar.ts';
import type { OpeningHours } from '../rulebook/rule-set.ts';

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
