import { LINE_RANGE, lineParts } from '../../rulebook/line-range.ts';

/** "25", "42-44" or "42-44, 46" as line numbers; null where it cannot be read so. */
export function lineNumbers(written: string): number[] | null {
  const numbers: number[] = [];
  for (const part of lineParts(written)) {
    const [, first, last = first] = LINE_RANGE.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (!(from >= 1 && from <= to && to - from < LONGEST)) return null;
    for (let line = from; line <= to; line += 1) numbers.push(line);
  }
  return numbers;
}

/** No notice has so many lines; a slip of the pen may say so. */
const LONGEST = 10_000;

/** As they are written: "42-44、46". */
export function lineRanges(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[1] + 1 === number) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}
