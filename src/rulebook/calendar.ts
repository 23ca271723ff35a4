import { Temporal } from 'temporal-polyfill';
import type { Interval } from './rule-set.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MINUTE = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})$/;

/**
 * "2030-01-31" is that whole day, "2030-01-31 23:59" that whole minute, in `timeZone`; null if neither.
 * The end is exclusive: the next day or minute.
 */
export function parseMoment(text: string, timeZone: string): Interval | null {
  try {
    if (DATE.test(text)) return dayInterval(Temporal.PlainDate.from(text, { overflow: 'reject' }), timeZone);
    if (!MINUTE.test(text)) return null;
    const minute = Temporal.PlainDateTime.from(text.replace(' ', 'T'), { overflow: 'reject' });
    const start = minute.toZonedDateTime(timeZone).epochMilliseconds;
    return { start, end: start + 60_000 };
  } catch {
    return null;
  }
}

export function dayInterval(day: Temporal.PlainDate, timeZone: string): Interval {
  return {
    start: day.toZonedDateTime(timeZone).epochMilliseconds,
    end: day.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds,
  };
}

/** The whole local day that lies `months`, then `days`, after the day on which `instant` falls. */
export function dayAfter(
  instant: number,
  count: { months: number; days: number; endOfMonth: boolean },
  timeZone: string,
): Interval {
  let day = localDate(instant, timeZone).add({ months: count.months }).add({ days: count.days });
  if (count.endOfMonth) day = day.with({ day: day.daysInMonth });
  return dayInterval(day, timeZone);
}

export function localDate(instant: number, timeZone: string): Temporal.PlainDate {
  return zoned(instant, timeZone).toPlainDate();
}

export function zoned(instant: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
}

/** RFC 3339 with the zone's offset, milliseconds only where there are any: 2030-01-31T10:00:00+09:00. */
export function toOffsetDateTime(instant: number, timeZone: string): string {
  const text = zoned(instant, timeZone).toString({ timeZoneName: 'never' });
  return text;
}

export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/** An RFC 3339 datetime with an offset or Z, in epoch milliseconds; null if it has none or is not one. */
export function parseInstant(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})$/.test(text))
    return null;
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null;
  }
}

/** "10:00" in minutes after midnight (24:00 allowed); null if it is not a time of day. */
export function parseClock(text: string): number | null {
  const match = /^([01]?\d|2[0-4]):([0-5]\d)$/.exec(text);
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return minutes <= 1440 ? minutes : null;
}

const WEEKDAYS = ['月', '火', '水', '木', '金', '土', '日'];

/** 2030年1月31日(木), or 2030年1月31日(木) 23:59 for a moment that is not a whole day. */
export function japaneseMoment(interval: Interval, timeZone: string): string {
  const start = zoned(interval.start, timeZone);
  const day = `${start.year}年${start.month}月${start.day}日(${WEEKDAYS[start.dayOfWeek - 1]})`;
  const wholeDay = interval.end - interval.start >= 23 * 3_600_000;
  return wholeDay ? day : `${day} ${start.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}
