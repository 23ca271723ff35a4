/** Versions of rule sets as the log has them; usage errors where it has none such. */
import type { DecisionStore, RuleSetVersion, VersionHistory } from '../decisions/store.ts';
import { keyOf, readVersion } from '../rule-files/load.ts';
import { type StoredRules, storedRules } from '../rule-files/stored-rules.ts';
import { instantOption } from './instant-option.ts';
import { UsageError } from './io.ts';
import { type LogPlace, withStore } from './with-store.ts';

export interface Names {
  prefecture: string;
  incident: string;
}

/** One of the two: sha256 or its first digits; RFC 3339 with an offset, the version in use then. */
export interface WantedVersion {
  version?: string | undefined;
  knownAt?: string | undefined;
}

/** Never none, the newest first. */
export async function findVersions(log: DecisionStore, names: Names): Promise<VersionHistory[]> {
  const found = await log.versionsOf(names.prefecture, names.incident);
  if (found.length > 0) return found;
  throw new UsageError(
    `${keyOf(names.prefecture, names.incident)}: no version of it in the log（記録に版がありません）`,
  );
}

export async function findVersion(
  log: DecisionStore,
  { prefecture, incident, version, knownAt }: Names & WantedVersion,
): Promise<RuleSetVersion> {
  const found =
    knownAt === undefined
      ? await log.findVersion(prefecture, incident, prefixOf(version ?? ''))
      : await log.findVersionAt(prefecture, incident, new Date(instantOption('--known-at', knownAt)));
  if (found) return found;
  const known = (await findVersions(log, { prefecture, incident })).map((one) => one.version.slice(0, 12));
  throw new UsageError(
    `${knownAt ?? version}: no single version（一つに決まる版がありません。記録にある版：${known.join(', ')}）`,
  );
}

/** What today's program makes of it. */
export const readStored = (place: LogPlace, wanted: Names & WantedVersion): Promise<StoredRules> =>
  withStore(place, 'auditor', async (log) => storedRules()(await findVersion(log, wanted)));

/** As it is looked for. */
export function prefixOf(version: string): string {
  const prefix = readVersion(version);
  if (prefix !== null) return prefix;
  throw new UsageError(
    `${version}: a version is a sha256, or its first 6 or more hex digits（版は sha256、またはその先頭 6 桁以上です）`,
  );
}
