/** The commonest way to write an instant, read from its bytes: one in every line, and each another. */

const DAY = 86_400_000;
const NO_OFFSET = 20;
const WITH_OFFSET = 25;

const PLUS = 0x2b;
const DASH = 0x2d;
const ZERO = 0x30;
const COLON = 0x3a;
const T = 0x54;
const Z = 0x5a;

/**
 * 2030-01-31T12:00:00+09:00 or 2030-01-31T03:00:00Z, from 1970 to 9999, in epoch milliseconds, as `parseInstant` reads it.
 * NaN for anything else, which may be an instant all the same.
 */
export function quickInstant(source: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length !== NO_OFFSET && length !== WITH_OFFSET) return Number.NaN;
  const separated =
    source[start + 4] === DASH &&
    source[start + 7] === DASH &&
    source[start + 10] === T &&
    source[start + 13] === COLON &&
    source[start + 16] === COLON;
  if (!separated) return Number.NaN;
  const year = two(source, start) * 100 + two(source, start + 2);
  const month = two(source, start + 5);
  const day = two(source, start + 8);
  const hour = two(source, start + 11);
  const minute = two(source, start + 14);
  const second = two(source, start + 17);
  const isDate = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  if (!isDate || !(hour < 24 && minute < 60 && second < 60)) return Number.NaN;
  const local = dayNumber(year, month, day) * DAY + ((hour * 60 + minute) * 60 + second) * 1000;
  const sign = source[start + 19];
  if (length === NO_OFFSET) return sign === Z ? local : Number.NaN;
  const offsetHour = two(source, start + 20);
  const offsetMinute = two(source, start + 23);
  if (source[start + 22] !== COLON || !(offsetHour < 24 && offsetMinute < 60)) return Number.NaN;
  const offset = (offsetHour * 60 + offsetMinute) * 60_000;
  if (sign === PLUS) return local - offset;
  return sign === DASH ? local + offset : Number.NaN;
}

function two(source: Uint8Array, at: number): number {
  const tens = (source[at] ?? 0) - ZERO;
  const ones = (source[at + 1] ?? 0) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const daysIn = (year: number, month: number): number =>
  month === 2
    ? isLeap(year)
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31;

/** Days since 1970-01-01; years are taken to begin in March, so that the leap day is their last. */
function dayNumber(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}
