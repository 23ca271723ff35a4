/** What is to be served of a folder as it is now, given what was served until now. */
import { sep } from 'node:path';
import { chooseFile } from './choose-file.ts';
import type { Library, LoadedRuleSet, RuleFile } from './load.ts';

/** A rule set and the file that it comes from. */
export interface Placed<RuleSet extends LoadedRuleSet = LoadedRuleSet> {
  path: string;
  ruleSet: RuleSet;
}

/** The version that was served last, before this process; null where there was none. */
export type LastVersion = (prefecture: string, incident: string) => Promise<string | null>;

/** A file that is gone is served for so long: it may only be replaced, by removing and writing it. */
const GONE_AFTER_MS = 3_000;

export function servedChooser(directory: string, lastVersion: LastVersion) {
  /** By key: since when (performance.now) the file has been missing. */
  const missingSince = new Map<string, number>();

  /** Whether a rule set stays though its file is not there: the file cannot be seen, or may come back. */
  function staysWithoutFile(
    key: string,
    path: string,
    { isReadable, unreachable, notFiles }: Library,
  ): boolean {
    // Nobody replaces a rule file by a folder to take the rule set away.
    if (!isReadable || notFiles.includes(path)) return true;
    if (unreachable.some((hidden) => path === hidden || path.startsWith(hidden + sep))) return true;
    const since = missingSince.get(key) ?? performance.now();
    missingSince.set(key, since);
    return performance.now() - since < GONE_AFTER_MS;
  }

  /** The file that a rule set is to be read from; null where it is not known which. */
  async function fileOf(files: RuleFile[], before: Placed | undefined): Promise<RuleFile | null> {
    const named = files.find(({ loaded }) => loaded !== null)?.loaded?.ruleSet;
    const isUnknown = files.length > 1 && !before && named;
    const version = isUnknown ? await lastVersion(named.prefecture, named.incident) : before?.ruleSet.version;
    return chooseFile(directory, files, { path: before?.path, version });
  }

  /** By key. What is the same as before stays the same object. */
  async function choose(next: Library, served: ReadonlyMap<string, Placed>): Promise<Map<string, Placed>> {
    const chosen = new Map<string, Placed>();
    for (const key of new Set([...next.filesByKey.keys(), ...served.keys()])) {
      const before = served.get(key);
      const files = next.filesByKey.get(key) ?? [];
      const isGone = before && files.every(({ path }) => path !== before.path);
      if (isGone && staysWithoutFile(key, before.path, next)) {
        chosen.set(key, before);
        continue;
      }
      missingSince.delete(key);
      const file = await fileOf(files, before);
      if (file?.loaded) chosen.set(key, { path: file.path, ruleSet: file.loaded });
      // Broken now, or nobody can say which of several is meant.
      else if (before && files.length > 0) chosen.set(key, before);
    }
    return chosen;
  }
  return {
    choose,
    /** Whether `choose` would now give up what it kept. */
    isDue: (): boolean =>
      [...missingSince.values()].some((since) => performance.now() - since >= GONE_AFTER_MS),
  };
}
