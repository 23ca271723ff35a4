import type { Temporal } from 'temporal-polyfill';
import { localDate, zoned } from '../rulebook/calendar.ts';
import type { Contact } from '../rulebook/rule-set.ts';
import { isJapaneseHoliday } from './holidays.ts';

interface Period {
  start: number;
  end: number;
}

/** The staffed period of one local day: null if closed, undefined where the hours are not known. */
function periodOf(contact: Contact, day: Temporal.PlainDate, timeZone: string): Period | null | undefined {
  // By the clock on the wall: a day with a change of summer time has 23 or 25 hours.
  const at = (minutes: number): number =>
    day.toPlainDateTime().add({ minutes }).toZonedDateTime(timeZone).epochMilliseconds;
  const noon = at(720);
  const hours = contact.hours.find(
    (h) => (h.from?.start ?? -Infinity) <= noon && noon < (h.until?.end ?? Infinity),
  );
  if (!hours) return undefined;
  const staffed =
    hours.days.includes(day.dayOfWeek) && (hours.holidays === 'open' || !isJapaneseHoliday(day.toString()));
  if (!staffed) return null;
  return { start: at(hours.open), end: at(hours.close) };
}

/** A year without one staffed day means that the hours have ended. */
const DAYS_AHEAD = 366;

/** `openNow` is null where the hours are not known; `nextOpenAt` (epoch ms) is null while open or where never again. */
export function openingAt(
  contact: Contact,
  instant: number,
  timeZone: string,
): { openNow: boolean | null; nextOpenAt: number | null } {
  let day = localDate(instant, timeZone);
  const today = periodOf(contact, day, timeZone);
  if (today === undefined) return { openNow: null, nextOpenAt: null };
  if (today && today.start <= instant && instant < today.end) return { openNow: true, nextOpenAt: null };
  for (let i = 0; i <= DAYS_AHEAD; i++) {
    const period = periodOf(contact, day, timeZone);
    if (period && period.start > instant) return { openNow: false, nextOpenAt: period.start };
    day = day.add({ days: 1 });
  }
  return { openNow: false, nextOpenAt: null };
}

/** The end of the last staffed period that ends no later than `instant`, within the 60 days before it; null if none. */
export function lastStaffedBefore(contact: Contact, instant: number, timeZone: string): number | null {
  let day = zoned(instant, timeZone).toPlainDate();
  for (let i = 0; i < 60; i++) {
    const period = periodOf(contact, day, timeZone);
    if (period && period.end <= instant) return period.end;
    day = day.subtract({ days: 1 });
  }
  return null;
}
