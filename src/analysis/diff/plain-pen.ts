/** Words of an answer without colours, to compare them and to print them elsewhere than in a terminal. */
import type { Pen } from '../../engine/answer/field.ts';

const plain = (text: string): string => text;
export const PLAIN: Pen = {
  lang: 'ja',
  ...{ bold: plain, dim: plain, red: plain, green: plain, yellow: plain },
  aside: (text) => `（${text}）`,
  series: (items) => items.join('、'),
};
