import { Temporal } from 'temporal-polyfill';
import type { Interval } from './basics.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MINUTE = /^(\d{4}-\d{2}-\d{2})[ T](\d{1,2}:\d{2})$/;
const MIDNIGHT = 24 * 60;

/** The day and the minutes after midnight of a written minute; null if it is none. */
function minuteOf(text: string): { date: Temporal.PlainDate; minutes: number } | null {
  const [, date, time] = MINUTE.exec(text) ?? [];
  const minutes = time === undefined ? null : parseClock(time);
  return date === undefined || minutes === null ? null : { date: dateOf(date), minutes };
}

const dateOf = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text, { overflow: 'reject' });

/**
 * "2030-01-31" is that whole day, "2030-01-31 23:59" that whole minute, in `timeZone`; null if neither.
 * The end is exclusive: the next day or minute. "2030-01-31 24:00" is the next midnight and has no length: until then is
 * until the end of the day.
 */
export function parseMoment(text: string, timeZone: string): Interval | null {
  try {
    if (DATE.test(text)) return dayInterval(dateOf(text), timeZone);
    const minute = minuteOf(text);
    if (minute === null) return null;
    const { date, minutes } = minute;
    // By the clock on the wall: a day with a change of summer time has 23 or 25 hours.
    const start = date.toPlainDateTime().add({ minutes }).toZonedDateTime(timeZone).epochMilliseconds;
    return { start, end: minutes === MIDNIGHT ? start : start + 60_000 };
  } catch {
    return null;
  }
}

/** A moment as written, moved by its smallest unit: a date by days, a minute by minutes; null if it is neither. */
export function shiftWritten(text: string, by: number): string | null {
  if (DATE.test(text)) return dateOf(text).add({ days: by }).toString();
  const minute = minuteOf(text);
  if (minute === null) return null;
  // Until 24:00 ends as the minute before it does.
  const minutes = Math.min(minute.minutes, MIDNIGHT - 1) + by;
  const moved = minute.date.toPlainDateTime().add({ minutes });
  return moved.toString({ smallestUnit: 'minute' }).replace('T', ' ');
}

/** The moment on another day, at the same time by the clock; `day` gets its last day. */
export function onDay(
  text: string,
  timeZone: string,
  day: (last: Temporal.PlainDate) => Temporal.PlainDate,
): Interval | null {
  if (DATE.test(text)) return dayInterval(day(dateOf(text)), timeZone);
  const minute = minuteOf(text);
  const time = text.slice(11);
  return minute && parseMoment(`${day(minute.date).toString()} ${time}`, timeZone);
}

export function dayInterval(day: Temporal.PlainDate, timeZone: string): Interval {
  return {
    start: day.toZonedDateTime(timeZone).epochMilliseconds,
    end: day.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds,
  };
}

/** From `from` (inclusive) to `to` (exclusive) the zone's clocks are `offset` ahead of UTC; all milliseconds. */
interface Stretch {
  from: number;
  to: number;
  offset: number;
  /** +09:00; null for an offset that has seconds. */
  suffix: string | null;
}

const zones = new Map<string, Stretch[]>();

/** How far the clocks of the zone are ahead of UTC at that instant, in milliseconds. */
const offsetAt = (instant: number, timeZone: string): number => stretchAt(instant, timeZone).offset;

/** The calendar is asked once a stretch. */
export function stretchAt(instant: number, timeZone: string): Stretch {
  let stretches = zones.get(timeZone);
  if (!stretches) {
    stretches = [];
    zones.set(timeZone, stretches);
  }
  for (const known of stretches) if (known.from <= instant && instant < known.to) return known;
  const now = zoned(instant, timeZone);
  const from = now.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity;
  const to = now.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity;
  const offset = now.offsetNanoseconds / 1_000_000;
  const stretch = { from, to, offset, suffix: offset % 60_000 === 0 ? now.offset : null };
  stretches.unshift(stretch);
  return stretch;
}

export function localDate(instant: number, timeZone: string): Temporal.PlainDate {
  return zoned(instant, timeZone).toPlainDate();
}

export function zoned(instant: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
}

/** The number of the local day, counted from 1970-01-01. */
export const localDay = (instant: number, timeZone: string): number =>
  Math.floor((instant + offsetAt(instant, timeZone)) / DAY);

const YEAR_0001 = new Date(0).setUTCFullYear(1, 0, 1);
const YEAR_10000 = Date.UTC(10_000, 0, 1);

/** RFC 3339 with the zone's offset, milliseconds only where there are any: 2030-01-31T10:00:00+09:00. */
export function toOffsetDateTime(instant: number, timeZone: string): string {
  const { offset, suffix } = stretchAt(instant, timeZone);
  const local = instant + offset;
  if (suffix === null || local < YEAR_0001 || local >= YEAR_10000) {
    return zoned(instant, timeZone).toString({ timeZoneName: 'never' });
  }
  const day = Math.floor(local / DAY);
  return dateText(day) + timeText(local - day * DAY) + suffix;
}

const DAY = 86_400_000;
const DATES_KEPT = 10_000;
const dates = new Map<number, string>();

/** 2030-01-31T for a day counted from 1970-01-01. Far slower to work out than to remember. */
function dateText(day: number): string {
  const known = dates.get(day);
  if (known !== undefined) return known;
  if (dates.size >= DATES_KEPT) dates.clear();
  const text = new Date(day * DAY).toISOString().slice(0, 11);
  dates.set(day, text);
  return text;
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'));

/** hh:mm:ss, with .mmm where there are any milliseconds. */
function timeText(time: number): string {
  const [hours, minutes] = [Math.floor(time / 3_600_000), Math.floor(time / 60_000) % 60];
  const text = `${TWO_DIGITS[hours]}:${TWO_DIGITS[minutes]}:${TWO_DIGITS[Math.floor(time / 1000) % 60]}`;
  const fraction = time % 1000;
  return fraction === 0 ? text : `${text}.${String(fraction).padStart(3, '0')}`;
}

export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/** Every day that there is, also in years before 1; at 29 February only leap years. */
const DAY_PATTERN =
  '(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))' +
  '|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)';

/** What `parseInstant` reads, and nothing else, as a pattern for others. */
export const INSTANT_PATTERN = `^${DAY_PATTERN}[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:\\.[0-9]{1,9})?)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$`;

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d|60)(?:\.(\d{1,9}))?)?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

const YEARS_400 = 146_097 * DAY;
/** `month` from 1. */
const daysOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** An RFC 3339 datetime with an offset or Z, in epoch milliseconds; null if it has none or is not one. */
export function parseInstant(text: string): number | null {
  const match = INSTANT.exec(text);
  if (!match) return null;
  const part = (group: number): number => Number(match[group] ?? 0);
  // Date.UTC takes 0 to 99 for 1900 to 1999. The calendar is the same every 400 years.
  const [year, month, day] = [part(1) + 400, part(2), part(3)];
  if (month < 1 || month > 12 || day < 1 || (day > 28 && day > daysOf(year, month))) return null;
  const milliseconds = Number(match[7]?.padEnd(3, '0').slice(0, 3) ?? 0);
  // A leap second is the last second of its minute, as in Temporal.
  const seconds = Math.min(part(6), 59);
  const local = Date.UTC(year, month - 1, day, part(4), part(5), seconds, milliseconds) - YEARS_400;
  const offset = (part(9) * 60 + part(10)) * 60_000;
  return match[8] === '-' ? local + offset : local - offset;
}

const LOCAL = /^(\d{4}-\d\d-\d\d)[Tt ](\d{1,2}:\d\d)(?::([0-5]\d))?$/;

/**
 * When the clocks of a zone show a datetime that has no offset, such as "2030-01-31T10:00" or "2030-01-31 24:00": once, or, where
 * they are changed, never or twice. In epoch milliseconds; null if it is no such datetime.
 */
export function localInstants(text: string, timeZone: string): number[] | null {
  const [, day = '', clock = '', seconds = '0'] = LOCAL.exec(text) ?? [];
  const minutes = parseClock(clock);
  if (minutes === null || !DATE.test(day)) return null;
  try {
    const local = dateOf(day)
      .toPlainDateTime()
      .add({ minutes, seconds: Number(seconds) });
    const [first, last] = (['earlier', 'later'] as const).map((disambiguation) =>
      local.toZonedDateTime(timeZone, { disambiguation }),
    );
    const shown = [first, last].filter((one) => one?.toPlainDateTime().equals(local));
    return [...new Set(shown.flatMap((one) => one?.epochMilliseconds ?? []))];
  } catch {
    return null;
  }
}

const WRITTEN_MIDNIGHT = /[Tt ]00:00(?::00(?:\.0+)?)?(?:[Zz]|[+-][\d:]+)$/;

/** Of a datetime: whether it is midnight by the clock of the zone, or as it is written. */
export const isMidnight = (text: string, instant: number, timeZone: string): boolean =>
  WRITTEN_MIDNIGHT.test(text) || startsDay(instant, timeZone);

export const startsDay = (instant: number, timeZone: string): boolean =>
  (instant + offsetAt(instant, timeZone)) % DAY === 0;

/** What `lastMinuteOf` reads, and nothing else, as a pattern for others. */
export const DATE_PATTERN = `^${DAY_PATTERN}$`;

/** A date without a time as the last minute of that day, as deadlines end; null if it is none. */
export function lastMinuteOf(text: string, timeZone: string): number | null {
  const day = DATE.test(text) ? parseMoment(text, timeZone) : null;
  return day && day.end - 60_000;
}

/** The years that the log's instants can have. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
export const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** As `parseInstant`, in the years 1 to 9999. */
export function readInstant(text: string): number | null {
  const instant = parseInstant(text);
  return instant !== null && instant >= EARLIEST && instant <= LATEST ? instant : null;
}

/** "10:00" in minutes after midnight (24:00 allowed); null if it is not a time of day. */
export function parseClock(text: string): number | null {
  const match = /^([01]?\d|2[0-4]):([0-5]\d)$/.exec(text);
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return minutes <= 1440 ? minutes : null;
}

/** 9:05 for so many minutes after midnight. */
export const clockText = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${TWO_DIGITS[minutes % 60]}`;

/** 09:05, as dates and times are written in rule files. */
export const paddedClock = (minutes: number): string => clockText(minutes).padStart(5, '0');

const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'];

/** 2030年1月31日(木), or 2030年1月31日(木) 23:59 for a moment that is not a whole day; 24:00 for one without a length. */
export function japaneseMoment(interval: Interval, timeZone: string): string {
  if (interval.end === interval.start) {
    const before = interval.start - 1;
    return `${japaneseMoment(dayInterval(localDate(before, timeZone), timeZone), timeZone)} 24:00`;
  }
  const local = new Date(interval.start + offsetAt(interval.start, timeZone));
  const [year, month, date] = [local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate()];
  const day = `${year}年${month}月${date}日(${WEEKDAYS[local.getUTCDay()]})`;
  const wholeDay = interval.end - interval.start >= 23 * 3_600_000;
  return wholeDay ? day : `${day} ${local.toISOString().slice(11, 16)}`;
}
