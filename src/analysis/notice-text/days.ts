/** Days of the calendar, and dates as a notice writes them. */
import { localDate, zoned } from '../../rulebook/calendar.ts';
import { isOfYears, type WrittenDate } from '../../rulebook/written-dates.ts';
import type { Reading } from './readings.ts';

export interface Day {
  year: number;
  month: number;
  day: number;
  isLastOfMonth: boolean;
  minutes: number;
  text: string;
}

export function dayOf(instant: number, timeZone: string): Day {
  const date = localDate(instant, timeZone);
  const { hour, minute } = zoned(instant, timeZone);
  return {
    ...{ year: date.year, month: date.month, day: date.day, text: String(date) },
    ...{ isLastOfMonth: date.day === date.daysInMonth, minutes: hour * 60 + minute },
  };
}

export const isDate = (reading: Reading): reading is WrittenDate =>
  reading.kind === 'date' || reading.kind === 'month';

/** A month says its days too: 1月中, 1月末. */
export function isDay(
  date: WrittenDate,
  { year, month, day, isLastOfMonth }: Omit<Day, 'text' | 'minutes'>,
): boolean {
  if (date.month !== month || (date.years !== null && !date.years.includes(year))) return false;
  if (date.day === null) return date.part?.startsWith('末') ? isLastOfMonth : true;
  // A weekday settles which year is meant where nothing else does.
  return date.day === day && (date.years !== null || isOfYears(date, [year]));
}

export const isSameDate = (one: WrittenDate, other: WrittenDate): boolean =>
  one.kind === other.kind &&
  one.month === other.month &&
  one.day === other.day &&
  one.part === other.part &&
  (one.years === null || other.years === null || one.years.some((year) => other.years?.includes(year)));
