/** Amounts and other numbers as a notice writes them. */

export interface WrittenNumber {
  /** 5,000円 · 下記3点 · 30日以内, 2週間 · 3か月, 翌月, 1年以内 */
  kind: 'number' | 'count' | 'days' | 'months';
  text: string;
  value: number;
}

const KANJI_DIGITS = '〇一二三四五六七八九';
const KANJI_UNITS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };
/** Before other words these are no numbers: 一部, 一律, 十分. */
const KANJI_NUMBER =
  /(?<![\d.])[〇一二三四五六七八九十百千]+(?=\s*(?:[年月日円点万億]|つ|項目|種類|件|通|枚|週間|[かヶカケヵ箇]月))/g;

/** 三千円 as 3000円, 二〇三〇年 as 2030年. */
export const withDigits = (text: string): string =>
  text.replace(KANJI_NUMBER, (kanji) => String(kanjiValue(kanji)));

function kanjiValue(kanji: string): number {
  if (/^[〇一二三四五六七八九]+$/.test(kanji))
    return Number([...kanji].map((digit) => KANJI_DIGITS.indexOf(digit)).join(''));
  let [sum, digit] = [0, 0];
  for (const sign of kanji) {
    const unit = KANJI_UNITS[sign];
    if (unit === undefined) digit = KANJI_DIGITS.indexOf(sign);
    else [sum, digit] = [sum + (digit || 1) * unit, 0];
  }
  return sum + digit;
}

const UNITS: Record<string, number> = { 億: 100_000_000, 万: 10_000, 千: 1000, 百: 100 };
const DIGITS = String.raw`(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?`;
const NUMBER = new RegExp(String.raw`(?:${DIGITS}\s*[億万千百]\s*)+(?:${DIGITS})?|${DIGITS}`, 'g');
const PART = new RegExp(String.raw`(${DIGITS})\s*([億万千百]?)`, 'g');

const COUNTED: readonly [WrittenNumber['kind'], RegExp, number][] = [
  ['count', /(?:下記|次|以下|上記)の?\s*(\d{1,3})\s*(?:点|つ|項目|種類|件|通|枚|品)/g, 1],
  ['days', /(\d{1,3})\s*日(?:間|以内|後|目|前)/g, 1],
  ['days', /(\d{1,2})\s*週間/g, 7],
  ['months', /(\d{1,2})\s*[かヶカケヵ箇]月/g, 1],
  // As laws write them: 13月以内, 37月の間.
  ['months', /(\d{1,2})\s*月(?:以内|の?間)/g, 1],
  ['months', /(\d{1,2})\s*年(?:間|以内|後|前|を経過)/g, 12],
];

/** A number may be several at once: 30日以内 is the number 30 too. */
export function readNumbers(text: string): WrittenNumber[] {
  const counted = COUNTED.flatMap(([kind, pattern, times]) =>
    [...text.matchAll(pattern)].map((match) => ({ kind, text: match[0], value: Number(match[1]) * times })),
  );
  const following = [...text.matchAll(/翌(々?)月/g)].map(
    (match): WrittenNumber => ({ kind: 'months', text: match[0], value: match[1] ? 2 : 1 }),
  );
  const numbers = [...text.matchAll(NUMBER)].map(
    (match): WrittenNumber => ({ kind: 'number', text: match[0].trim(), value: amountOf(match[0]) }),
  );
  return [...counted, ...following, ...numbers];
}

/** 1億2,000万, 10万5千. */
const amountOf = (text: string): number =>
  [...text.matchAll(PART)].reduce(
    (sum, [, digits = '', unit = '']) =>
      sum + Math.round(Number(digits.replaceAll(',', '')) * (UNITS[unit] ?? 1) * 1e6) / 1e6,
    0,
  );
