/** The picture of a timeline for a terminal, and how wide texts are there. */
import type { Bar, Timeline } from './timeline.ts';

const INDENT = '  ';

/** The picture for a terminal of that many columns. */
export function timelineText({ title, shown, months, lanes }: Timeline, columns: number): string {
  const width = Math.max(20, Math.min(columns, 100) - 2 * INDENT.length);
  const place = (instant: number): number =>
    Math.round(((instant - shown.start) / (shown.end - shown.start)) * width);
  const bar = ({ drawn, startStated, endStated, approximate }: Bar): string => {
    if (drawn === null) return '';
    const start = Math.min(width - 1, Math.max(0, place(drawn.start)));
    const length = Math.max(1, Math.min(width, place(drawn.end)) - start);
    const cells: string[] = Array.from({ length }, () => (approximate ? '▒' : '█'));
    const faded = Math.min(3, length - 1);
    if (!startStated) cells.fill('░', 0, faded);
    if (!endStated) cells.fill('░', length - faded);
    return `\n${INDENT}${INDENT}${'·'.repeat(start)}${cells.join('')}${'·'.repeat(width - start - length)}`;
  };
  return [
    title,
    '',
    `${INDENT}${INDENT}${scale(
      months.map(({ at, label }) => ({ at: place(at), label })),
      width,
    )}`,
    ...lanes.flatMap(({ label, bars }) => [
      '',
      ...(label === null ? [] : [label]),
      ...bars.map((each) => `${INDENT}${each.label}  ${each.text}${bar(each)}`),
    ]),
    '',
    `█ 期間  ▒ おおよその時期  ░ 日が決まっていない端`,
  ].join('\n');
}

/** The months at their places; one that has no room is left out. */
function scale(months: { at: number; label: string }[], width: number): string {
  let line = '';
  let used = 0;
  for (const { at, label } of months) {
    const columns = columnsOf(label) + 1;
    if (at < used || at + columns > width) continue;
    line += `${' '.repeat(at - used)}|${label}`;
    used = at + columns;
  }
  return line;
}

/** How wide a text is, a Japanese character counting as two. */
export const columnsOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/[ -~]/.test(character) ? 1 : 2), 0);

/** What fits into so many columns; an ellipsis stands for the rest. */
export function shortened(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let shown = '';
  for (const character of text) {
    if (columnsOf(shown + character) > columns - 2) break;
    shown += character;
  }
  return `${shown}…`;
}
