/** Values of options that several commands share; a usage error where the text is none. */
import { readVersion } from '../../rule-files/load.ts';
import { parseInstant } from '../../rulebook/calendar.ts';
import { misuse } from './io.ts';

/** As it is written on the command line. */
export const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

export const isGiven = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;

/** Epoch milliseconds of an RFC 3339 datetime with an offset. */
export function instantOption(option: string, text: string): number {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  throw misuse(`${option} ${text}`, {
    en: 'write a datetime with an offset, such as 2030-01-31T12:00:00+09:00',
    ja: '2030-01-31T12:00:00+09:00 のように、時差まで書いてください',
  });
}

/** A version as it is looked for. */
export function versionOption(version: string): string {
  const prefix = readVersion(version);
  if (prefix !== null) return prefix;
  throw misuse(version, {
    en: 'a version is a sha256, or its first 6 or more hex digits',
    ja: '版は sha256、またはその先頭 6 桁以上です',
  });
}
