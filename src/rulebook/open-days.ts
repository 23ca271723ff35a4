/** The days on which the contact can be reached, by its hours and the national holidays of Japan. */
import holidays from '@holiday-jp/holiday_jp';
import type { Temporal } from 'temporal-polyfill';
import type { Interval } from './basics.ts';

/** By ISO weekday, from 1. */
export const WEEKDAYS = '月火水木金土日';

export interface OpeningHours {
  from: Interval | null;
  until: Interval | null;
  /** ISO weekdays, 1 = Monday. */
  days: number[];
  /** Minutes after midnight; `close` is the first minute that is closed. */
  open: number;
  close: number;
  holidays: 'open' | 'closed';
}

/** What a last day on which the contact is closed becomes. */
export interface IfClosed {
  to: 'nextOpenDay' | 'previousOpenDay';
  hours: readonly OpeningHours[];
}

/** What `ifClosed` may say in a rule file. */
export const CLOSED_WORDS = {
  ...{ nextOpenDay: 'nextOpenDay', previousOpenDay: 'previousOpenDay' },
  ...{ 翌営業日: 'nextOpenDay', 前営業日: 'previousOpenDay' },
} as const satisfies Record<string, IfClosed['to']>;

/** National holidays of Japan (国民の祝日), from the package's table; the day as YYYY-MM-DD. */
const isJapaneseHoliday = (day: string): boolean => Object.hasOwn(holidays.holidays, day);

/** The first hours in force on a local day: null if it is closed, undefined where the hours are not known. */
export function hoursOn(
  hours: readonly OpeningHours[],
  day: Temporal.PlainDate,
  timeZone: string,
): OpeningHours | null | undefined {
  const noon = day.toPlainDateTime({ hour: 12 }).toZonedDateTime(timeZone).epochMilliseconds;
  const inForce = hours.find(
    ({ from, until }) => (from?.start ?? -Infinity) <= noon && noon < (until?.end ?? Infinity),
  );
  if (!inForce) return undefined;
  const isStaffed =
    inForce.days.includes(day.dayOfWeek) &&
    (inForce.holidays === 'open' || !isJapaneseHoliday(day.toString()));
  return isStaffed ? inForce : null;
}

/** No contact rests longer; one that seems to has ended, and moves no day. */
export const LONGEST_REST = 60;

/** The day itself unless the contact is known to be closed on it. What is not known to be closed counts as open. */
export function openDay(
  day: Temporal.PlainDate,
  { to, hours }: IfClosed,
  timeZone: string,
): Temporal.PlainDate {
  const step = to === 'nextOpenDay' ? 1 : -1;
  for (let away = 0; away <= LONGEST_REST; away++) {
    const other = day.add({ days: step * away });
    if (hoursOn(hours, other, timeZone) !== null) return other;
  }
  return day;
}
