/** Texts that go on on the next line, where YAML reads a blank that nobody meant. */
import type { Scalar } from 'yaml';

const WIDE = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\u3000-\u303F\uFF01-\uFF60]/u;
const MARK = /[\u3000-\u3003\u3008-\u301F～・ー！（），．／：；＜＝＞？［］｛｝]/u;
const DIGIT = /[0-9]/;
/** What goes with a number, before and after it. */
const COUNTED = /[年月日時分秒円人名回件枚点歳泊割]/u;
const COUNTING = /[年月日時第約]/u;

export interface FoldedBlank {
  /** Of the last letter before it, in the text as it is written. */
  index: number;
  /** What is read, with a few letters around. */
  read: string;
}
const AROUND = 6;

/** `written`: as it stands in the file. Between two wide letters there is no blank, see `rulebook/folded.ts`. */
export function foldedBlanks(type: Scalar.Type | undefined, written: string): FoldedBlank[] {
  if (type === 'BLOCK_LITERAL') return [];
  return [...written.matchAll(/(\S)[ \t]*\r?\n[ \t]*(?=(\S))/gu)].flatMap(
    ({ 0: fold, 1: a, 2: b, index }) => {
      if (a === undefined || b === undefined || !isUnwanted(a, b)) return [];
      const before = written.slice(0, index + a.length).split('\n');
      const [after = ''] = written.slice(index + fold.length).split('\n');
      return { index, read: `${before.at(-1)?.slice(-AROUND)} ${after.slice(0, AROUND)}`.trim() };
    },
  );
}

/** Beside a mark of Japanese, or between a number and what it counts. */
const isUnwanted = (a: string, b: string): boolean =>
  WIDE.test(a) !== WIDE.test(b) &&
  (MARK.test(a) || MARK.test(b) || (DIGIT.test(a) && COUNTED.test(b)) || (COUNTING.test(a) && DIGIT.test(b)));
