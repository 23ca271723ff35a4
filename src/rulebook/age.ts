/**
 * Ages as the short form has them: `{ person.birthDate: { 満年齢: 65以上 } }`. An age is reached on the birthday, and by who was born on
 * 29 February on 1 March of other years: by law at the end of the day before (年齢計算ニ関スル法律, 民法143条).
 */
import { AS_OF } from './basics.ts';
import type { LocalizedText } from './lang.ts';
import type { Operator } from './operators.ts';

export const AGE = '満年齢';
/** The deadline on whose last day the age is that; the instant judged where it is not written. */
export const AGE_ON = '時点';

/** More years are no age. */
export const MOST_YEARS = 150;

/** Of the comparisons of a number those that one comparison of a birth date can say, and how far from the number it lies. */
export const AGE_OPERATORS: Partial<Record<Operator, readonly [operator: Operator, more: 0 | 1]>> = {
  greaterThanInclusive: ['onOrBefore', 0],
  greaterThan: ['onOrBefore', 1],
  lessThan: ['after', 0],
  lessThanInclusive: ['after', 1],
};

/** Who is so old was born so many years before that day, or earlier. */
export function bornBy(operator: Operator, age: number, on: string | null) {
  const known = AGE_OPERATORS[operator];
  if (!known) return null;
  const [compared, more] = known;
  const after = on === null ? { fact: AS_OF } : { deadline: on };
  return { operator: compared, value: { after, years: -(age + more) } };
}

export const NO_AGE: LocalizedText = {
  ja: `${AGE}には「65以上」「18未満」のように、整数に 以上・未満・以下・超 のどれかを付けて書いてください（${AGE_ON} には期限の名前）。`,
  en: `Write a whole number with one of "以上" (at least), "未満" (under), "以下" (at most), "超" (over) in "${AGE}", and the name of a deadline in "${AGE_ON}".`,
};
