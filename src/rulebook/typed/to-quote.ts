/** Texts that begin with, or have, what is a sign to YAML, and so need quotes. */
import type { LocalizedText } from '../lang.ts';
import { inQuotes, type Mending, mending, type Place } from './mending.ts';

/** What a text without quotes cannot begin with. A list or a group is one where text follows behind it. */
const START = /^(?:[@`%*&!|>:?,]|-\s|[[{].*[\]}] *[^\s\]},#]|["'].*["'] *[^\s,}\]])/;
const INSIDE = /[^\s]: /;

/** Where the sign stands in a value; -1 where nothing in it needs quotes. */
function signIn(value: string): number {
  if (START.test(value)) return 0;
  if (/^[[{"']/.test(value)) return -1;
  const index = value.search(INSIDE);
  return index === -1 ? -1 : index + 1;
}

export const unquoted = (place: Place): Mending[] => [...inGroup(place), ...onLine(place)];

function onLine(place: Place): Mending[] {
  const [, before = '', value = '', comment = ''] =
    /^(\s*(?:(?:-\s+)*[A-Za-z0-9][\w.-]*:\s+|(?:-\s+)+))(\S.*?)(\s+#.*|\s*)$/.exec(place.text) ?? [];
  return quoted(place, before, value, comment);
}

/** Up to the next key, or to what closes the group. */
function inGroup(place: Place): Mending[] {
  const { text } = place;
  return [...text.matchAll(/(?<=[{,]\s*)[A-Za-z][\w.-]*:\s+/g)].flatMap(({ index, 0: { length } }) => {
    const start = index + length;
    const rest = text.slice(start);
    const end = rest.search(/,\s*[A-Za-z][\w.-]*:\s|\s*[}\]][}\],\s]*$/);
    return end <= 0 ? [] : quoted(place, text.slice(0, start), rest.slice(0, end), rest.slice(end));
  });
}

function quoted(place: Place, before: string, value: string, after: string): Mending[] {
  const at = signIn(value);
  if (at === -1) return [];
  const sign = value.slice(at, at + 1);
  return mending(place, before + inQuotes(value) + after, before.length + at, toQuote(sign, at === 0));
}

export const toQuote = (sign: string, isFirst: boolean): LocalizedText => ({
  ja: isFirst
    ? `「${sign}」で始まる文は、引用符（"…"）で囲んでください。`
    : `「${sign}」と空白を含む文は、引用符（"…"）で囲んでください。`,
  en: isFirst
    ? `Put a text that begins with '${sign}' into quotes.`
    : `Put a text that has '${sign}' and a space into quotes.`,
});
