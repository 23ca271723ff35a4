/** Whether a quote stands in the notice word for word, and if not, what differs. */
import { type Letters, type Line, lettersIn, lettersOf } from './letters.ts';

export type Placed =
  | { kind: 'there'; touched: number[] }
  /** Word for word, but at other lines. */
  | { kind: 'elsewhere'; touched: number[] }
  /** The first words that differ, with some of those around them. */
  | { kind: 'nowhere'; quoted: string; noticed: string };

/** What a quote leaves out is marked: …, （中略）. */
const OMISSION = /…+|\.{3,}|[（(]\s*中略\s*[）)]/;

export function placeQuote(quote: string, notice: readonly Line[], wanted: ReadonlySet<number>): Placed {
  const here = lettersOf(notice.filter(({ number }) => wanted.has(number)));
  const all = lettersOf(notice);
  // A notice may have such marks of its own.
  const whole = [lettersIn(quote)];
  const parts = quote.split(OMISSION).map(lettersIn).filter(Boolean);
  const touched = touchedBy(whole, here) ?? touchedBy(parts, here);
  if (touched) return { kind: 'there', touched };
  const elsewhere = touchedBy(whole, all) ?? touchedBy(parts, all);
  if (elsewhere) return { kind: 'elsewhere', touched: elsewhere };
  return { kind: 'nowhere', ...difference(parts, here.text || all.text) };
}

/** The lines on which the parts stand, one after the other; null where one of them does not. */
function touchedBy(parts: readonly string[], { text, lines }: Letters): number[] | null {
  const touched = new Set<number>();
  let from = 0;
  for (const part of parts) {
    const start = text.indexOf(part, from);
    if (part === '' || start < 0) return null;
    from = start + part.length;
    for (const line of lines.slice(start, from)) touched.add(line);
  }
  return parts.length > 0 ? [...touched] : null;
}

/** So many letters before and after tell where it is. */
const AROUND = 6;

function difference(parts: readonly string[], notice: string): { quoted: string; noticed: string } {
  let from = 0;
  for (const part of parts) {
    const start = notice.indexOf(part, from);
    if (start < 0) return firstDifference(part, notice.slice(from));
    from = start + part.length;
  }
  return { quoted: '', noticed: '' };
}

function firstDifference(part: string, notice: string): { quoted: string; noticed: string } {
  const before = longest(part.length, (length) => notice.includes(part.slice(0, length)));
  const start = notice.indexOf(part.slice(0, before)) + before;
  const rest = notice.slice(start);
  const after = longest(part.length - before, (length) => rest.includes(part.slice(part.length - length)));
  const end =
    after > 0 ? start + rest.indexOf(part.slice(part.length - after)) : start + part.length - before;
  // Where nothing before it is the same, as much is shown as the quote has.
  const first = before > 0 ? start : Math.max(0, end - (part.length - after));
  return {
    quoted: part.slice(Math.max(0, before - AROUND), part.length - after + Math.min(after, AROUND)),
    noticed: notice.slice(Math.max(0, first - Math.min(before, AROUND)), end + Math.min(after, AROUND)),
  };
}

/** The greatest length for which it holds; it holds of every lesser one. */
function longest(most: number, holds: (length: number) => boolean): number {
  let length = most;
  while (length > 0 && !holds(length)) length -= 1;
  return length;
}
