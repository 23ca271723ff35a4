/** What somebody meant who wrote a value that YAML reads, and the rule file does not know. */

import type { Position } from '../basics.ts';
import { paddedClock } from '../calendar.ts';
import { readDates } from '../written-dates.ts';
import { inQuotes } from './mending.ts';

/** The line at a place, before it and from it on. */
function lineAt(text: string, { line, column }: Position): [before: string, rest: string] {
  const written = text.split(/\r?\n/)[line - 1] ?? '';
  return [written.slice(0, column - 1), written.slice(column - 1)];
}

/** The line at a place with `to` written for `from`; null where the place does not begin with that. */
export const replacing =
  (text: string, from: string, to: string) =>
  (place: Position): string | null => {
    const [before, rest] = lineAt(text, place);
    const known = [from, `"${from}"`, `'${from}'`].find((one) => rest.startsWith(one));
    return known === undefined || from === '' ? null : before + to + rest.slice(known.length);
  };

/** The line at a place with what stands there in quotes: for a text that reads as a number, or as true. */
export const quoting =
  (text: string) =>
  (place: Position): string | null => {
    const [before, rest] = lineAt(text, place);
    const [value = ''] = /^[^\s"'{}[\],#]+(?: [^\s"'{}[\],#:]+)*/.exec(rest) ?? [];
    return value === '' ? null : before + inQuotes(value) + rest.slice(value.length);
  };

const NUMBER = /^[-+]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(万)?\s*(\D*)$/;

/** １，０００ or 1,000円 or 10万円 as a number; null where it is none. */
export function meantNumber(text: string): string | null {
  const [whole, digits = '', fraction = '', tenThousands] = NUMBER.exec(text.normalize('NFKC').trim()) ?? [];
  if (whole === undefined) return null;
  const number = Number(digits.replaceAll(',', '') + fraction) * (tenThousands === undefined ? 1 : 10_000);
  return String(whole.startsWith('-') ? -number : number);
}

/** Words for what the format calls otherwise, the format's own in front. */
const WORDS = new Map(
  [
    ...['true はい yes ○ 有 真', 'false いいえ no × 無 偽', 'draft 下書き'],
    ...['open 営業 開く 受け付ける', 'closed 休み 休業 閉じる 受け付けない'],
    ...['sun 日 日曜 日曜日', 'mon 月 月曜 月曜日', 'tue 火 火曜 火曜日', 'wed 水 水曜 水曜日'],
    ...['thu 木 木曜 木曜日', 'fri 金 金曜 金曜日', 'sat 土 土曜 土曜日'],
  ].flatMap((line) => {
    const [own = '', ...words] = line.split(' ');
    return words.map((word) => [word, own] as const);
  }),
);

/** Of the words that may stand there, the one that is meant; null where it is none. */
export function meantWord(text: string, allowed: readonly string[]): string | null {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  const word = WORDS.get(plain) ?? plain;
  return allowed.includes(word) ? word : null;
}

/** 2023/12/20, 2023年12月20日(水) 17:00 or 令和5年12月20日 as the format has dates; null where it is no one day. */
export function meantDate(text: string): string | null {
  const { dates, clocks, rest } = readDates(text.normalize('NFKC').trim());
  const [date] = dates;
  const [year, ...years] = date?.years ?? [];
  if (!date || date.day === null || year === undefined || years.length > 0) return null;
  if (dates.length > 1 || clocks.length > 0 || /\p{L}/u.test(rest)) return null;
  const day = `${pad(year, 4)}-${pad(date.month)}-${pad(date.day)}`;
  const { clock } = date;
  return clock === null ? day : `${day} ${paddedClock(clock)}`;
}

/** １０：００ or 午後1時 as 13:00; null where it is no one time of day. */
export function meantClock(text: string): string | null {
  const { dates, clocks, rest } = readDates(text.normalize('NFKC').trim());
  const [clock, ...others] = clocks;
  return clock && others.length + dates.length === 0 && rest.trim() === ''
    ? paddedClock(clock.minutes)
    : null;
}

const pad = (number: number, length = 2): string => String(number).padStart(length, '0');

/** Names in one text: with commas, spaces, quotes or a comment of Japanese. Null where one of them is not known, or nothing differs. */
export function meantNames(text: string, isKnown: (name: string) => boolean): string[] | null {
  const plain = text
    .replace(/[ \t\u3000]*[＃#].*$/u, '')
    .normalize('NFKC')
    .replaceAll(/[“”„‘’'"「」]/g, '');
  const names = plain.split(/[\s,、]+/).filter((name) => name !== '');
  const isMeant = names.length > 0 && names.every(isKnown) && !isKnown(text);
  return isMeant ? names : null;
}
