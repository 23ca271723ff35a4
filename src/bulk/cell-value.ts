/** What people write in a cell, as the JSON value that the API takes for the same fact. */
import type { Item } from '../rulebook/basics.ts';
import { parseMoment, toOffsetDateTime } from '../rulebook/calendar.ts';
import type { FactDefinition } from '../rulebook/vocabulary.ts';

const TRUTHS = new Map<string, boolean>([
  ['true', true],
  ['false', false],
  ['はい', true],
  ['いいえ', false],
  ['1', true],
  ['0', false],
]);
const WHOLE_NUMBER = /^(?:\d+|\d{1,3}(?:,\d{3})+)$/;
const LOCAL_TIME = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const LOCAL_DATE = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})$/;

/** Full width or half: the same number, date or word. */
const plain = (text: string): string => text.normalize('NFKC').trim();

/**
 * `text` is not empty. Where it is nothing that the fact's type knows, the text itself, so that whoever judges values refuses it.
 * `timeZone`: of datetimes without an offset; null where they are not taken.
 */
export function cellValue(definition: FactDefinition, text: string, timeZone: string | null): unknown {
  switch (definition.type) {
    case 'boolean':
      return TRUTHS.get(plain(text).toLowerCase()) ?? text;
    case 'integer': {
      const number = plain(text);
      return WHOLE_NUMBER.test(number) ? Number(number.replaceAll(',', '')) : text;
    }
    case 'instant':
      return (definition.dateMeans && dateText(text)) ?? instantText(text, timeZone);
    case 'enum':
      return idOf(definition.values, text);
    case 'text':
      return text;
    case 'set':
      return text
        .split(/[;；]/)
        .map((item) => item.trim())
        .filter((item) => item !== '')
        .map((item) => idOf(definition.values, item));
  }
}

/** 2030-01-31 for 2030/1/31 and the like; null where it is no date. */
function dateText(text: string): string | null {
  const [, year, , month = '', day = ''] = LOCAL_DATE.exec(plain(text)) ?? [];
  return year === undefined ? null : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** RFC 3339 where it is a local time; anything else as it is. */
export function instantText(text: string, timeZone: string | null): string {
  const written = plain(text);
  const match = timeZone === null ? null : LOCAL_TIME.exec(written);
  if (!match || timeZone === null) return written;
  const [, year, , month = '', day = '', hour = '', minute, second = '00'] = match;
  const [mm, dd, hh] = [month, day, hour].map((part) => part.padStart(2, '0'));
  const moment = Number(second) < 60 ? parseMoment(`${year}-${mm}-${dd} ${hh}:${minute}`, timeZone) : null;
  const isPastMidnight = moment?.end === moment?.start && Number(second) > 0;
  return moment && !isPastMidnight
    ? toOffsetDateTime(moment.start + Number(second) * 1000, timeZone)
    : written;
}

function idOf(values: readonly Item[] | null, text: string): string {
  const same = plain(text);
  const item =
    values?.find(({ id }) => id === text) ??
    values?.find(({ id, label }) => plain(label) === same || id === same);
  return item?.id ?? text;
}
