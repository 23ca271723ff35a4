/** The marks between words, which differ by language as the words do. */
import type { Io } from './io.ts';

export const series = ({ lang }: Io, items: readonly string[]): string =>
  items.join(lang === 'ja' ? '、' : ', ');

/** In brackets, directly after what it is about. */
export const aside = ({ lang }: Io, text: string): string => (lang === 'ja' ? `（${text}）` : ` (${text})`);

/** With the digits grouped. */
export const number = (n: number): string => n.toLocaleString('ja-JP');
