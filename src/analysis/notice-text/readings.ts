/** What a text says that a value can say too: dates, times, amounts, counts, telephone numbers, addresses, URLs. */

import { blank, readDates, type WrittenClock, type WrittenDate } from '../../rulebook/written-dates.ts';
import { readNumbers, type WrittenNumber, withDigits } from '../../rulebook/written-numbers.ts';
import { folded } from './letters.ts';

interface WrittenAddress {
  kind: 'telephone' | 'mailAddress' | 'url';
  text: string;
  /** As `sameForm` makes them comparable. */
  address: string;
}

export type Reading = WrittenDate | WrittenClock | WrittenNumber | WrittenAddress;
export type ReadingKind = Reading['kind'];

const ADDRESSES: readonly [WrittenAddress['kind'], RegExp][] = [
  ['url', /https?:\/\/[\w.~:/?#[\]@!$&'*+,;=%-]+|(?<![\w@.])www\.[\w./~%?=&-]+/gi],
  ['mailAddress', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ['telephone', /(?<![\d-])(?:\+81[-\s]?|\(?0)\d{1,4}\)?[-ー(\s]{0,2}\d{1,4}[-ー)\s]{0,2}\d{3,4}(?![\d-])/g],
];

/** The digits of a telephone number from the first 0; a URL without the sentence's marks after it. */
export function sameForm(kind: WrittenAddress['kind'], text: string): string {
  const plain = folded(text).trim();
  if (kind === 'telephone') return plain.replace(/^\+81/, '0').replace(/\D/g, '').replace(/^00/, '0');
  if (kind === 'mailAddress') return plain.toLowerCase();
  const [, scheme = '', host = '', path = ''] = /^(https?:\/\/)?([^/?#]*)(.*)$/i.exec(plain) ?? [];
  return (scheme + host).toLowerCase() + path.replace(/[.,;:!?'\])]+$/, '').replace(/\/$/, '');
}

const isPhone = (address: string): boolean => /^0\d{9,10}$/.test(address);

/** Numbers of every kind are read with what they are written with: 24時間 is no time of day. */
export function readingsIn(written: string): Reading[] {
  let text = withDigits(folded(written));
  const readings: Reading[] = [];
  for (const [kind, pattern] of ADDRESSES)
    for (const match of text.matchAll(pattern)) {
      const address = sameForm(kind, match[0]);
      if (kind === 'telephone' && !isPhone(address)) continue;
      readings.push({ kind, text: match[0].trim(), address });
      text = blank(text, match.index, match[0].length);
    }
  const { dates, clocks, rest } = readDates(text);
  return [...readings, ...dates, ...clocks, ...readNumbers(rest)];
}
