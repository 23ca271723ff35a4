import { columnsOf } from '../../notice/timeline-text.ts';
import type { RuleSetName, versionSummary } from '../../operations/versions.ts';
import { keyOf } from '../../rule-files/load.ts';
import { toOffsetDateTime } from '../../rulebook/calendar.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { bold, dim, green, type Io } from '../terminal/io.ts';

const HEADINGS: readonly LocalizedText[] = [
  { ja: '版', en: 'version' },
  { ja: '使い始め', en: 'in use from' },
  { ja: '使い終わり', en: 'until' },
  { ja: 'コミット', en: 'commit' },
  { ja: '作成日時', en: 'authored at' },
];
const NEVER: LocalizedText = { ja: '使われていません', en: 'never in use' };
const NOW: LocalizedText = { ja: '使用中', en: 'in use' };
const TIME_ZONE = 'Asia/Tokyo';

/** A line for each version and time of use. Whole instants, to be given back as `--known-at`. */
export function versionsText(
  io: Io,
  { prefecture, incident }: RuleSetName,
  versions: readonly ReturnType<typeof versionSummary>[],
): string {
  const at = (instant: Date): string => toOffsetDateTime(instant.getTime(), TIME_ZONE);
  const rows = versions.flatMap(({ version, commit, authoredAt, current }) => {
    const [first = [NEVER[io.lang], ''], ...others] = current
      .map(({ since, until }) => [at(since), until ? at(until) : NOW[io.lang]])
      .reverse();
    return [
      [version.slice(0, 12), ...first, commit?.slice(0, 12) ?? '-', authoredAt ?? '-'],
      ...others.map((times) => ['', ...times, '', '']),
    ];
  });
  const headings = HEADINGS.map((heading) => heading[io.lang]);
  const widths = headings.map((_, i) =>
    Math.max(...[headings, ...rows].map((cells) => columnsOf(cells[i] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - columnsOf(cell)))
      .join('  ')
      .trimEnd();
  return [
    bold(io, keyOf(prefecture, incident)),
    dim(io, line(headings)),
    ...rows.map((cells) => (cells.includes(NOW[io.lang]) ? green(io, line(cells)) : line(cells))),
  ].join('\n');
}
