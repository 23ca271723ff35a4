/** Signs that were left out, or are one too many: quotes, brackets, commas, the space after a colon or a dash. */
import type { LocalizedText } from '../lang.ts';
import { firstDifference, inQuotes, type Mending, mending, type Place } from './mending.ts';

const NAME = String.raw`[A-Za-z][\w.-]*`;

export function missingSpaces(place: Place): Mending[] {
  const { text } = place;
  const colons = text.replaceAll(
    new RegExp(String.raw`(^ *(?:- +)?|[{,] *)(${NAME}):(?=[^\s/:])`, 'g'),
    '$1$2: ',
  );
  const dash = text.replace(/^( *)-(?=[^\s-])/, '$1- ');
  return [
    ...mending(place, colons, firstDifference(text, colons) - 1, spaceAfter(':')),
    ...mending(place, dash, firstDifference(text, dash) - 1, spaceAfter('-')),
  ];
}

const spaceAfter = (sign: string): LocalizedText => ({
  ja: `「${sign}」の後には、半角の空白を一つ書いてください。`,
  en: `Write a space after "${sign}".`,
});

/** `title 見本`, for a line that no other fault explains. */
export function missingColon(place: Place): Mending[] {
  const { text } = place;
  const [whole, key] = /^( *(?:- +)?[a-z][\w.-]*)[ \u3000]+(?=\S)/.exec(text) ?? [];
  if (whole === undefined || key === undefined) return [];
  return mending(place, `${key}: ${text.slice(whole.length)}`, key.length, {
    ja: '項目名の後に、コロン（:）がありません。',
    en: 'There is no colon ":" after the key.',
  });
}

export function missingComma(place: Place): Mending[] {
  const { text } = place;
  return [...text.matchAll(new RegExp(String.raw`(?<=[^\s,{[:])[ ]+(?=${NAME}: )`, 'g'))].flatMap(
    ({ index, 0: { length } }) =>
      mending(place, `${text.slice(0, index)}, ${text.slice(index + length)}`, index, {
        ja: 'ここに「,」がありません。',
        en: 'There is no comma here.',
      }),
  );
}

/** In { value: 1,000 } YAML takes the comma for the end of the value, and in { text: 一律, 千円 } too. */
export function commasInTexts(place: Place): Mending[] {
  const { text } = place;
  const plain = text.replaceAll(/(?<=: +)\d{1,3}(?:,\d{3})+(?=\s*[,}])/g, (number) =>
    number.replaceAll(',', ''),
  );
  const texts = [...text.matchAll(WITH_COMMAS)].flatMap(({ index, 0: words }) => {
    const mended = text.slice(0, index) + inQuotes(words) + text.slice(index + words.length);
    return mending(place, mended, index + words.indexOf(','), {
      ja: '「,」を含む文は、引用符（"…"）で囲んでください。',
      en: 'Put a text that has a comma into quotes ("…").',
    });
  });
  const number = mending(place, plain, Math.max(text.search(/\d,\d{3}(?!\d)/) + 1, 0), {
    ja: '数を「,」で区切ると、そこで値が終わると読まれます。「,」を書かないでください。',
    en: 'A comma in a number ends the value. Leave it out.',
  });
  return [...number, ...texts];
}

/** A value with the names behind it that have none of their own. */
const WITH_COMMAS = new RegExp(
  String.raw`(?<=[{,]\s*${NAME}: +)[^\s"'{}[\],][^{}[\],:]*(?:,[^{}[\],:]+?)+(?=\s*(?:,\s*${NAME}:\s|[}\]]))`,
  'g',
);

interface Open {
  sign: '{' | '[';
  index: number;
}
const CLOSING = { '{': '}', '[': ']' } as const;

/** What is open at the end of a line, what is still open where something around it is closed, and what is closed that is not open. */
function bracketsOf(text: string): { open: Open[]; inner: Open[]; surplus: number[]; end: number } {
  const open: Open[] = [];
  const inner: Open[] = [];
  const surplus: number[] = [];
  let quote: string | null = null;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    const before = text[index - 1] ?? ' ';
    if (quote !== null) quote = char === quote ? null : quote;
    else if ((char === '"' || char === "'") && /[\s:,{[-]/.test(before)) quote = char;
    else if (char === '#' && /\s/.test(before))
      return { open, inner, surplus, end: text.slice(0, index).trimEnd().length };
    else if (char === '{' || char === '[') open.push({ sign: char, index });
    else if (char === '}' || char === ']') {
      const opener = open.findLastIndex(({ sign }) => CLOSING[sign] === char);
      if (opener === -1) surplus.push(index);
      else inner.push(...open.splice(opener).slice(1));
    }
  }
  return { open, inner, surplus, end: text.trimEnd().length };
}

/** Closed at the end of the line where it was opened; before what closes something else there. */
export function missingBracket(place: Place): Mending[] {
  const { text } = place;
  const { open, inner, end } = bracketsOf(text);
  const within = inner.flatMap((opened) =>
    innerEnds(text, opened).flatMap((at) =>
      mending(
        place,
        text.slice(0, at) + CLOSING[opened.sign] + text.slice(at),
        opened.index,
        unclosed(opened.sign),
      ),
    ),
  );
  const first = open.at(-1);
  if (first === undefined) return within;
  const closers = open
    .map(({ sign }) => (sign === '{' ? ' }' : ']'))
    .reverse()
    .join('');
  const comma = text[end - 1] === ',' ? 1 : 0;
  const ends = [end - comma, ...innerEnds(text, first)];
  const outer = ends.flatMap((at) =>
    mending(place, text.slice(0, at) + closers + text.slice(at), first.index, unclosed(first.sign)),
  );
  return [...within, ...outer];
}

/** Where the next key stands, of { a: [b, c, d: e }. */
const innerEnds = (text: string, { index }: Open): number[] =>
  [...text.matchAll(new RegExp(String.raw`, *(?=${NAME}: )|(?= *[}\]])`, 'g'))]
    .map((match) => match.index)
    .filter((at) => at > index);

export function surplusBracket(place: Place): Mending[] {
  const { text } = place;
  return bracketsOf(text).surplus.flatMap((index) => {
    const mended = text.slice(0, index).trimEnd() + text.slice(index + 1);
    return mending(place, mended, index, {
      ja: `「${text[index]}」が一つ多くあります。`,
      en: `There is one "${text[index]}" too many.`,
    });
  });
}

export const unclosed = (sign: string): LocalizedText => ({
  ja: `ここで始まる「${sign}」が、閉じられていません。`,
  en: `What begins here with '${sign}' is not closed.`,
});

/** A quote that ends on a later line, or never: closed on its own. `index`: where it stands. */
export function missingQuote(place: Place, index: number): Mending[] {
  const { text } = place;
  const quote = text[index] ?? '"';
  const rest = text.slice(index + 1);
  const ends = [
    ...[...rest.matchAll(new RegExp(`(?=, *${NAME}: )`, 'g'))].map((match) => match.index),
    rest.search(/\s*[}\]][}\],\s]*$/),
    rest.search(/\s+#.*$/),
    rest.trimEnd().length,
  ].filter((end) => end >= 0);
  return ends.flatMap((end) =>
    mending(
      place,
      text.slice(0, index + 1) + rest.slice(0, end) + quote + rest.slice(end),
      index,
      unclosed(quote),
    ),
  );
}
