import type { VersionHistory } from './store.ts';

/** A version as it is listed. `lastCurrentAt` is exclusive, and null where no other version came after it. */
export function versionSummary({ version, commit, authoredAt, firstLoadedAt, current }: VersionHistory) {
  const [first, last] = [current[0], current.at(-1)];
  return {
    ...{ version, commit, authoredAt, firstLoadedAt },
    firstCurrentAt: first?.since ?? null,
    lastCurrentAt: last?.until ?? null,
    isCurrent: last !== undefined && last.until === null,
    current,
  };
}
