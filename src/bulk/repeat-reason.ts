import type { Repeat } from './repeats.ts';

/** Both lines are named: who looks at one of them has to look at the other. */
export function repeatReason(line: number, { otherLine, sameFacts }: Repeat): string {
  const [first, second] = [Math.min(line, otherLine), Math.max(line, otherLine)];
  return sameFacts
    ? `照会番号も内容も同じ行：${first}行目と${second}行目（lines ${first} and ${second}: same reference, same facts）`
    : `照会番号が同じで内容の違う行：${first}行目と${second}行目（lines ${first} and ${second}: same reference, other facts）`;
}
