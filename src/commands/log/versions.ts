/** Versions of rule sets as the log has them; usage errors where it has none such. */
import type { DecisionStore, RuleSetVersion } from '../../decisions/store.ts';
import { columnsOf } from '../../notice/timeline-text.ts';
import type { RuleSetName, WantedVersion } from '../../operations/versions.ts';
import { findVersion, listVersions, versionSummary } from '../../operations/versions.ts';
import { keyOf } from '../../rule-files/load.ts';
import { toOffsetDateTime } from '../../rulebook/calendar.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { type Context, type ExitCode, type Io, misuse } from '../terminal/io.ts';
import { versionOption } from '../terminal/options.ts';
import { withStore } from './with-store.ts';

/** The versions of a rule set that the log has, the newest first; or the rule file of one of them, to the byte. */
export async function versions(
  { io, ...log }: Context,
  prefecture: string,
  incident: string,
  version: string | undefined,
  { json }: { json: boolean },
): Promise<ExitCode> {
  const name = { prefecture, incident };
  const prefix = version === undefined ? undefined : versionOption(version);
  await withStore(log, 'auditor', async (store) => {
    if (version === undefined) {
      const found = await listVersions({ registry: NOTHING_SERVED, store }, name);
      if (found.kind !== 'found') throw noneOf(name);
      const all = found.versions.map(versionSummary);
      io.out(json ? JSON.stringify(all, null, 2) : versionsText(io, name, all));
      return;
    }
    const found = await versionInLog(store, name, { version: prefix }, version);
    if (json) io.out(JSON.stringify(found, null, 2));
    // Not a line: the text may end without a line break.
    else process.stdout.write(found.ruleText);
  });
  return 0;
}

/** Commands about the log read no rule files. */
const NOTHING_SERVED = { find: () => undefined, all: () => [], drafts: () => [] };

/** `shown` is how the version was asked for. */
export async function versionInLog(
  store: DecisionStore,
  name: RuleSetName,
  wanted: WantedVersion,
  shown: string,
): Promise<RuleSetVersion> {
  const found = await findVersion({ registry: NOTHING_SERVED, store }, name, wanted);
  if (found.kind === 'found') return found.stored;
  if (found.kind === 'unknown-rule-set') throw noneOf(name);
  const known = found.known.map(({ version }) => version.slice(0, 12)).join(', ');
  throw misuse(shown, {
    en: `no single version; the log has ${known}`,
    ja: `一つに決まる版がありません。記録にある版：${known}`,
  });
}

const noneOf = ({ prefecture, incident }: RuleSetName) =>
  misuse(keyOf(prefecture, incident), { en: 'no version of it in the log', ja: '記録に版がありません' });

const HEADINGS = {
  ja: ['版', '使い始め', '使い終わり', 'コミット', '作成日時'],
  en: ['version', 'in use from', 'until', 'commit', 'authored at'],
};
const NEVER: LocalizedText = { ja: '使われていません', en: 'never in use' };
const NOW: LocalizedText = { ja: '使用中', en: 'in use' };
const NO_LONGER = {
  ja: (since: string) => `このルールは ${since} から使われていません`,
  en: (since: string) => `no longer served since ${since}`,
};

/** A line for each version and time of use. Whole instants, to be given back as `--known-at`. */
function versionsText(
  io: Io,
  { prefecture, incident }: RuleSetName,
  all: readonly ReturnType<typeof versionSummary>[],
): string {
  const at = (instant: Date): string => toOffsetDateTime(instant.getTime(), 'Asia/Tokyo');
  const rows = all.flatMap(({ version, commit, authoredAt, current }) => {
    const [first = [NEVER[io.lang], ''], ...others] = current
      .map(({ since, until }) => [at(since), until ? at(until) : NOW[io.lang]])
      .reverse();
    return [
      [version.slice(0, 12), ...first, commit?.slice(0, 12) ?? '-', authoredAt ?? '-'],
      ...others.map((times) => ['', ...times, '', '']),
    ];
  });
  const spans = all.flatMap(({ current }) => current);
  const isServed = spans.length === 0 || spans.some(({ until }) => until === null);
  const noLongerSince = isServed ? null : new Date(Math.max(...spans.map(({ until }) => Number(until))));
  const headings = HEADINGS[io.lang];
  const widths = headings.map((_, i) =>
    Math.max(...[headings, ...rows].map((cells) => columnsOf(cells[i] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - columnsOf(cell)))
      .join('  ')
      .trimEnd();
  return [
    io.bold(keyOf(prefecture, incident)),
    io.dim(line(headings)),
    ...rows.map((cells) => (cells.includes(NOW[io.lang]) ? io.green(line(cells)) : line(cells))),
    ...(noLongerSince ? [io.red(NO_LONGER[io.lang](at(noLongerSince)))] : []),
  ].join('\n');
}
