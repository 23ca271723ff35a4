/** Dates and times of day as a notice writes them, with their weekdays. */

/** A day; without `day` a month or a part of it (1月上旬). */
export interface WrittenDate {
  kind: 'date' | 'month';
  /** As it is written. */
  text: string;
  /** Those it may be of: the written one, or that of a date before it; null where nothing tells. */
  years: number[] | null;
  month: number;
  day: number | null;
  /** 上旬, 末 … */
  part: string | null;
  /** 0 is Sunday. */
  weekday: number | null;
  /** Minutes after midnight. */
  clock: number | null;
}

export interface WrittenClock {
  kind: 'clock';
  text: string;
  minutes: number;
}

const ERAS: Record<string, number> = {
  ...{ 令和: 2018, R: 2018, 平成: 1988, H: 1988, 昭和: 1925, S: 1925 },
};
const ERA = String.raw`(?<era>令和|平成|昭和|(?<![A-Za-z])[RHS])\s*(?<eraYear>元|\d{1,2})`;
const YEAR = String.raw`(?:${ERA}|(?<!\d)(?<year>\d{4}))`;
const MONTH = '(?<month>1[0-2]|0?[1-9])';
const DAY = String.raw`(?<day>3[01]|[12]\d|0?[1-9])`;
const PART = '(?<part>上旬|中旬|下旬|初旬|初め|末日|末|中)?';

/** The longer ones first: what one has read the next ones leave alone. */
const DATES = [
  String.raw`${YEAR}\s*年\s*${MONTH}\s*月\s*${DAY}\s*日`,
  String.raw`${YEAR}\s*[/.-]\s*${MONTH}\s*[/.-]\s*${DAY}(?!\d)`,
  String.raw`(?<!\d)${MONTH}\s*月\s*${DAY}\s*日`,
  String.raw`(?<![\d/.])${MONTH}/${DAY}(?![\d/])`,
  String.raw`(?:${YEAR}\s*年\s*)?(?<!\d)${MONTH}\s*月\s*${PART}`,
  // 25日から27日まで: of the month before it.
  String.raw`(?<=[~・、と-]\s*|から\s*|同月\s*)${DAY}\s*日(?!間|以内|後|目|前)`,
].map((pattern) => new RegExp(pattern, 'g'));

const WEEKDAYS = '日月火水木金土';
const WEEKDAY =
  /^\s*(?:\(\s*([日月火水木金土])(?:曜日?)?\s*(?:[・,、/]?\s*祝日?)?\s*\)|([日月火水木金土])曜日?)/;
const CLOCK = String.raw`(?<half>午前|午後)?\s*(?:(?<!\d)(?<hour>2[0-4]|1\d|0?\d)\s*(?:[:](?<minute>[0-5]\d)(?!\d)|時(?!間|点|期)\s*(?:(?<minutes>[0-5]?\d)\s*分|(?<thirty>半))?)|(?<noon>正午))`;
const CLOCK_AFTER = new RegExp(String.raw`^\s*[の,、]?\s*${CLOCK}`);

/** In the order in which they stand; and the text without them, to be read for numbers. */
export function readDates(text: string): { dates: WrittenDate[]; clocks: WrittenClock[]; rest: string } {
  const found: { index: number; date: WrittenDate }[] = [];
  let rest = text;
  for (const pattern of DATES)
    for (const match of rest.matchAll(pattern)) {
      const { index } = match;
      const date = dateOf(match, rest.slice(index + match[0].length));
      found.push({ index, date });
      rest = blank(rest, index, date.text.length);
    }
  const clocks = [...rest.matchAll(new RegExp(CLOCK, 'g'))].map((match): WrittenClock => {
    rest = blank(rest, match.index, match[0].length);
    return { kind: 'clock', text: match[0].trim(), minutes: minutesOf(match) };
  });
  const dates = found.sort((a, b) => a.index - b.index).map(({ date }) => date);
  return { dates: withYears(dates), clocks, rest };
}

export const blank = (text: string, start: number, length: number): string =>
  text.slice(0, start) + ' '.repeat(length) + text.slice(start + length);

function dateOf(match: RegExpMatchArray, after: string): WrittenDate {
  const { era, eraYear, year, month, day, part } = match.groups ?? {};
  const weekday = day === undefined ? null : WEEKDAY.exec(after);
  const afterDay = after.slice(weekday?.[0].length ?? 0);
  const clock = day === undefined ? null : CLOCK_AFTER.exec(afterDay);
  const inEra = era === undefined ? null : (ERAS[era] ?? 0) + (eraYear === '元' ? 1 : Number(eraYear));
  const written = inEra ?? (year === undefined ? null : Number(year));
  return {
    kind: day === undefined ? 'month' : 'date',
    text: match[0] + (weekday?.[0] ?? '') + (clock?.[0] ?? ''),
    years: written === null ? null : [written],
    // Filled in from the date before, where only the day is written.
    month: Number(month ?? 0),
    day: day === undefined ? null : Number(day),
    part: part ?? null,
    weekday: weekday === null ? null : WEEKDAYS.indexOf(weekday[1] ?? weekday[2] ?? ''),
    clock: clock === null ? null : minutesOf(clock),
  };
}

function minutesOf({ groups = {} }: RegExpMatchArray): number {
  const { half, hour, minute, minutes, thirty, noon } = groups;
  if (noon !== undefined) return 720;
  const hours = Number(hour) + (half === '午後' && Number(hour) < 12 ? 12 : 0);
  return hours * 60 + (thirty === undefined ? Number(minute ?? minutes ?? 0) : 30);
}

/** 1月5日から7日まで, 2029年12月20日から1月10日まで: what is left out is that of the date before, or of the year after it. */
function withYears(dates: readonly WrittenDate[]): WrittenDate[] {
  const known: WrittenDate[] = [];
  for (const date of dates) {
    const before = known.at(-1);
    if (date.month === 0 && before === undefined) continue;
    const month = date.month || (before?.month ?? 0);
    const year = before?.years?.[0];
    const inherited = year === undefined ? null : month < (before?.month ?? 0) ? [year, year + 1] : [year];
    known.push({ ...date, month, years: date.years ?? inherited });
  }
  return known;
}

/** Whether the calendar has such a day in one of the years, and it falls on the weekday that is written. */
export const isOfYears = ({ month, day, weekday }: WrittenDate, years: readonly number[]): boolean =>
  years.some((year) => {
    const date = new Date(Date.UTC(year, month - 1, day ?? 1));
    return date.getUTCMonth() === month - 1 && (weekday === null || date.getUTCDay() === weekday);
  });
