/** When the contact can be reached. */
import holidays from '@holiday-jp/holiday_jp';
import type { Temporal } from 'temporal-polyfill';
import type { Interval } from '../../rulebook/basics.ts';
import { localDate, localDay, toOffsetDateTime, zoned } from '../../rulebook/calendar.ts';
import type { Contact, RuleSet } from '../../rulebook/rule-set.ts';
import type { ContactAnswer } from './decision.ts';

/** National holidays of Japan (国民の祝日), from the package's table; the day as YYYY-MM-DD. */
const isJapaneseHoliday = (day: string): boolean => Object.hasOwn(holidays.holidays, day);

/** The staffed period of one local day: null if closed, undefined where the hours are not known. */
function periodOf(contact: Contact, day: Temporal.PlainDate, timeZone: string): Interval | null | undefined {
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

const DAYS_KEPT = 10_000;

/** `openNow` is null where the hours are not known; `nextOpenAt` (epoch ms) is null while open or where never again. */
export function compileOpening(contact: Contact, timeZone: string) {
  // The calendar is slow, and many cases are judged on the same day.
  const days = new Map<number, ReturnType<typeof dayOf>>();
  return (instant: number): { openNow: boolean | null; nextOpenAt: number | null } => {
    const number = localDay(instant, timeZone);
    let day = days.get(number);
    if (!day) {
      day = dayOf(contact, localDate(instant, timeZone), timeZone);
      if (days.size >= DAYS_KEPT) days.clear();
      days.set(number, day);
    }
    const { period, next } = day;
    if (period === undefined) return { openNow: null, nextOpenAt: null };
    if (period === null || instant >= period.end) return { openNow: false, nextOpenAt: next };
    if (instant < period.start) return { openNow: false, nextOpenAt: period.start };
    return { openNow: true, nextOpenAt: null };
  };
}

/** A day's period, and the start of the next one after it. */
function dayOf(contact: Contact, date: Temporal.PlainDate, timeZone: string) {
  const period = periodOf(contact, date, timeZone);
  for (let ahead = 1; ahead <= DAYS_AHEAD; ahead++) {
    const following = periodOf(contact, date.add({ days: ahead }), timeZone);
    if (following) return { period, next: following.start };
  }
  return { period, next: null };
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

/** The contact as at an instant, in epoch milliseconds. */
export function compileContact({ contact, timeZone }: RuleSet): (asOf: number) => ContactAnswer | null {
  if (contact === null) return () => null;
  const openingAt = compileOpening(contact, timeZone);
  const { id, name, tel, hoursText: hours } = contact;
  return (asOf) => {
    const { openNow, nextOpenAt: opensAt } = openingAt(asOf);
    const nextOpenAt = opensAt === null ? null : toOffsetDateTime(opensAt, timeZone);
    return { id, name, tel, hours, openNow, nextOpenAt };
  };
}
