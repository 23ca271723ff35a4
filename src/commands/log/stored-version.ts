/** Versions of rule sets as the log has them; usage errors where it has none such. */
import type { DecisionStore, RuleSetVersion, VersionHistory } from '../../decisions/store.ts';
import {
  findVersion,
  listVersions,
  type RuleSetName,
  type WantedVersion,
} from '../../operations/versions.ts';
import { keyOf, readVersion } from '../../rule-files/load.ts';
import { UsageError } from '../terminal/io.ts';

/** Commands about the log read no rule files. */
const NOTHING_SERVED = { find: () => undefined, all: () => [] };

/** Never none, the newest first. */
export async function versionsInLog(store: DecisionStore, name: RuleSetName): Promise<VersionHistory[]> {
  const found = await listVersions({ registry: NOTHING_SERVED, store }, name);
  return found.kind === 'found' ? found.versions : noneOf(name);
}

/** `shown` is how the version was asked for. */
export async function versionInLog(
  store: DecisionStore,
  name: RuleSetName,
  wanted: WantedVersion,
  shown: string,
): Promise<RuleSetVersion> {
  const found = await findVersion({ registry: NOTHING_SERVED, store }, name, wanted);
  if (found.kind === 'found') return found.stored;
  if (found.kind === 'unknown-rule-set') return noneOf(name);
  const known = found.known.map(({ version }) => version.slice(0, 12)).join(', ');
  throw new UsageError({
    en: `${shown}: no single version; the log has ${known}`,
    ja: `${shown}：一つに決まる版がありません。記録にある版：${known}`,
  });
}

function noneOf({ prefecture, incident }: RuleSetName): never {
  throw new UsageError({
    en: `${keyOf(prefecture, incident)}: no version of it in the log`,
    ja: `${keyOf(prefecture, incident)}：記録に版がありません`,
  });
}

/** A version as it is looked for. */
export function versionOption(version: string): string {
  const prefix = readVersion(version);
  if (prefix !== null) return prefix;
  throw new UsageError({
    en: `${version}: a version is a sha256, or its first 6 or more hex digits`,
    ja: `${version}：版は sha256、またはその先頭 6 桁以上です`,
  });
}
