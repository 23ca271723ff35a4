import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  isTimeZone,
  japaneseMoment,
  parseClock,
  parseInstant,
  parseMoment,
  toOffsetDateTime,
} from '../../src/rulebook/calendar.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const JST = 'Asia/Tokyo';
const PARIS = 'Europe/Paris';
const iso = (instant: number): string => new Date(instant).toISOString();

describe('parseMoment', () => {
  const moments: [text: string, zone: string, start: string, end: string][] = [
    ['2023-04-30', JST, '2023-04-29T15:00:00.000Z', '2023-04-30T15:00:00.000Z'],
    ['2023-03-31 23:59', JST, '2023-03-31T14:59:00.000Z', '2023-03-31T15:00:00.000Z'],
    ['2023-03-31T23:59', JST, '2023-03-31T14:59:00.000Z', '2023-03-31T15:00:00.000Z'],
    ['2024-02-29', JST, '2024-02-28T15:00:00.000Z', '2024-02-29T15:00:00.000Z'],
    ['2023-12-31', 'UTC', '2023-12-31T00:00:00.000Z', '2024-01-01T00:00:00.000Z'],
    ['2023-03-31 9:05', JST, '2023-03-31T00:05:00.000Z', '2023-03-31T00:06:00.000Z'],
    ['2023-03-31 09:05', JST, '2023-03-31T00:05:00.000Z', '2023-03-31T00:06:00.000Z'],
    // The next midnight, which ends as the day does and not a minute later.
    ['2023-03-31 24:00', JST, '2023-03-31T15:00:00.000Z', '2023-03-31T15:00:00.000Z'],
    ['2023-03-26 24:00', PARIS, '2023-03-26T22:00:00.000Z', '2023-03-26T22:00:00.000Z'],
    // 23 and 25 hours.
    ['2023-03-26', PARIS, '2023-03-25T23:00:00.000Z', '2023-03-26T22:00:00.000Z'],
    ['2023-10-29', PARIS, '2023-10-28T22:00:00.000Z', '2023-10-29T23:00:00.000Z'],
  ];
  it.each(moments)('%s in %s', (text, zone, start, end) => {
    const interval = parseMoment(text, zone);
    expect(interval && [iso(interval.start), iso(interval.end)]).toEqual([start, end]);
  });

  const wrong = [
    '2023-02-30',
    '2023-02-29',
    '2023-13-01',
    '2023-00-10',
    '2023-04-31',
    '2023-03-31 24:01',
    '2023-02-30 24:00',
    '2023-03-31 9:5',
    '2023-03-31 23:60',
    '2023-03-31 23:59:00',
    '2023-03-31T23:59+09:00',
    '2023-03-31T23:59Z',
    '2023-3-31',
    '20230331',
    '2023年3月31日',
    ' 2023-03-31',
    '2023-03-31\n',
    '',
  ];
  it.each(wrong)('%j is none', (text) => {
    expect(parseMoment(text, JST)).toBeNull();
  });

  it('days follow on each other without gap or overlap, in every zone', () => {
    fc.assert(
      fc.property(zones, anyDay, (zone, day) => {
        const today = parseMoment(day, zone);
        const tomorrow = parseMoment(plusDays(day, 1), zone);
        expect(today?.end).toBe(tomorrow?.start);
        expect(Number(today?.start)).toBeLessThan(Number(today?.end));
      }),
    );
  });

  it('a minute is inside its day and sixty seconds long', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(23), fc.nat(59), (day, hour, minute) => {
        const written = `${day} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        const whole = parseMoment(day, JST);
        const part = parseMoment(written, JST);
        expect(Number(part?.end) - Number(part?.start)).toBe(60_000);
        expect(Number(part?.start)).toBe(Number(whole?.start) + (hour * 60 + minute) * 60_000);
      }),
    );
  });
});

const zones = fc.constantFrom(JST, PARIS, 'UTC', 'America/New_York', 'Asia/Kolkata');
const anyDay = fc.integer({ min: 0, max: 40_000 }).map((n) => iso(n * DAY).slice(0, 10));
const plusDays = (day: string, days: number): string => iso(Date.parse(day) + days * DAY).slice(0, 10);
const at = (text: string): number => Date.parse(text);

describe('parseInstant', () => {
  const instants: [text: string, instant: string][] = [
    ['2023-04-15T12:00:00+09:00', '2023-04-15T03:00:00.000Z'],
    ['2023-04-15T12:00+09:00', '2023-04-15T03:00:00.000Z'],
    ['2023-04-15t12:00:00z', '2023-04-15T12:00:00.000Z'],
    ['2023-04-15 12:00:00-03:30', '2023-04-15T15:30:00.000Z'],
    ['2023-04-15T12:00:00.123456789Z', '2023-04-15T12:00:00.123Z'],
    ['1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ];
  it.each(instants)('%s', (text, instant) => {
    const parsed = parseInstant(text);
    expect(parsed === null ? null : iso(parsed)).toBe(instant);
  });

  const wrong = [
    '2023-04-15',
    '2023-04-15T12:00:00',
    '2023-04-15T12:00:00+9:00',
    '2023-04-15T12:00:00+0900',
    '2023-04-15T12:00:00 JST',
    '2023-04-15T12:00:00+09:00[Asia/Tokyo]',
    '2023-02-29T12:00:00+09:00',
    '2023-04-15T25:00:00+09:00',
    '2023-04-15T12:00:00+25:00',
    '2023-04-15T12+09:00',
    '1681527600000',
    'now',
    '',
  ];
  it.each(wrong)('%j is none', (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  // :60 refused, or counted on into the next minute.
  it('a leap second is the last second of its minute, :61 is none', () => {
    expect(parseInstant('2016-12-31T23:59:60Z')).toBe(at('2016-12-31T23:59:59Z'));
    expect(parseInstant('2017-01-01T08:59:60.500+09:00')).toBe(at('2016-12-31T23:59:59.500Z'));
    expect(parseInstant('2016-12-31T23:59:61Z')).toBeNull();
  });

  // A month or a day too many taken for the next one's, years below 100 for those of 1900, a century's 29 February.
  it('means of every date what Temporal means by it, and takes no other', () => {
    const digits = (most: number, length: number) =>
      fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(length, '0'));
    const centuries = fc.constantFrom('0000', '0100', '1900', '2000', '2023', '2024', '9999');
    const parts = fc.tuple(fc.oneof(digits(9999, 4), centuries), digits(13, 2), digits(32, 2));
    fc.assert(
      fc.property(parts, ([year, month, day]) => {
        const text = `${year}-${month}-${day}T23:59:59.999-12:34`;
        let instant: number | null = null;
        try {
          instant = Temporal.Instant.from(text).epochMilliseconds;
        } catch {}
        expect(parseInstant(text)).toBe(instant);
      }),
      { numRuns: 2_000 },
    );
  });

  // From 1950 on; long ago zones had offsets with seconds.
  it('reads back what toOffsetDateTime writes, in every zone', () => {
    fc.assert(
      fc.property(fc.integer({ min: -600_000_000_000, max: 4_000_000_000_000 }), zones, (instant, zone) => {
        expect(parseInstant(toOffsetDateTime(instant, zone))).toBe(instant);
      }),
    );
  });
});

describe('parseClock', () => {
  const clocks: [text: string, minutes: number | null][] = [
    ['10:00', 600],
    ['9:05', 545],
    ['00:00', 0],
    ['24:00', 1440],
    ['24:01', null],
    ['25:00', null],
    ['10:60', null],
    ['10', null],
    ['10:00:00', null],
    ['', null],
  ];
  it.each(clocks)('%j', (text, minutes) => {
    expect(parseClock(text)).toBe(minutes);
  });
});

describe('in words', () => {
  const words: [text: string, words: string][] = [
    ['2023-04-30', '2023年4月30日(日)'],
    ['2023-03-31 23:59', '2023年3月31日(金) 23:59'],
    ['2023-03-24 14:00', '2023年3月24日(金) 14:00'],
  ];
  it.each(words)('%s', (text, said) => {
    const interval = parseMoment(text, JST);
    expect(interval && japaneseMoment(interval, JST)).toBe(said);
  });

  it('a day of 23 hours is still a day', () => {
    const interval = parseMoment('2023-03-26', PARIS);
    expect(interval && japaneseMoment(interval, PARIS)).toBe('2023年3月26日(日)');
  });
});

it.each([
  ['Asia/Tokyo', true],
  ['UTC', true],
  ['Asia/Tokio', false],
  ['', false],
])('isTimeZone(%j)', (name, known) => {
  expect(isTimeZone(name)).toBe(known);
});
