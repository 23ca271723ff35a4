/** The days and times of a deadline, as the clauses that it cites should show them. */
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Deadline, Moment } from '../../rulebook/rule-set.ts';
import { type Claim, numberClaim } from './claim.ts';
import { dayOf, isDate, isDay, isSameDate } from './days.ts';
import { type Reading, readingsIn } from './readings.ts';

/** The words that are shown instead of the dates: each day and month in them. */
export const textClaims = ({ id, label, text, clauses }: Deadline): Claim[] =>
  readingsIn(text ?? '')
    .filter(isDate)
    .map((own) => ({
      ...{ about: `deadlines/${id}`, path: ['deadlines', id, 'text'], clauses, kind: own.kind },
      name: { ja: `期限「${label}」の「${own.text}」`, en: `"${own.text}" of the deadline "${id}"` },
      fits: (reading) => isDate(reading) && isSameDate(reading, own),
      isWanted: 'always',
      literally: null,
    }));

/** What the notice says only in words has no date to compare. */
export function momentClaims(deadline: Deadline, timeZone: string): Claim[] {
  if (deadline.approximate) return [];
  return (['from', 'until'] as const).flatMap((key) => {
    const moment = deadline[key];
    return moment === null ? [] : momentClaim(deadline, key, moment, timeZone);
  });
}

function momentClaim(
  { id, label, clauses }: Deadline,
  key: 'from' | 'until',
  moment: Moment,
  timeZone: string,
): Claim[] {
  const path = ['deadlines', id, key];
  const name = (value: string, en: string): LocalizedText => ({
    ja: `期限「${label}」（${value}）`,
    en: `${key} of the deadline "${id}" (${en})`,
  });
  if (moment.kind === 'timed') {
    const minutes = Math.abs(moment.minutes);
    if (minutes === 0) return [];
    const [value, ja, en] = minutes % 60 === 0 ? [minutes / 60, '時間', 'hours'] : [minutes, '分', 'minutes'];
    return [numberClaim('number', path, value, clauses, name(`${value}${ja}`, `${value} ${en}`))];
  }
  if (moment.kind === 'relative') {
    const { days, months, years = 0 } = moment.day;
    const told: ['days' | 'months', value: number, ja: string][] = [
      ['days', Math.abs(days), '日'],
      ['months', Math.abs(months), 'か月'],
      ['months', Math.abs(years) * 12, 'か月'],
    ];
    const counted = told.flatMap(([kind, value, ja]) =>
      value > 0 ? [{ kind, value, ja: `${value}${ja}` }] : [],
    );
    return counted.map(({ kind, value, ja }) =>
      numberClaim(kind, path, value, clauses, name(ja, `${value} ${kind}`)),
    );
  }
  // The notice says the day that is moved, not the open day that it is moved to.
  const { writtenInterval: interval = moment.interval, written } = moment;
  const day = dayOf(Math.min(interval.start, interval.end - 1), timeZone);
  // Of a whole day the first and the last minute are what a notice may write.
  const isMinute = interval.end - interval.start === 60_000;
  const allowed = isMinute ? [day.minutes] : key === 'until' ? [1439, 1440] : [0];
  const isUnwritten = !isMinute || (key === 'until' ? day.minutes === 1439 : day.minutes === 0);
  const fits = (reading: Reading, beside: readonly Reading[]): boolean => {
    if (!isDate(reading) || !isDay(reading, day)) return false;
    if (reading.clock !== null) return allowed.includes(reading.clock);
    return isUnwritten || beside.some((other) => other.kind === 'clock' && allowed.includes(other.minutes));
  };
  return [
    {
      ...{ about: `deadlines/${id}`, path, clauses, kind: 'date', fits, isWanted: 'always', literally: null },
      name: name(written, written),
    },
  ];
}
