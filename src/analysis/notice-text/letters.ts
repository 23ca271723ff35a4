/** The words of a text without what only the setting of it made: white space, widths, list marks, hyphens at line ends. */

export interface Line {
  /** From 1. */
  number: number;
  text: string;
}

/** What is compared: the letters one after the other, and the line of each. */
export interface Letters {
  text: string;
  lines: readonly number[];
}

export const linesOf = (text: string): Line[] =>
  text.split(/\r\n|\n|\r/).map((line, i) => ({ number: i + 1, text: line }));

/** Whether a line says anything; one of dashes or dots does not. */
export const saysSomething = ({ text }: Line): boolean => /[\p{L}\p{N}]/u.test(text);

const FULL_WIDTH = 0xfee0;

/** One width for letters, digits and signs, one wave, one hyphen: of the same length as the text. */
export const folded = (text: string): string =>
  text
    .replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH))
    .replaceAll('\u3000', ' ')
    .replaceAll('〜', '~')
    .replace(/[‐‑–−]/g, '-');

/** "- " and "* ", which a page puts before the items of a list. */
const LIST_MARK = /(^|\s)[-*](?=\s)/g;

export const withoutListMarks = (text: string): string => text.replace(LIST_MARK, '$1').trim();

export function lettersOf(lines: readonly Line[]): Letters {
  const kept: { letter: string; line: number }[] = [];
  for (const { number, text } of lines)
    for (const letter of withoutListMarks(folded(text)).replace(/[\s\u00ad]/g, ''))
      kept.push(...[...Array(letter.length).keys()].map((i) => ({ letter: letter[i] ?? '', line: number })));
  // Whether a line broke there, or the word is written so, cannot be told.
  const isLatin = (i: number): boolean => /[A-Za-z]/.test(kept[i]?.letter ?? '');
  const words = kept.filter(({ letter }, i) => letter !== '-' || !isLatin(i - 1) || !isLatin(i + 1));
  return { text: words.map(({ letter }) => letter).join(''), lines: words.map(({ line }) => line) };
}

export const lettersIn = (text: string): string => lettersOf([{ number: 0, text }]).text;
