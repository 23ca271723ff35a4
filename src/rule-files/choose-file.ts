/** One rule set in several files: which of them is meant. */
import { join, relative, sep } from 'node:path';

interface Candidate {
  path: string;
  /** The same for two names of one file. */
  identity: string;
  key: string;
  loaded: { version: string } | null;
}

/** By the rule set that they hold, in order. A file that has several names (links) is there once, by the shortest path. */
export function groupByKey<File extends Candidate>(
  directory: string,
  files: readonly File[],
): Map<string, File[]> {
  const depthOf = ({ path }: File): number => relative(directory, path).split(sep).length;
  const groups = new Map<string, File[]>();
  for (const file of files) {
    const group = groups.get(file.key) ?? [];
    const at = group.findIndex(({ identity }) => identity === file.identity);
    const same = group[at];
    if (same === undefined) group.push(file);
    else if (depthOf(file) < depthOf(same)) group[at] = file;
    groups.set(file.key, group);
  }
  return groups;
}

/**
 * The one that is served; else one with the version that was served last; else the one in <prefecture>/<incident>.yaml; else none.
 * It may be broken: another file is no reason to take an older copy in its place.
 */
export function chooseFile<File extends Candidate>(
  directory: string,
  files: readonly File[],
  served: { path?: string | undefined; version?: string | null | undefined } = {},
): File | null {
  const [only, ...others] = files;
  if (only === undefined || others.length === 0) return only ?? null;
  const isCanonical = ({ path, key }: File): boolean => path === join(directory, `${key}.yaml`);
  const withVersion = files.filter(({ loaded }) => loaded !== null && loaded.version === served.version);
  return (
    files.find(({ path }) => path === served.path) ??
    withVersion.find(isCanonical) ??
    withVersion[0] ??
    files.find(isCanonical) ??
    null
  );
}
