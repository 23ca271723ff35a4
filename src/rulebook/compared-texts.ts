/** Texts as what they are: what differs only in how it is written is the same, in facts and in rule files alike. */

export const COMPARED_AS = ['address'] as const;
export type ComparedAs = (typeof COMPARED_AS)[number];

/** Nothing to do, as for nearly every text: visible ASCII, no blanks around it. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;
/** Digits and what people set between them: brackets, blanks, dots, slashes and every kind of dash. */
const PHONE = /^\+?[\d\s()./\-\u2010-\u2015\u2212\u30fc]*\d[\d\s()./\-\u2010-\u2015\u2212\u30fc]*$/;

/**
 * Without outer blanks and in NFC, which no reader tells apart from what was written; ① stays ①. `address`: of an e-mail address or
 * a phone number, full width as half (NFKC), letters without case, numbers by their digits.
 */
export function comparableText(text: string, comparedAs: ComparedAs | null): string {
  if (comparedAs === null) return PLAIN.test(text) ? text : text.normalize('NFC').trim();
  const half = text.normalize('NFKC').trim();
  return PHONE.test(half) ? half.replace(/\D/g, '') : half.toLowerCase();
}
