/** When the contact can be reached. */
import type { Temporal } from 'temporal-polyfill';
import type { Interval } from '../../rulebook/basics.ts';
import { localDate, localDay, toOffsetDateTime, zoned } from '../../rulebook/calendar.ts';
import { hoursOn } from '../../rulebook/open-days.ts';
import type { Contact, RuleSet } from '../../rulebook/rule-set.ts';
import type { ContactAnswer } from './decision.ts';

/** The staffed period of one local day: null if closed, undefined where the hours are not known. */
export function periodOf(
  contact: Contact,
  day: Temporal.PlainDate,
  timeZone: string,
): Interval | null | undefined {
  // By the clock on the wall: a day with a change of summer time has 23 or 25 hours.
  const at = (minutes: number): number =>
    day.toPlainDateTime().add({ minutes }).toZonedDateTime(timeZone).epochMilliseconds;
  const hours = hoursOn(contact.hours, day, timeZone);
  if (!hours) return hours;
  return { start: at(hours.open), end: at(hours.close) };
}

/** A year without one staffed day means that the hours have ended. */
const DAYS_AHEAD = 366;

const DAYS_KEPT = 10_000;

/** The contact on one local day, by when it is asked for. */
interface ContactDay {
  /** None where it is closed all day, or where its hours are not known. */
  open: Interval | null;
  before: ContactAnswer;
  during: ContactAnswer;
  after: ContactAnswer;
}

function contactOn(contact: Contact, date: Temporal.PlainDate, timeZone: string): ContactDay {
  const { id, name, tel, hoursText: hours } = contact;
  const answer = (openNow: boolean | null, opens: Interval | null): ContactAnswer => {
    const nextOpenAt = opens && toOffsetDateTime(opens.start, timeZone);
    return { id, name, tel, hours, openNow, nextOpenAt };
  };
  const period = periodOf(contact, date, timeZone);
  if (period === undefined) {
    const unknown = answer(null, null);
    return { open: null, before: unknown, during: unknown, after: unknown };
  }
  let next: Interval | null = null;
  for (let ahead = 1; next === null && ahead <= DAYS_AHEAD; ahead++)
    next = periodOf(contact, date.add({ days: ahead }), timeZone) ?? null;
  return {
    open: period,
    before: answer(false, period),
    during: answer(true, null),
    after: answer(false, next),
  };
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

/**
 * The contact as at an instant, in epoch milliseconds. `openNow` is null where the hours are not known; `nextOpenAt` while it is
 * open, and where it never opens again.
 */
export function compileContact({
  contact,
  timeZone,
}: Pick<RuleSet, 'contact' | 'timeZone'>): (asOf: number) => ContactAnswer | null {
  if (contact === null) return () => null;
  // The calendar is slow, and many cases are judged on the same day.
  const days = new Map<number, ContactDay>();
  return (asOf) => {
    const number = localDay(asOf, timeZone);
    let day = days.get(number);
    if (!day) {
      day = contactOn(contact, localDate(asOf, timeZone), timeZone);
      if (days.size >= DAYS_KEPT) days.clear();
      days.set(number, day);
    }
    const { open, before, during, after } = day;
    if (open === null || asOf >= open.end) return after;
    return asOf < open.start ? before : during;
  };
}
